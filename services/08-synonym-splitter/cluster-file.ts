/** clusters.jsonl: what a run decided about sides, a cluster a line, to be read by the next run and by people. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { ConfigError } from '../../runtime/errors.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { EarlierGroup } from './sides.ts'

const lineShape = z.strictObject({
  cluster: z.string(),
  group: z.string(),
  split: z.enum(['train', 'val', 'test']),
  /** Groups that became this one in that run. */
  merged: z.array(z.string()).exactOptional(),
  /** True for a cluster that was there in an earlier run and is not now: should it come again, it is on its old side. */
  gone: z.literal(true).exactOptional(),
  /** Names as in names.ts. */
  names: z.array(z.string()),
  /** Keys of its pairs. */
  pairs: z.array(z.string()),
})
export type ClusterLine = z.output<typeof lineShape>

export interface Earlier {
  readonly clusters: ScratchTable<ClusterLine>
  groupOf(name: string): EarlierGroup | undefined
  isGroup(identifier: string): boolean
}

/** @param file absolute path; undefined where there was no run before. Throws ConfigError CLUSTERS_UNREADABLE. */
export async function readEarlier(file: string | undefined, scratch: Scratch): Promise<Earlier> {
  const clusters = scratch.table<ClusterLine>('earlier clusters')
  const groups = scratch.table<EarlierGroup>('earlier groups by name')
  const identifiers = scratch.table<true>('earlier groups')
  if (file !== undefined) {
    for await (const line of linesOf(file)) {
      clusters.put(line.cluster, line)
      identifiers.put(line.group, true)
      for (const name of line.names) groups.put(name, { group: line.group, split: line.split })
    }
  }
  return {
    clusters,
    groupOf: (name) => groups.get(name),
    isGroup: (identifier) => identifiers.get(identifier) === true,
  }
}

async function* linesOf(file: string): AsyncIterable<ClusterLine> {
  let number = 0
  const fault = (cause: unknown) =>
    new ConfigError('CLUSTERS_UNREADABLE', 'the clusters of the run before cannot be read', {
      at: { file, ...(number > 0 && { line: number }) },
      hint: 'Give the clusters.jsonl that synonym-splitter wrote, or null for none.',
      cause,
    })
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      number++
      yield lineShape.parse(JSON.parse(text))
    }
  } catch (cause) {
    throw fault(cause)
  }
}
