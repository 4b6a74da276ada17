/** What this run decided, as lines of clusters.jsonl, with keys in whose order they are. */
import type { Scratch } from '../../runtime/ports.ts'
import type { ClusterLine, Earlier } from './cluster-file.ts'
import type { Clusters } from './clusters.ts'
import type { Groups } from './groups.ts'
import { identifierOf } from './sides.ts'

interface Part {
  readonly founder: string
  readonly name?: string
  readonly pairKey?: string
}

/** Clusters come in the order of their founders, then those of earlier runs of which no name is left, in theirs. */
export const lineKey = {
  ofCluster: (founder: string) => `0\t${founder}`,
  ofGone: (cluster: string) => `1\t${cluster}`,
}
/** Keys of all lines of clusters that are gone. */
export const goneLines = { from: '1\t', to: '1\n' }

export interface KeyedLine {
  readonly key: string
  readonly line: ClusterLine
}

export function* clusterLines(clusters: Clusters, groups: Groups, scratch: Scratch): Iterable<KeyedLine> {
  const parts = scratch.table<Part>('parts of clusters')
  const addName = (name: string, founder: string): void => {
    parts.put(`${founder}\t0\t${name}`, { founder, name })
  }
  for (const [name, founder] of clusters.pages()) addName(name, founder)
  for (const { founder, key: pairKey, names } of clusters.members()) {
    for (const name of names.surfaces) addName(name, founder)
    parts.put(`${founder}\t1\t${pairKey}`, { founder, pairKey })
  }

  for (const [founder, own] of byFounder(parts.entries())) {
    const { group, split, merged } = groups.of(founder)
    const line = {
      cluster: identifierOf(founder),
      group,
      split,
      ...(merged.length > 0 && { merged: [...merged] }),
      names: own.flatMap(({ name }) => name ?? []),
      pairs: own.flatMap(({ pairKey }) => pairKey ?? []),
    }
    yield { key: lineKey.ofCluster(founder), line }
  }
}

/** Clusters of earlier runs of which no name is left. */
export function* goneClusters(earlier: Earlier, isThere: (name: string) => boolean): Iterable<KeyedLine> {
  for (const { value } of earlier.clusters.entries()) {
    if (value.names.some(isThere)) continue
    const { cluster, group, split, names } = value
    yield { key: lineKey.ofGone(cluster), line: { cluster, group, split, gone: true, names, pairs: [] } }
  }
}

function* byFounder(parts: Iterable<{ readonly value: Part }>): Iterable<[founder: string, parts: Part[]]> {
  let own: Part[] = []
  for (const { value } of parts) {
    const founder = own[0]?.founder
    if (founder !== undefined && founder !== value.founder) {
      yield [founder, own]
      own = []
    }
    own.push(value)
  }
  if (own[0]) yield [own[0].founder, own]
}
