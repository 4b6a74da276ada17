/** Pairs put into clusters and on their sides. What is said of a pair follows from those that it is joined with (names.ts), and from the run before. */
import { termOf } from '../../language/term.ts'
import type { Scratch } from '../../runtime/ports.ts'
import type { Synonym, SynonymPair, Term } from '../../schemas/types.ts'
import type { Earlier } from './cluster-file.ts'
import { clusterLines, type KeyedLine } from './cluster-lines.ts'
import type { Clusters } from './clusters.ts'
import { Groups } from './groups.ts'
import { evidenceIn } from './names.ts'
import { identifierOf, type SideSettings } from './sides.ts'

/** What becomes of a pair in one cluster. */
export interface Decision extends Pick<Synonym, 'group' | 'split'> {
  /** Of the cluster. */
  readonly founder: string
  /** Of the pair. */
  readonly key: string
  /** The numbers of its senses that lie in the cluster. */
  readonly senses: readonly number[]
  readonly isHeldOut: boolean
}

export class SplitPairs {
  private readonly clusters: Clusters
  private readonly groups: Groups
  private readonly scratch: Scratch

  private constructor(clusters: Clusters, groups: Groups, scratch: Scratch) {
    this.clusters = clusters
    this.groups = groups
    this.scratch = scratch
  }

  static async of(clusters: Clusters, earlier: Earlier, settings: SideSettings, scratch: Scratch): Promise<SplitPairs> {
    return new SplitPairs(clusters, await Groups.of(clusters, earlier, settings), scratch)
  }

  *decisions(): Iterable<Decision> {
    for (const { founder, key, names, senses } of this.clusters.members()) {
      const { group, split } = this.groups.of(founder)
      // A group keeps its side when it is given a letter for a name later on; the name alone is left out.
      const isHeldOut = split !== 'train' && names.isByLetter
      yield { founder, key, senses, isHeldOut, group, split }
    }
  }

  lines(): Iterable<KeyedLine> {
    return clusterLines(this.clusters, this.groups, this.scratch)
  }

  tally(): Record<string, number> {
    const namedByLetter = this.groups.namedByLetter.size
    const tally = { groups: 0, train: 0, val: 0, test: 0, merged: 0, mergedGroups: 0, namedByLetter }
    for (const { split, merged } of this.groups.all()) {
      tally.groups++
      tally[split]++
      if (merged.length > 0) tally.merged++
      tally.mergedGroups += merged.length
    }
    return tally
  }
}

/** @param pair that the decision is about. */
export function synonymOf({ founder, senses: numbers, group, split }: Decision, pair: SynonymPair): Synonym {
  const { pairKey, left, right } = pair
  const senses = numbers.map((number) => pair.senses[number]!)
  const [surest] = senses
  return {
    pairKey,
    left: inSense(left, surest!.leftTitle),
    right: inSense(right, surest!.rightTitle),
    confidence: surest!.confidence,
    evidence: evidenceIn(pair, senses),
    cluster: identifierOf(founder),
    group,
    split,
  }
}

/** The term with the page, and the domain, that it has in this sense. */
function inSense(term: Term, title: string): Term {
  return title === term.title ? term : { ...term, title, domain: termOf(term.language, title, title).domain }
}
