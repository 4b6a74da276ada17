/**
 * Clusters that share a name, through any number of steps, are a group, and a whole group is on one side of the split: so no name
 * of a test cluster is a name of a train cluster.
 */
import { breathing } from '../../runtime/breath.ts'
import type { Earlier } from './cluster-file.ts'
import type { Clusters } from './clusters.ts'
import { Components } from './components.ts'
import { type EarlierGroup, type Side, type SideSettings, sideOf } from './sides.ts'

export class Groups {
  /** Founders of groups that have a letter for a name. */
  readonly namedByLetter: ReadonlySet<string>
  private readonly founders: ReadonlyMap<string, string>
  private readonly sides: ReadonlyMap<string, Side>

  private constructor(
    namedByLetter: ReadonlySet<string>,
    founders: ReadonlyMap<string, string>,
    sides: ReadonlyMap<string, Side>,
  ) {
    this.namedByLetter = namedByLetter
    this.founders = founders
    this.sides = sides
  }

  static async of(clusters: Clusters, earlier: Earlier, settings: SideSettings): Promise<Groups> {
    const names = new Components()
    for (const [, founder] of clusters.pages()) names.join(founder)
    const byLetter = new Set<string>()
    for await (const { founder, names: own, senses } of breathing(clusters.members())) {
      names.join(founder, ...own.surfaces)
      // A pair of two pages that no link joins belongs to both.
      for (const number of senses) {
        for (const page of own.senses[number]!.pages) names.join(founder, clusters.founderOf(page))
      }
      if (own.isByLetter) byLetter.add(founder)
    }
    const founders = names.smallestNames()
    const namedByLetter = new Set([...byLetter].map((founder) => founders.get(founder)!))
    const sides = await settledSides(clusters, founders, namedByLetter, earlier, settings)
    return new Groups(namedByLetter, founders, sides)
  }

  /** The side of a cluster, by its founder. */
  of(founder: string): Side {
    return this.sides.get(this.founders.get(founder)!)!
  }

  all(): Iterable<Side> {
    return this.sides.values()
  }
}

async function settledSides(
  clusters: Clusters,
  founders: ReadonlyMap<string, string>,
  namedByLetter: ReadonlySet<string>,
  earlier: Earlier,
  settings: SideSettings,
): Promise<ReadonlyMap<string, Side>> {
  const sizes = new Map<string, Set<string>>()
  const before = new Map<string, Map<string, EarlierGroup>>()
  const note = (name: string, founder: string): void => {
    const group = founders.get(founder)!
    const size = sizes.get(group) ?? new Set()
    sizes.set(group, size.add(founder))
    const known = earlier.groupOf(name)
    if (known) before.set(group, (before.get(group) ?? new Map<string, EarlierGroup>()).set(known.group, known))
  }
  for (const [name, founder] of clusters.pages()) note(name, founder)
  for await (const { founder, names } of breathing(clusters.members())) {
    for (const name of names.surfaces) note(name, founder)
  }
  const isTaken = (identifier: string) => earlier.isGroup(identifier)
  return new Map(
    [...sizes].map(([founder, { size }]) => {
      const groups = [...(before.get(founder)?.values() ?? [])].sort((a, b) => (a.group < b.group ? -1 : 1))
      const isByLetter = namedByLetter.has(founder)
      const group = { founder, clusters: size, isNamedByLetter: isByLetter, earlier: groups }
      return [founder, sideOf(group, isTaken, settings)]
    }),
  )
}
