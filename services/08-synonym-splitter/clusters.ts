/**
 * What each pair names. A cluster is one thing: the pages that links join, under all names that evidence gives them. Names do
 * not join: 눈 is the eye and the snow, and those are two clusters (of one group, see groups.ts).
 */
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Sense, SynonymPair } from '../../schemas/types.ts'
import { Components } from './components.ts'
import { pageAndNumberNames, pageNames, surfaceNames } from './names.ts'

/** A pair in one cluster, with the senses that lie in it. */
export interface Member {
  /** The smallest name of the cluster. */
  readonly founder: string
  readonly pair: SynonymPair
  readonly senses: readonly Sense[]
}

/** In the place of a founder: a surface of several clusters. */
const several = ''

export class Clusters {
  private readonly pairs: ScratchTable<SynonymPair>
  private readonly foundersOfPages: ReadonlyMap<string, string>
  private readonly foundersOfLists: ReadonlyMap<string, string>
  private readonly foundersOfSurfaces: ScratchTable<string>

  /** @param pairs with the senses that count. */
  constructor(pairs: ScratchTable<SynonymPair>, scratch: Scratch) {
    this.pairs = pairs
    this.foundersOfPages = joinedPages(pairs)
    this.foundersOfSurfaces = scratch.table('founders by surface')
    for (const member of this.membersOfPages()) this.noteSurfaces(member)
    this.foundersOfLists = this.joinedLists()
  }

  *members(): Iterable<Member> {
    yield* this.membersOfPages()
    for (const pair of this.listed()) {
      const founder = this.pageClusterOf(pair) ?? this.foundersOfLists.get(surfaceNames(pair)[0])!
      yield { founder, pair, senses: pair.senses }
    }
  }

  founders(): Set<string> {
    return new Set([...this.foundersOfPages.values(), ...[...this.members()].map(({ founder }) => founder)])
  }

  /** Names and numbers of pages with the founder of the cluster that they belong to. */
  pages(): Iterable<readonly [name: string, founder: string]> {
    return this.foundersOfPages
  }

  /** Founder of the cluster of a page, by its name. */
  founderOf(page: string): string {
    return this.foundersOfPages.get(page) ?? page
  }

  private *membersOfPages(): Iterable<Member> {
    for (const { value: pair } of this.pairs.entries()) {
      const byFounder = new Map<string, Sense[]>()
      for (const sense of pair.senses) {
        // Where no link joins the two pages of a sense, the pair is told of the left one.
        const founder = this.foundersOfPages.get(pageNames(pair, sense)[0] ?? '')
        if (founder !== undefined) byFounder.set(founder, [...(byFounder.get(founder) ?? []), sense])
      }
      for (const [founder, senses] of byFounder) yield { founder, pair, senses }
    }
  }

  /** Pairs that no page speaks for. */
  private *listed(): Iterable<SynonymPair> {
    for (const { value: pair } of this.pairs.entries()) {
      if (pair.senses.every((sense) => pageNames(pair, sense).length === 0)) yield pair
    }
  }

  private noteSurfaces({ founder, pair }: Member): void {
    for (const surface of surfaceNames(pair)) {
      const known = this.foundersOfSurfaces.get(surface)
      if (known === undefined) this.foundersOfSurfaces.put(surface, founder)
      else if (known !== founder) this.foundersOfSurfaces.put(surface, several)
    }
  }

  /** The one cluster of pages that knows a name of the pair; undefined where there are none or several. */
  private pageClusterOf(pair: SynonymPair): string | undefined {
    const founders = new Set(surfaceNames(pair).flatMap((surface) => this.foundersOfSurfaces.get(surface) ?? []))
    const [founder] = founders
    return founders.size === 1 && founder !== several ? founder : undefined
  }

  /** Pairs of lists that no page knows are one thing where they share a name: a list says no more. */
  private joinedLists(): ReadonlyMap<string, string> {
    const lists = new Components()
    for (const pair of this.listed()) if (this.pageClusterOf(pair) === undefined) lists.join(...surfaceNames(pair))
    return lists.smallestNames()
  }
}

function joinedPages(pairs: ScratchTable<SynonymPair>): ReadonlyMap<string, string> {
  const pages = new Components()
  for (const { value: pair } of pairs.entries()) {
    for (const sense of pair.senses) {
      const [left, ...others] = pageAndNumberNames(pair, sense)
      if (left === undefined) continue
      // With a number there is a link.
      if (others.length > pageNames(pair, sense).length - 1) pages.join(left, ...others)
      else for (const page of [left, ...others]) pages.join(page)
    }
  }
  return pages.smallestNames()
}
