/** Clusters of names with the page pairs that they rest on. */
import { isDeepStrictEqual } from 'node:util'
import { isLink } from '../../language/mate.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Evidence, Split, Synonym, Term } from '../../schemas/types.ts'

export interface PagePair {
  readonly leftTitle: string
  readonly rightTitle: string
}

/** A synonym as far as examples are made of it: in which revision it was read last, say, changes none. */
export interface Member extends Pick<Synonym, 'pairKey' | 'cluster' | 'group' | 'split' | 'confidence'> {
  readonly left: Pick<Term, 'language' | 'surface'>
  readonly right: Pick<Term, 'language' | 'surface'>
  readonly evidence: readonly Pick<Evidence, 'rule' | 'leftTitle' | 'rightTitle'>[]
}

export interface Cluster {
  readonly cluster: string
  /** Events of older versions have none: then it is the cluster's own name. */
  readonly group: string
  readonly split: Split
  /** Surest first, then by key. */
  readonly synonyms: readonly Member[]
  readonly pagePairs: readonly PagePair[]
}

/** Of each pair the last event counts, also where it has come into another cluster, on another side. */
export class Clusters {
  /** By the key of the event: the cluster that it is of. */
  readonly #events: ScratchTable<string>
  /** By cluster and key of the event. */
  readonly #synonyms: ScratchTable<Member>

  constructor(tables: Pick<Scratch, 'table'>) {
    this.#events = tables.table('synonyms')
    this.#synonyms = tables.table('synonyms by cluster')
  }

  /** @param synonym null takes it back. Returns the clusters that are others now. */
  put(eventKey: string, synonym: Synonym | null): string[] {
    const before = this.#events.get(eventKey)
    const member = synonym && memberOf(synonym)
    if (before !== undefined) {
      const place = `${before}\t${eventKey}`
      if (isDeepStrictEqual(this.#synonyms.get(place), member)) return []
      this.#synonyms.put(place, null)
    }
    if (member !== null) this.#synonyms.put(`${member.cluster}\t${eventKey}`, member)
    this.#events.put(eventKey, member?.cluster ?? null)
    return [before, synonym?.cluster].filter((cluster) => cluster !== undefined)
  }

  at(cluster: string): Cluster | undefined {
    const range = { from: `${cluster}\t`, to: `${cluster}\n` }
    const members = [...this.#synonyms.entries(range)].map(({ value }) => value)
    return members.length === 0 ? undefined : clusterOf(members)
  }

  /** In the order of their names. */
  *[Symbol.iterator](): Iterator<Cluster> {
    let members: Member[] = []
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

function memberOf({ pairKey, cluster, group, split, confidence, left, right, evidence }: Synonym): Member {
  const nameOf = ({ language, surface }: Term) => ({ language, surface })
  const rests = new Map(
    evidence.map(({ rule, leftTitle, rightTitle }) => [
      `${rule}\t${leftTitle}\t${rightTitle}`,
      { rule, leftTitle, rightTitle },
    ]),
  )
  const names = { left: nameOf(left), right: nameOf(right) }
  return { pairKey, cluster, group, split, confidence, ...names, evidence: [...rests.values()] }
}

function clusterOf(members: readonly Member[]): Cluster {
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
