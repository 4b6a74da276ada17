/** Names of what clusters are made of: surfaces, pages by title, pages by number. They sort so that the oldest page comes first. */
import { isLink } from '../../language/mate.ts'
import { foldTitle } from '../../language/title.ts'
import type { Evidence, Sense, SynonymPair } from '../../schemas/types.ts'

type Pair = Pick<SynonymPair, 'left' | 'right'>

/** Without their languages: DNA is one text in both, and whoever trains on the one has seen the other. */
export function surfaceNames({ left, right }: Pair): [string, string] {
  return [`name:${foldTitle(left.surface)}`, `name:${foldTitle(right.surface)}`]
}

/**
 * Whether a name of the pair is one letter (산, 비, C). A vocabulary has every letter of the texts that it is made of, so such
 * a name cannot be kept from training.
 */
export function isNamedByLetter({ left, right }: Pair): boolean {
  return [left, right].some(({ surface }) => [...foldTitle(surface)].length === 1)
}

/** Both pages of a sense; none for a pair of a list. */
export function pageNames({ left, right }: Pair, { leftTitle, rightTitle }: Sense): string[] {
  const names: string[] = []
  if (leftTitle !== '') names.push(`${left.language}:page:${leftTitle}`)
  if (rightTitle !== '') names.push(`${right.language}:page:${rightTitle}`)
  return names
}

/**
 * The number that a link's page has in its wiki: numbers are given in order and never again, and a page that is moved keeps
 * its own. Padded, so that the oldest sorts first; the left wiki before the right, both before Wikidata.
 */
export function numberName({ left, right }: Pair, { wiki, pageId }: Evidence): string {
  const rank = wiki === `${left.language}wiki` ? 0 : wiki === `${right.language}wiki` ? 1 : 2
  return `#${rank}:${wiki}:${String(pageId).padStart(12, '0')}`
}

/** The evidence of these senses; what names no pages speaks for each of them. */
export function evidenceIn({ evidence }: Pick<SynonymPair, 'evidence'>, senses: readonly Sense[]): Evidence[] {
  return evidence.filter(
    ({ leftTitle, rightTitle }) =>
      (leftTitle === '' && rightTitle === '') ||
      senses.some((sense) => sense.leftTitle === leftTitle && sense.rightTitle === rightTitle),
  )
}

/** Names of the pages of a sense, and their numbers where a link joins them. */
export function pageAndNumberNames(pair: SynonymPair, sense: Sense): string[] {
  const pages = pageNames(pair, sense)
  if (pages.length === 0) return []
  return [
    ...pages,
    ...evidenceIn(pair, [sense])
      .filter(isLink)
      .map((link) => numberName(pair, link)),
  ]
}

/** All names of a pair. What is said of it follows from the pairs that share one, through any number of steps, and from nothing else. */
export function namesIn(pair: SynonymPair): Set<string> {
  return new Set([...surfaceNames(pair), ...pair.senses.flatMap((sense) => pageAndNumberNames(pair, sense))])
}
