/** Looking for events by a text in their key or their fields: a stretch of a topic at a time, so that whoever asks sees how far it is. */
import { Codec } from '../../runtime/codec.ts'
import type { LogView } from '../../runtime/log-view.ts'
import type { LogRecord } from '../../runtime/transport.ts'
import { isEvent } from '../../runtime/update/marks.ts'
import { type TopicName, topics } from '../../topology.ts'
import { type EventView, eventView } from './topics.ts'

export interface SearchPlace {
  readonly partition: number
  readonly offset: number
}

export interface SearchWanted {
  readonly text: string
  /** Where to go on; a partition alone begins with its first record. */
  readonly from: SearchPlace
  /** Ends the stretch early, > 0. */
  readonly hits: number
}

export interface SearchedStretch {
  readonly found: readonly (EventView & { readonly partition: number })[]
  /** Offsets that were gone through. */
  readonly searched: number
  /** Where the next stretch begins; undefined at the end of the topic. */
  readonly next: SearchPlace | undefined
}

/** A page that waits for longer looks dead; each stretch reads this long, or a little longer. */
const stretchMs = 1_000
const recordsAtOnce = 500

/** Partitions in their order, records from the first on. Case and composition of characters do not matter. */
export async function searchEvents(
  log: LogView,
  name: TopicName,
  { text, from, hits }: SearchWanted,
): Promise<SearchedStretch> {
  const wanted = folded(text)
  const codec = new Codec()
  const ranges = (await log.ranges(name)).filter(({ partition }) => partition >= from.partition)
  const untilMs = performance.now() + stretchMs
  const found: SearchedStretch['found'][number][] = []
  let searched = 0
  for (const { partition, first, end } of ranges) {
    let offset = partition === from.partition ? Math.max(first, from.offset) : first
    while (offset < end) {
      if (performance.now() > untilMs) return { found, searched, next: { partition, offset } }
      const records = await log.read({ topic: name, partition }, offset, recordsAtOnce)
      for (const record of records) {
        searched += record.offset + 1 - offset
        offset = record.offset + 1
        if (!holds(codec, name, record, wanted)) continue
        found.push({ ...eventView(codec, name, record), partition })
        if (found.length === hits) return { found, searched, next: { partition, offset } }
      }
      // What is left are marks of transactions.
      if (records.length === 0) {
        searched += end - offset
        offset = end
      }
    }
  }
  return { found, searched, next: undefined }
}

function holds(codec: Codec, name: TopicName, record: LogRecord, wanted: string): boolean {
  if (!isEvent(record)) return false
  if (folded(record.key).includes(wanted)) return true
  if (record.value === null) return false
  try {
    return isIn(codec.decode(topics[name].schema, record.value), wanted)
  } catch {
    // It cannot be read, which its place in the list of events says.
    return false
  }
}

function isIn(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return folded(value).includes(wanted)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value) === wanted
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return false
  return Object.values(value).some((part) => isIn(part, wanted))
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
