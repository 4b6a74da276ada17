/** How many pairs of names that are known to be one thing a run has found, and by which sources. */
import { foldTitle, splitQualifier } from '../../language/title.ts'

/** A Korean and an English name, as a list has them that no run has read. */
export type NamePair = readonly [korean: string, english: string]

export interface Recall {
  /** Pairs of the list, by their folded names. */
  readonly listed: number
  /** Of those, pairs both names of which are titles in the input: what could be found. */
  readonly possible: number
  /** Of those, pairs that were found by any source. */
  readonly found: number
  /** Of those, pairs that each source found, and those that no other did. */
  readonly sources: ReadonlyMap<string, { readonly found: number; readonly alone: number }>
  /** Pairs that could be found and were not. */
  readonly missed: readonly NamePair[]
}

/** The key under which names are one: without qualifier, folded. */
export function nameKey(name: string): string {
  return foldTitle(splitQualifier(name).name)
}

/**
 * @param titles keys of the titles of each wiki
 * @param sourcesOf the sources of a pair of the dictionary, by its keys joined by a tab
 */
export function recallOf(
  pairs: Iterable<NamePair>,
  titles: { readonly korean: ReadonlySet<string>; readonly english: ReadonlySet<string> },
  sourcesOf: ReadonlyMap<string, readonly string[]>,
): Recall {
  const seen = new Set<string>()
  const sources = new Map<string, { found: number; alone: number }>()
  const missed: NamePair[] = []
  let [possible, found] = [0, 0]
  for (const pair of pairs) {
    const [korean, english] = pair.map(nameKey) as [string, string]
    const key = `${korean}\t${english}`
    if (seen.size === seen.add(key).size || !titles.korean.has(korean) || !titles.english.has(english)) continue
    possible++
    const said = sourcesOf.get(key)
    if (said === undefined) {
      missed.push(pair)
      continue
    }
    found++
    for (const source of said) {
      const count = sources.get(source) ?? { found: 0, alone: 0 }
      sources.set(source, count)
      count.found++
      if (said.length === 1) count.alone++
    }
  }
  return { listed: seen.size, possible, found, sources, missed }
}
