/**
 * What each pair names. A cluster is one thing: the pages that links join, under all names that evidence gives them. Names do
 * not join: 눈 is the eye and the snow, and those are two clusters (of one group, see groups.ts).
 */
import { breathing } from '../../runtime/breath.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import { Components } from './components.ts'
import type { PairNames } from './names.ts'

/** A pair in one cluster, with the senses that lie in it. */
export interface Member {
  /** The smallest name of the cluster. */
  readonly founder: string
  /** Of the pair. */
  readonly key: string
  readonly names: PairNames
  /** Their numbers among those of the pair, at least one. */
  readonly senses: readonly number[]
}

/** In the place of a founder: a surface of several clusters. */
const several = ''

export class Clusters {
  private readonly pairs: ScratchTable<PairNames>
  private readonly foundersOfPages: ReadonlyMap<string, string>
  private foundersOfLists: ReadonlyMap<string, string> = new Map()
  private readonly foundersOfSurfaces: ScratchTable<string>

  private constructor(
    pairs: ScratchTable<PairNames>,
    foundersOfPages: ReadonlyMap<string, string>,
    foundersOfSurfaces: ScratchTable<string>,
  ) {
    this.pairs = pairs
    this.foundersOfPages = foundersOfPages
    this.foundersOfSurfaces = foundersOfSurfaces
  }

  /** @param pairs what they name, by their keys. */
  static async of(pairs: ScratchTable<PairNames>, scratch: Scratch): Promise<Clusters> {
    const clusters = new Clusters(pairs, await joinedPages(pairs), scratch.table('founders by surface'))
    for await (const { value: names } of breathing(pairs.entries())) {
      for (const founder of clusters.sensesByFounder(names).keys()) clusters.noteSurfaces(founder, names)
    }
    clusters.foundersOfLists = await clusters.joinedLists()
    return clusters
  }

  *members(): Iterable<Member> {
    for (const { key, value: names } of this.pairs.entries()) {
      if (isListed(names)) {
        const founder = this.pageClusterOf(names) ?? this.foundersOfLists.get(names.surfaces[0])!
        yield { founder, key, names, senses: [...names.senses.keys()] }
      } else for (const [founder, senses] of this.sensesByFounder(names)) yield { founder, key, names, senses }
    }
  }

  /** Names and numbers of pages with the founder of the cluster that they belong to. */
  pages(): Iterable<readonly [name: string, founder: string]> {
    return this.foundersOfPages
  }

  *founders(): Iterable<string> {
    yield* this.foundersOfPages.values()
    for (const { founder } of this.members()) yield founder
  }

  /** Founder of the cluster of a page, by its name. */
  founderOf(page: string): string {
    return this.foundersOfPages.get(page) ?? page
  }

  private sensesByFounder({ senses }: PairNames): Map<string, number[]> {
    const byFounder = new Map<string, number[]>()
    for (const [number, { pages }] of senses.entries()) {
      // Where no link joins the two pages of a sense, the pair is told of the left one.
      const founder = this.foundersOfPages.get(pages[0] ?? '')
      if (founder === undefined) continue
      const own = byFounder.get(founder)
      if (own) own.push(number)
      else byFounder.set(founder, [number])
    }
    return byFounder
  }

  private noteSurfaces(founder: string, { surfaces }: PairNames): void {
    for (const surface of surfaces) {
      const known = this.foundersOfSurfaces.get(surface)
      if (known === undefined) this.foundersOfSurfaces.put(surface, founder)
      else if (known !== founder) this.foundersOfSurfaces.put(surface, several)
    }
  }

  /** The one cluster of pages that knows a name of the pair; undefined where there are none or several. */
  private pageClusterOf({ surfaces }: PairNames): string | undefined {
    const founders = new Set(surfaces.flatMap((surface) => this.foundersOfSurfaces.get(surface) ?? []))
    const [founder] = founders
    return founders.size === 1 && founder !== several ? founder : undefined
  }

  /** Pairs of lists that no page knows are one thing where they share a name: a list says no more. */
  private async joinedLists(): Promise<ReadonlyMap<string, string>> {
    const lists = new Components()
    for await (const { value: names } of breathing(this.pairs.entries())) {
      if (isListed(names) && this.pageClusterOf(names) === undefined) lists.join(...names.surfaces)
    }
    return lists.smallestNames()
  }
}

/** Whether no page speaks for the pair. */
function isListed({ senses }: PairNames): boolean {
  return senses.every(({ pages }) => pages.length === 0)
}

async function joinedPages(pairs: ScratchTable<PairNames>): Promise<ReadonlyMap<string, string>> {
  const joined = new Components()
  for await (const { value: names } of breathing(pairs.entries())) {
    for (const { pages, numbers } of names.senses) {
      const [left, ...others] = pages
      if (left === undefined) continue
      // With a number there is a link.
      if (numbers.length > 0) joined.join(left, ...others, ...numbers)
      else for (const page of pages) joined.join(page)
    }
  }
  return joined.smallestNames()
}
