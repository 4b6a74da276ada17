/** Clusters of names with the page pairs that they rest on. */
import { isLink } from '../../language/mate.ts'
import type { ScratchTable } from '../../runtime/ports.ts'
import type { Split, Synonym } from '../../schemas/types.ts'

export interface PagePair {
  readonly leftTitle: string
  readonly rightTitle: string
}

export interface Cluster {
  readonly cluster: string
  readonly split: Split
  /** Surest first, then by key. */
  readonly synonyms: readonly Synonym[]
  readonly pagePairs: readonly PagePair[]
}

/** Clusters in the order of their names. */
export function* clustersOf(synonyms: ScratchTable<Synonym>): Iterable<Cluster> {
  let members: Synonym[] = []
  for (const { value } of synonyms.entries()) {
    if (members.length > 0 && members[0]!.cluster !== value.cluster) {
      yield clusterOf(members)
      members = []
    }
    members.push(value)
  }
  if (members.length > 0) yield clusterOf(members)
}

function clusterOf(members: readonly Synonym[]): Cluster {
  const { cluster, split } = members[0]!
  const synonyms = [...members].sort((a, b) => b.confidence - a.confidence || (a.pairKey < b.pairKey ? -1 : 1))
  const pairs = new Map<string, PagePair>()
  for (const { evidence } of synonyms) {
    for (const { rule, leftTitle, rightTitle } of evidence) {
      if (isLink({ rule })) pairs.set(`${leftTitle}\t${rightTitle}`, { leftTitle, rightTitle })
    }
  }
  const pagePairs = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
  return { cluster, split, synonyms, pagePairs }
}
