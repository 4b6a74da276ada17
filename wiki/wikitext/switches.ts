/** Behaviour switches such as `__NOTOC__` and `__목차숨김__`, which are no prose; Python's `__init__` is. */
import { languages } from '../language-data.ts'
import type { Site } from '../site.ts'

/** MediaWiki's own, which every wiki understands, and those of its extensions. Source: siteinfo of enwiki. */
const inAnyCase = new Set(
  (
    'NOTOC TOC FORCETOC NOEDITSECTION NOGALLERY NOTITLECONVERT NOTC NOCONTENTCONVERT NOCC ARCHIVEDTALK NOTALK ' +
    'EXPECTWITHOUTSCANS'
  ).split(' '),
)
const inCapitals = new Set(
  (
    'NEWSECTIONLINK NONEWSECTIONLINK HIDDENCAT INDEX NOINDEX NOGLOBAL STATICREDIRECT DISAMBIG EXPECTUNUSEDCATEGORY ' +
    'EXPECTUNUSEDTEMPLATE EXPECTED_UNCONNECTED_PAGE'
  ).split(' '),
)
/** The longest of siteinfo has 25 letters. */
const longestSwitch = 40
const word = /^\p{L}+(?:_\p{L}+)*$/u
const between = /__(?=([^_]+(?:_[^_]+)*)__)/g

/**
 * Whether the word between two pairs of underscores is a switch on the wiki, or text. A word of other letters than ASCII's
 * always is one, and capitals are where the wiki's own words are not known.
 */
export function isSwitch(written: string, { language }: Site): boolean {
  if (written.length > longestSwitch || !word.test(written)) return false
  if (inCapitals.has(written) || inAnyCase.has(written.toUpperCase())) return true
  return /[^A-Za-z_]/.test(written) || (!Object.hasOwn(languages, language) && /^[A-Z_]{3,}$/.test(written))
}

/** The line without its switches. */
export function withoutSwitches(line: string, site: Site): string {
  if (!line.includes('__')) return line
  let kept = ''
  let from = 0
  for (const { index, 1: written = '' } of line.matchAll(between)) {
    if (index < from || !isSwitch(written, site)) continue
    kept += line.slice(from, index)
    from = index + written.length + 4
  }
  return kept + line.slice(from)
}
