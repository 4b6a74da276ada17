/** Pairs put into clusters and on their sides. What is said of a pair follows from those that it is joined with (names.ts), and from the run before. */
import { termOf } from '../../language/term.ts'
import type { Scratch } from '../../runtime/ports.ts'
import type { Synonym, Term } from '../../schemas/types.ts'
import type { Earlier } from './cluster-file.ts'
import { clusterLines, type KeyedLine } from './cluster-lines.ts'
import type { Clusters, Member } from './clusters.ts'
import { Groups } from './groups.ts'
import { evidenceIn, isNamedByLetter } from './names.ts'
import { identifierOf, type Side, type SideSettings } from './sides.ts'

export class SplitPairs {
  private readonly clusters: Clusters
  private readonly groups: Groups
  private readonly scratch: Scratch

  constructor(clusters: Clusters, earlier: Earlier, settings: SideSettings, scratch: Scratch) {
    this.clusters = clusters
    this.groups = new Groups(clusters, earlier, settings)
    this.scratch = scratch
  }

  /** Undefined for a pair that is held out. */
  *synonyms(): Iterable<Synonym | undefined> {
    for (const member of this.clusters.members()) {
      const side = this.groups.of(member.founder)
      // A group keeps its side when it is given a letter for a name later on; the name alone is left out.
      yield side.split !== 'train' && isNamedByLetter(member.pair) ? undefined : synonymOf(member, side)
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

function synonymOf({ founder, pair, senses }: Member, { group, split }: Side): Synonym {
  const { pairKey, left, right } = pair
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
