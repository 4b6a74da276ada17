/** Parts of the queries that are reported apart: what training has seen of them, and what kind of words they are. */
import { type LanguagePair, mateLanguage } from '../language/pair.ts'
import { likenessOf, skeletonOf, startsWithVowel } from '../language/skeleton.ts'
import { words } from '../language/tokens.ts'
import type { Links } from './links.ts'
import { type NounKind, NounKinds, nounLanguage } from './nouns.ts'
import type { JudgedPages, Page } from './pages.ts'

export type WordOrigin = 'loan words' | 'native words'
export type WordAcquaintance = 'of seen words' | 'of new words'

/**
 * In the order in which they are reported. Unseen: of a cluster that is on no training side. Of seen words: each word of the query
 * stands in some training pair, though the name does not. Loan words: the two names sound alike.
 */
export const strata = [
  'all',
  'train',
  'val',
  'test',
  'unseen',
  'unseen names',
  'unseen common nouns',
  'unseen loan words',
  'unseen native words',
  'unseen of seen words',
  'unseen of new words',
] as const satisfies readonly (string | `unseen ${NounKind | WordOrigin | WordAcquaintance}`)[]
export type Stratum = (typeof strata)[number]

/** Likeness of two consonant skeletons from which on one name is the sound of the other: one sign in four may differ. */
const soundsAlike = 0.75

/** The strata of a query that asks for a page under its title or another name. */
export type StrataOf = (name: string, page: Page) => readonly Stratum[]

export function strataBy(pages: JudgedPages, links: Links, languages: LanguagePair): StrataOf {
  const kinds = new NounKinds(pages.of(nounLanguage).map(({ passage }) => passage))
  const nameByTitle = new Map(languages.map((language) => [language, namesOf(pages.of(language))]))
  const seenWords = new Map(
    languages.map((language, side) => [language, new Set(links.trainPairs.flatMap((pair) => words(pair[side]!)))]),
  )
  const mateNameOf = ({ language, title }: Page): string | undefined => {
    const mates = nameByTitle.get(mateLanguage(languages, language) ?? '')
    const known = links.matesOf(language, title).find((mate) => mates?.has(mate))
    return known === undefined ? undefined : mates?.get(known)
  }
  return (name, page) => {
    const split = links.clusterOf(page.language, page.title)?.split
    if (split === undefined) return ['all']
    if (split === 'train') return ['all', split]
    const mate = mateNameOf(page)
    const english = page.language === nounLanguage ? page.name : mate
    const isSeen = words(name).every((word) => seenWords.get(page.language)?.has(word))
    return [
      'all',
      split,
      'unseen',
      ...(english === undefined ? [] : [`unseen ${kinds.of(english)}` as const]),
      ...(mate === undefined ? [] : [`unseen ${originOf(name, mate)}` as const]),
      isSeen ? 'unseen of seen words' : 'unseen of new words',
    ]
  }
}

function originOf(name: string, mate: string): WordOrigin {
  return likenessOf(soundOf(name), soundOf(mate)) >= soundsAlike ? 'loan words' : 'native words'
}

function soundOf(name: string): string {
  return (startsWithVowel(name) ? '_' : '') + skeletonOf(name).join(' ')
}

function namesOf(pages: readonly Page[]): ReadonlyMap<string, string> {
  return new Map(pages.map(({ title, name }) => [title, name]))
}
