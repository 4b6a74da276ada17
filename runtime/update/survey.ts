/** Reads a partition from its beginning and tells which of its records count, after an update and before it. */
import { createHash } from 'node:crypto'
import { type TopicName, topics } from '../../topology.ts'
import type { LogRecord, TopicPartition, Transport } from '../transport.ts'
import type { Voids } from '../voids.ts'
import { isEvent, isKept, isRetraction, keysIn } from './marks.ts'

/** An event with where it counts: `was` before the update, `is` after it. One of them at least. */
export interface Row {
  readonly record: LogRecord
  readonly was: boolean
  readonly is: boolean
}

/** A partition up to `end`, with the offsets at which each update of it began. */
export interface Extent {
  readonly at: TopicPartition
  readonly begins: readonly number[]
  readonly end: number
  /** What counts no more, since its writer began again. */
  readonly voids: Voids
}

/**
 * Every event that counted before the last update or counts after it, in the order of the offsets. Memory holds the keys of what
 * updates have changed, and of a topic of kept events its keys.
 */
export async function* survey(transport: Transport, extent: Extent): AsyncIterable<Row> {
  switch (topics[extent.at.topic as TopicName].update) {
    case 'renewed':
      return yield* renewed(transport, extent)
    case 'rows':
      return yield* rows(transport, extent)
    case 'latest':
      return yield* latest(transport, extent)
    case 'kept':
      return yield* kept(transport, extent)
  }
}

/** Two events are the same row where key and value are. */
export function rowDigest({ topic, key, value }: Pick<LogRecord, 'topic' | 'key' | 'value'>): string {
  const hash = createHash('sha1').update(`${topic}\t${key}\n`)
  return (value ? hash.update(value) : hash).digest('base64')
}

async function* records(
  transport: Transport,
  { at, voids }: Extent,
  from: number,
  to: number,
): AsyncIterable<LogRecord> {
  for await (const some of transport.read(at, from, to)) {
    for (const record of some) if (!voids.has(record)) yield record
  }
}

async function* renewed(transport: Transport, extent: Extent): AsyncIterable<Row> {
  const { begins, end } = extent
  const from = begins.at(-1) ?? 0
  for await (const record of records(transport, extent, begins.at(-2) ?? 0, end)) {
    if (isEvent(record)) yield { record, was: record.offset < from, is: record.offset >= from }
  }
}

async function* rows(transport: Transport, extent: Extent): AsyncIterable<Row> {
  const { begins, end } = extent
  const [first = end] = begins
  const last = begins.at(-1) ?? 0
  const keys = new Set<string>()
  const takenBefore = new Tally()
  const taken = new Tally()
  for await (const record of records(transport, extent, first, end)) {
    if (!isRetraction(record.headers)) continue
    keys.add(record.key)
    const digest = rowDigest(record)
    taken.add(digest)
    if (record.offset < last) takenBefore.add(digest)
  }
  for await (const record of records(transport, extent, 0, end)) {
    if (!isEvent(record) || isRetraction(record.headers)) continue
    const digest = keys.has(record.key) ? rowDigest(record) : undefined
    const was = record.offset < last && !(digest !== undefined && takenBefore.take(digest))
    const is = !(digest !== undefined && taken.take(digest))
    if (was || is) yield { record, was, is }
  }
}

/** Of records before the first update the last of a key counts, which their reader sees to; of later ones it is told here. */
async function* latest(transport: Transport, extent: Extent): AsyncIterable<Row> {
  const { begins, end } = extent
  const [first = end] = begins
  const last = begins.at(-1) ?? 0
  const lastBefore = new Map<string, number>()
  const lastOf = new Map<string, number>()
  for await (const record of records(transport, extent, first, end)) {
    if (!isEvent(record)) continue
    lastOf.set(record.key, record.offset)
    if (record.offset < last) lastBefore.set(record.key, record.offset)
  }
  for await (const record of records(transport, extent, 0, end)) {
    if (!isEvent(record) || (record.value === null && record.offset >= first)) continue
    const was = record.offset < last && (lastBefore.get(record.key) ?? record.offset) === record.offset
    const is = (lastOf.get(record.key) ?? record.offset) === record.offset
    if (was || is) yield { record, was, is }
  }
}

async function* kept(transport: Transport, extent: Extent): AsyncIterable<Row> {
  const { begins, end } = extent
  const [first = end] = begins
  const last = begins.at(-1) ?? 0
  const before = begins.at(-2) ?? 0
  /** Offset of the last version of a key that updates have written, before the last of them and with it. */
  const versionBefore = new Map<string, number>()
  const version = new Map<string, number>()
  const named = new Set<string>()
  const namedBefore = new Set<string>()
  for await (const record of records(transport, extent, first, end)) {
    const names = record.offset >= last ? named : record.offset >= before ? namedBefore : undefined
    if (isKept(record.headers)) for (const key of keysIn(record)) names?.add(key)
    else if (isEvent(record)) {
      // A tombstone ends what its key had.
      if (record.value !== null) names?.add(record.key)
      if (record.offset < first) continue
      version.set(record.key, record.offset)
      if (record.offset < last) versionBefore.set(record.key, record.offset)
    }
  }
  for await (const record of records(transport, extent, 0, end)) {
    if (!isEvent(record) || record.value === null) continue
    const { key, offset } = record
    const was =
      offset < last && (versionBefore.get(key) ?? offset) === offset && (begins.length < 2 || namedBefore.has(key))
    const is = (version.get(key) ?? offset) === offset && (begins.length === 0 || named.has(key))
    if (was || is) yield { record, was, is }
  }
}

class Tally {
  private readonly counts = new Map<string, number>()

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
  }

  /** Whether there is one left, which is taken. */
  take(name: string): boolean {
    const count = this.counts.get(name) ?? 0
    if (count > 0) this.counts.set(name, count - 1)
    return count > 0
  }
}
