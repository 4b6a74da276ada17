/** Clusters of names with the page pairs that they rest on. */
import { isLink } from '../../language/mate.ts'
import { foldTitle } from '../../language/title.ts'
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

/** The cluster that a page belongs to, its group, the side it is on, and what its cluster is called in the page's language. */
export interface ClusterPage {
  readonly cluster: string
  readonly group: string
  readonly split: Split
  /** Folded. */
  readonly names: ReadonlySet<string>
}

export interface ClusterPages {
  readonly clusters: number
  /** Undefined for a page without a mate. */
  of(language: string, title: string): ClusterPage | undefined
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

export function pagesOfClusters(synonyms: ScratchTable<Synonym>): ClusterPages {
  const pages = new Map<string, ClusterPage>()
  let clusters = 0
  for (const { cluster, split, synonyms: members } of clustersOf(synonyms)) {
    clusters++
    // Events of older versions have no group.
    const group = members[0]!.group || cluster
    const leftPage = { cluster, group, split, names: new Set(members.map(({ left }) => foldTitle(left.surface))) }
    const rightPage = { cluster, group, split, names: new Set(members.map(({ right }) => foldTitle(right.surface))) }
    for (const { left, right, evidence } of members) {
      for (const { leftTitle, rightTitle } of evidence) {
        pages.set(`${left.language}\t${leftTitle}`, leftPage)
        pages.set(`${right.language}\t${rightTitle}`, rightPage)
      }
    }
  }
  return { clusters, of: (language, title) => pages.get(`${language}\t${title}`) }
}

/** Folded names of the clusters on these sides, in whichever language. */
export function namesOn(sides: readonly Split[], synonyms: ScratchTable<Synonym>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { value } of synonyms.entries()) {
    if (!sides.includes(value.split)) continue
    for (const term of [value.left, value.right]) names.add(foldTitle(term.surface))
  }
  return names
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
