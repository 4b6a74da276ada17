/** Clusters of names with the page pairs that they rest on. */
import { isLink } from '../../language/mate.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Split, Synonym } from '../../schemas/types.ts'

export interface PagePair {
  readonly leftTitle: string
  readonly rightTitle: string
}

export interface Cluster {
  readonly cluster: string
  /** Events of older versions have none: then it is the cluster's own name. */
  readonly group: string
  readonly split: Split
  /** Surest first, then by key. */
  readonly synonyms: readonly Synonym[]
  readonly pagePairs: readonly PagePair[]
}

/** Of each pair the last event counts, also where it has come into another cluster, on another side. */
export class Clusters {
  /** By the key of the event: the cluster that it is of. */
  readonly #events: ScratchTable<string>
  /** By cluster and key of the event. */
  readonly #synonyms: ScratchTable<Synonym>

  constructor(tables: Pick<Scratch, 'table'>) {
    this.#events = tables.table('synonyms')
    this.#synonyms = tables.table('synonyms by cluster')
  }

  /** @param synonym null takes it back. Returns the clusters that are others now. */
  put(eventKey: string, synonym: Synonym | null): string[] {
    const before = this.#events.get(eventKey)
    if (before !== undefined) this.#synonyms.put(`${before}\t${eventKey}`, null)
    if (synonym !== null) this.#synonyms.put(`${synonym.cluster}\t${eventKey}`, synonym)
    this.#events.put(eventKey, synonym?.cluster ?? null)
    return [before, synonym?.cluster].filter((cluster) => cluster !== undefined)
  }

  at(cluster: string): Cluster | undefined {
    const range = { from: `${cluster}\t`, to: `${cluster}\n` }
    const members = [...this.#synonyms.entries(range)].map(({ value }) => value)
    return members.length === 0 ? undefined : clusterOf(members)
  }

  /** In the order of their names. */
  *[Symbol.iterator](): Iterator<Cluster> {
    let members: Synonym[] = []
    for (const { value } of this.#synonyms.entries()) {
      if (members.length > 0 && members[0]!.cluster !== value.cluster) {
        yield clusterOf(members)
        members = []
      }
      members.push(value)
    }
    if (members.length > 0) yield clusterOf(members)
  }
}

function clusterOf(members: readonly Synonym[]): Cluster {
  const { cluster, split, group } = members[0]!
  const synonyms = [...members].sort((a, b) => b.confidence - a.confidence || (a.pairKey < b.pairKey ? -1 : 1))
  const pairs = new Map<string, PagePair>()
  for (const { evidence } of synonyms) {
    for (const { rule, leftTitle, rightTitle } of evidence) {
      if (isLink({ rule })) pairs.set(`${leftTitle}\t${rightTitle}`, { leftTitle, rightTitle })
    }
  }
  const pagePairs = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
  return { cluster, group: group || cluster, split, synonyms, pagePairs }
}
