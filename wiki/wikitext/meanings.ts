/** What a template or parser function is, by its name: the same for the parser in TypeScript and for the kernel. */
import { knownTemplateName, type Site } from '../site.ts'
import { countryTemplate } from './country-templates.ts'
import { hatnoteTemplate } from './hatnotes.ts'
import { type InlineTemplate, inlineTemplate } from './inline-templates.ts'
import { mediaTemplate } from './media-templates.ts'

export type TemplateMeaning =
  /** No prose; an infobox where it has enough named parameters. */
  | { readonly kind: 'dropped' | 'pageName' | 'shortDescription' | 'coordinates' }
  /** What the handler writes is prose, or apart from it a note or the caption of a picture or sound. */
  | { readonly kind: 'inline' | 'hatnote' | 'caption'; readonly handler: InlineTemplate }

const longestName = 200
const shortDescriptions = new Set(['short description', 'shortdesc', '짧은 설명'])
const coordinates = new Set(
  'coord|coords|coor|coordinate|coor d|coor dm|coor dms|coor title d|coor title dm|coor title dms|좌표'.split('|'),
)

/** @param name with spaces, as written; magic words are told from templates by their case. */
export function templateMeaning(name: string, site: Site): TemplateMeaning {
  if (name.length > longestName) return { kind: 'dropped' }
  if (site.words.some(({ pageNameWords }) => pageNameWords.includes(name))) return { kind: 'pageName' }
  const lower = knownTemplateName(name, site)
  if (coordinates.has(lower)) return { kind: 'coordinates' }
  if (shortDescriptions.has(lower)) return { kind: 'shortDescription' }
  const hatnote = hatnoteTemplate(lower)
  if (hatnote !== undefined) return { kind: 'hatnote', handler: hatnote }
  const caption = mediaTemplate(lower)
  if (caption !== undefined) return { kind: 'caption', handler: caption }
  const languageNames = site.words.map(({ languageNames }) => languageNames)
  const inline = countryTemplate(name) ?? inlineTemplate(lower, languageNames)
  return inline === undefined ? { kind: 'dropped' } : { kind: 'inline', handler: inline }
}

/** True where the lower-case name alone says that the template is an infobox. */
export function isInfoboxName(lower: string, { words }: Site): boolean {
  return words.some(
    ({ infoboxStarts, infoboxEndings }) =>
      infoboxStarts.some((start) => lower.startsWith(start)) || infoboxEndings.some((end) => lower.endsWith(end)),
  )
}

export type FunctionMeaning =
  /** `argument` reads as what follows the colon; `prefix` says nothing: what follows is a template's name. */
  | { readonly kind: 'dropped' | 'argument' | 'if' | 'prefix' }
  /** The particle after a final consonant, and after a vowel. */
  | { readonly kind: 'particle'; readonly forms: readonly [string, string] }

/** @param written what stands before the colon of `{{#if:…}}`, `{{formatnum:…}}`, `{{은는:…}}` or `{{틀:…}}`. */
export function functionMeaning(written: string, site: Site): FunctionMeaning {
  const isFunction = written.startsWith('#')
  const name = written.replace(/^#/, '').trim().toLowerCase()
  for (const { particles } of site.words) {
    const forms = Object.hasOwn(particles, name) ? particles[name] : undefined
    if (forms !== undefined) return { kind: 'particle', forms }
  }
  if (name === 'if' || name === '만약') return { kind: 'if' }
  if (/^(?:formatnum|lc|uc|lcfirst|ucfirst|수형식|소문자|대문자|첫소문자|첫대문자)$/.test(name))
    return { kind: 'argument' }
  const isPrefix = site.namespaces.get(name) === 10 || /^(?:subst|safesubst|풀기|안전풀기)$/.test(name)
  return { kind: isPrefix && !isFunction ? 'prefix' : 'dropped' }
}
