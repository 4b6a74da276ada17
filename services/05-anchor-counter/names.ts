/** Which of the pages that a text leads to it names. */
import type { z } from 'zod'
import { englishStemmer, isInflectionOf } from '../../language/english.ts'
import { isSecondOfTwo, onlyDescribes } from '../../language/part-of-title.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { PageName } from '../../schemas/types.ts'
import type { Targets } from './kept-tallies.ts'
import type { settings } from './settings.ts'
import { mostUsed, type Tally } from './tally.ts'

type Settings = z.output<typeof settings>

/** For each target of a surface, in their order, why the text is no name of it. */
export function* verdictsOn(
  targets: Targets,
  settings: Settings,
): Iterable<{ readonly target: string; readonly tally: Tally; readonly share: number; readonly reason?: DropReason }> {
  let total = 0
  for (const { count } of targets.values()) total += count
  for (const [target, tally] of targets) {
    const share = tally.count / total
    const reason = whyNone(target, tally, share, settings)
    yield { target, tally, share, ...(reason && { reason }) }
  }
}

function whyNone(
  target: string,
  tally: Tally,
  share: number,
  { minCount, minShare }: Settings,
): DropReason | undefined {
  const name = mostUsed(tally)
  const title = splitQualifier(target).name
  if (foldTitle(name) === foldTitle(title)) return 'already_known'
  if (tally.count < minCount) return 'below_threshold'
  if (share < minShare) return 'ambiguous_anchor'
  if (tally.language === 'en' && isInflectionOf(name, title, englishStemmer())) return 'inflected_form'
  if (isSecondOfTwo(name, title)) return 'part_of_page'
  return onlyDescribes(name, title) ? 'not_a_name' : undefined
}

/** @param surface `wiki:text` @param share of the links of the text that lead to the page. */
export function nameBy(surface: string, target: string, tally: Tally, share: number): PageName {
  const { language, count, evidence } = tally
  const wiki = surface.slice(0, surface.indexOf(':'))
  const name = mostUsed(tally)
  const [pageId, revisionId, written, offset] = evidence.links[0]!
  return {
    wiki,
    title: target,
    name,
    nameLanguage: language,
    rule: 'anchor',
    count,
    share,
    evidenceWiki: wiki,
    evidencePageId: pageId,
    evidenceRevisionId: revisionId,
    written: written === name ? '' : written,
    offset,
    detail: '',
  }
}
