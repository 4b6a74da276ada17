/** Names of what clusters are made of: surfaces, pages by title, pages by number. They sort so that the oldest page comes first. */
import { isLink } from '../../language/mate.ts'
import { foldTitle } from '../../language/title.ts'
import type { Evidence, Sense, SynonymPair } from '../../schemas/types.ts'

type Pair = Pick<SynonymPair, 'left' | 'right'>

/** What a pair names, of which follows what it is joined with. */
export interface PairNames {
  /** Without their languages: DNA is one text in both, and whoever trains on the one has seen the other. */
  readonly surfaces: readonly [left: string, right: string]
  /** In the order of the pair's. */
  readonly senses: readonly SenseNames[]
  /**
   * Whether a surface is one letter (산, 비, C). A vocabulary has every letter of the texts that it is made of, so such a name
   * cannot be kept from training.
   */
  readonly isByLetter: boolean
}

export interface SenseNames {
  /** Both pages of a sense; none for a pair of a list. */
  readonly pages: readonly string[]
  /** Those of the pages, where a link joins them. */
  readonly numbers: readonly string[]
}

/** @param pair with the senses that count. */
export function namesOf(pair: SynonymPair): PairNames {
  const surfaces = [foldTitle(pair.left.surface), foldTitle(pair.right.surface)] as const
  return {
    surfaces: [`name:${surfaces[0]}`, `name:${surfaces[1]}`],
    senses: pair.senses.map((sense) => {
      const pages = pageNames(pair, sense)
      const links = pages.length === 0 ? [] : evidenceIn(pair, [sense]).filter(isLink)
      return { pages, numbers: links.map((link) => numberName(pair, link)) }
    }),
    isByLetter: surfaces.some((surface) => [...surface].length === 1),
  }
}

/** All names of a pair. What is said of it follows from the pairs that share one, through any number of steps, and from nothing else. */
export function namesIn({ surfaces, senses }: PairNames): Set<string> {
  return new Set([...surfaces, ...senses.flatMap(({ pages, numbers }) => [...pages, ...numbers])])
}

function pageNames({ left, right }: Pair, { leftTitle, rightTitle }: Sense): string[] {
  const names: string[] = []
  if (leftTitle !== '') names.push(`${left.language}:page:${leftTitle}`)
  if (rightTitle !== '') names.push(`${right.language}:page:${rightTitle}`)
  return names
}

/**
 * The number that a link's page has in its wiki: numbers are given in order and never again, and a page that is moved keeps
 * its own. Padded, so that the oldest sorts first; the left wiki before the right, both before Wikidata.
 */
function numberName({ left, right }: Pair, { wiki, pageId }: Evidence): string {
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
