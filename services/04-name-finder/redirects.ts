/** What a redirect says of the page that it leads to: which sort of name it is, or why it is none. */
import { isInflectionOf, type Stemmer } from '../../language/english.ts'
import { jamoOf } from '../../language/korean.ts'
import { isSecondOfTwo, isSubpage } from '../../language/part-of-title.ts'
import { editsBetween } from '../../language/skeleton.ts'
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { RedirectTarget } from '../../schemas/types.ts'

export const redirectSorts = [
  'abbreviation',
  'former_name',
  'full_name',
  'other_name',
  'scientific_name',
  'short_name',
  'spacing',
  'spelling',
  'transliteration',
] as const
export type RedirectSort = (typeof redirectSorts)[number]

/** Why the name that a redirect has is none of its target. */
export const redirectFaults = ['misspelling', 'page_to_be', 'part_of_page', 'inflected_form', 'not_a_name'] as const
type RedirectFault = (typeof redirectFaults)[number]

/** What templates say by their names in lower case, beside those that are known here. */
export type RedirectTemplates = Readonly<Record<string, RedirectSort | RedirectFault>>

export type RedirectVerdict =
  | { readonly kind: 'name'; readonly sort: RedirectSort }
  | { readonly kind: 'none'; readonly reason: DropReason }

/**
 * Names of the templates for redirects, in the order in which they are asked. Source: enwiki's "Template messages/Redirect
 * pages" and its categories of redirects. The Korean words are those that would say the same; no public list of kowiki's templates
 * was found to check them by. DBpedia's statistics (mappingstats_ko) know one, 틀:넘겨주기의 분류, on 47 pages: kowiki hardly marks
 * its redirects, whose sort is then told by their form.
 */
const reasonsByTemplate: readonly (readonly [pattern: RegExp, reason: RedirectFault])[] = [
  [
    /^r (?:from )?(?:misspelling|typo|error)|^r from (?:incorrect|miscapitali|misquotation)|오타|오기|잘못된/,
    'misspelling',
  ],
  [/with possibilities|with potential|^rwp|^r printworthy with|문서로 독립|독립 가능/, 'page_to_be'],
  [
    /^r to (?:section|anchor|list entry|subtopic|diffusing|article without mention|joint biography|decade)|^r from (?:sub-?topic|section|member|merge|list topic|album|song|book|film|episode|(?:fictional )?(?:character|element|location|object)|relative|family member|spouse|child|author|artist|writer|creator|work|product|brand|event|school|team|person|portmanteau part|antonym|opposite|gender)|문단|부분 넘겨주기/,
    'part_of_page',
  ],
  [
    /^r from (?:plural|verb|gerund|adjective|adverb|adjectival|adverbial|participle|(?:present|past) participle)/,
    'inflected_form',
  ],
  [
    /^r (?:from )?(?:camelcase|subpage|domain name|file metadata|template|emoji|unicode|quotation|phrase)\b/,
    'not_a_name',
  ],
]

const sortsByTemplate: readonly (readonly [pattern: RegExp, sort: RedirectSort])[] = [
  [
    /^r from (?:acronym|initialism|abbreviation|airport code|(?:iso|stock|postal|unit)\b.*)|약칭|약어|줄임/,
    'abbreviation',
  ],
  [/^r from (?:former|historic|old|previous|birth|maiden|married)|옛 이름|이전 이름|옛이름/, 'former_name'],
  [/^r from (?:scientific|systematic|chemical)|학명/, 'scientific_name'],
  [/^r from (?:long|full|more specific|complete)|전체 이름/, 'full_name'],
  [/^r from (?:short|shortened|surname|given name)/, 'short_name'],
  [/^r from (?:alternative )?(?:transliteration|romanization|romanisation)/, 'transliteration'],
  [/띄어쓰기/, 'spacing'],
  [
    /^r from (?:alternative |other )?(?:spelling|hyphenation|spacing|punctuation|capitali[sz]ation|modification|stylization|diacritic|ligatures?|ascii|case)|^r from (?:british|american|canadian)|^r to (?:diacritic|ligature|ascii)|^r from title with(?:out)? diacritics|다른 표기|표기/,
    'spelling',
  ],
  [
    /^r from (?:alternative name|synonym|pseudonym|nickname|stage name|pen name|common name|proper name)|다른 이름|별칭|이명/,
    'other_name',
  ],
]

/** Of a name of at least this many letters a spelling differs in at most two; of a shorter one that is another word. */
const leastSpelledLetters = 6
const mostSpellingEdits = 2

interface HowToJudge {
  readonly language: string
  /** Where the redirect is English. */
  readonly stemmer: Stemmer | undefined
  readonly redirectTemplates: RedirectTemplates
}

/** @param name title of the redirect without its qualifier. */
export function verdictOn(
  name: string,
  { target, section, templates }: RedirectTarget,
  { language, stemmer, redirectTemplates }: HowToJudge,
): RedirectVerdict {
  // A redirect to a section names a part of the page, not the page.
  if (section !== null) return { kind: 'none', reason: 'part_of_page' }
  const said = templates.map((template) =>
    Object.hasOwn(redirectTemplates, template) ? redirectTemplates[template] : undefined,
  )
  for (const [pattern, reason] of reasonsByTemplate) {
    // What the settings say of a template stands in place of what is known of it here.
    const isTold = templates.some((template, at) => said[at] === undefined && pattern.test(template))
    if (isTold || said.includes(reason)) return { kind: 'none', reason }
  }
  const title = splitQualifier(target).name
  if (isSubpage(name, title)) return { kind: 'none', reason: 'not_a_name' }
  if (isSecondOfTwo(name, title)) return { kind: 'none', reason: 'part_of_page' }
  if (foldTitle(name) === foldTitle(title)) {
    const isSpacing = language === 'ko' && /\p{Script=Hangul}/u.test(name) && spacesIn(name) !== spacesIn(title)
    return isSpacing ? { kind: 'name', sort: 'spacing' } : { kind: 'none', reason: 'already_known' }
  }
  const sort =
    redirectSorts.find((one) => said.includes(one)) ??
    sortsByTemplate.find(([pattern]) => templates.some((template) => pattern.test(template)))?.[1]
  if (sort) return { kind: 'name', sort }
  if (stemmer && isInflectionOf(name, title, stemmer)) return { kind: 'none', reason: 'inflected_form' }
  return { kind: 'name', sort: sortByForm(name, title) }
}

function spacesIn(text: string): number {
  return text.split(/[\s_]+/).length
}

function sortByForm(name: string, title: string): RedirectSort {
  if (isInitials(name, title)) return 'abbreviation'
  const [a, b] = [jamoOf(foldTitle(name)), jamoOf(foldTitle(title))]
  const isSpelling =
    Math.min(a.length, b.length) >= leastSpelledLetters &&
    Math.abs(a.length - b.length) <= mostSpellingEdits &&
    editsBetween(a, b) <= mostSpellingEdits
  return isSpelling ? 'spelling' : 'other_name'
}

/** AI of Artificial intelligence, UN of United Nations: one capital for each word of the title, small words or not. */
function isInitials(name: string, title: string): boolean {
  const letters = name.replaceAll('.', '')
  if (!/^\p{Lu}{2,}$/u.test(letters)) return false
  const words = title.split(/[\s-]+/)
  const initials = (taken: readonly string[]) => taken.map((word) => word[0]?.toUpperCase()).join('')
  return (
    letters === initials(words) ||
    letters === initials(words.filter((word) => !/^(?:of|the|and|for|in|on)$/i.test(word)))
  )
}
