/** What this run decided, as lines of clusters.jsonl. */
import type { Scratch } from '../../runtime/ports.ts'
import type { ClusterLine, Earlier } from './cluster-file.ts'
import type { Clusters } from './clusters.ts'
import type { Groups } from './groups.ts'
import { surfaceNames } from './names.ts'
import { identifierOf } from './sides.ts'

interface Part {
  readonly founder: string
  readonly name?: string
  readonly pairKey?: string
}

/** Clusters in the order of their founders, then those of earlier runs of which no name is left, in theirs. */
export async function* clusterLines(
  clusters: Clusters,
  groups: Groups,
  earlier: Earlier,
  scratch: Scratch,
): AsyncIterable<string> {
  const parts = scratch.table<Part>('parts of clusters')
  const names = scratch.table<true>('names')
  const addName = (name: string, founder: string): void => {
    names.put(name, true)
    parts.put(`${founder}\t0\t${name}`, { founder, name })
  }
  for (const [name, founder] of clusters.pages()) addName(name, founder)
  for (const { founder, pair } of clusters.members()) {
    for (const name of surfaceNames(pair)) addName(name, founder)
    parts.put(`${founder}\t1\t${pair.pairKey}`, { founder, pairKey: pair.pairKey })
  }

  for (const [founder, own] of byFounder(parts.entries())) {
    const { group, split, merged } = groups.of(founder)
    yield textOf({
      cluster: identifierOf(founder),
      group,
      split,
      ...(merged.length > 0 && { merged: [...merged] }),
      names: own.flatMap(({ name }) => name ?? []),
      pairs: own.flatMap(({ pairKey }) => pairKey ?? []),
    })
  }
  for (const { value: line } of earlier.clusters.entries()) {
    if (line.names.some((name) => names.get(name))) continue
    const { cluster, group, split } = line
    yield textOf({ cluster, group, split, gone: true, names: line.names, pairs: [] })
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

function textOf(line: ClusterLine): string {
  return `${JSON.stringify(line)}\n`
}
