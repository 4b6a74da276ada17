/** A topic from near: its partitions, who stands where in it, and events as they were written. */
import { Codec } from '../../runtime/codec.ts'
import { NaruError } from '../../runtime/errors.ts'
import type { LogView } from '../../runtime/log-view.ts'
import type { LogRecord } from '../../runtime/transport.ts'
import { isEvent } from '../../runtime/update/marks.ts'
import { readersOf, type ServiceId, type TopicName, topics, writersOf } from '../../topology.ts'

export interface PartitionView {
  readonly partition: number
  readonly first: number
  readonly end: number
  /** Next offset that each reader takes; it has committed all before. */
  readonly positions: Readonly<Partial<Record<ServiceId, number>>>
}

export interface TopicPage {
  readonly name: TopicName
  readonly schema: string
  readonly key: readonly string[]
  readonly cleanup: string
  readonly retentionHours: number
  readonly writers: readonly ServiceId[]
  readonly readers: readonly ServiceId[]
  readonly partitions: readonly PartitionView[]
}

export async function topicPage(log: LogView, name: TopicName): Promise<TopicPage> {
  const { schema, key, cleanup, retentionHours } = topics[name]
  const readers = readersOf(name)
  const positions = await Promise.all(readers.map((id) => log.positions(id, [name])))
  const partitions = (await log.ranges(name)).map(({ partition, first, end }) => {
    const own = readers.map((id, at) => [
      id,
      positions[at]!.find((position) => position.partition === partition)?.offset ?? 0,
    ])
    return { partition, first, end, positions: Object.fromEntries(own) }
  })
  return { name, schema, key, cleanup, retentionHours, writers: writersOf(name), readers, partitions }
}

export type EventView =
  | {
      readonly kind: 'event'
      readonly offset: number
      readonly key: string
      readonly bytes: number
      readonly value: unknown
    }
  | { readonly kind: 'seal' | 'withdrawal'; readonly offset: number; readonly key: string }
  | { readonly kind: 'unreadable'; readonly offset: number; readonly key: string; readonly code: string }

export interface EventsWanted {
  readonly partition: number
  /** Negative: so many before the end. */
  readonly offset: number
  readonly count: number
}

/** Long texts are cut: the page shows what an event is, not whole articles. */
const charactersAtMost = 2_000
const itemsAtMost = 50

export async function eventsOf(
  log: LogView,
  name: TopicName,
  { partition, offset, count }: EventsWanted,
): Promise<{ readonly from: number; readonly events: readonly EventView[] }> {
  const range = (await log.ranges(name)).find((one) => one.partition === partition)
  const { first, end } = range ?? { first: 0, end: 0 }
  const from = Math.max(first, offset < 0 ? end + offset : offset)
  const codec = new Codec()
  const records = await log.read({ topic: name, partition }, from, count)
  return { from, events: records.map((record) => eventView(codec, name, record)) }
}

export function eventView(codec: Codec, name: TopicName, record: LogRecord): EventView {
  const { offset, key, value } = record
  if (!isEvent(record)) return { kind: 'seal', offset, key }
  if (value === null) return { kind: 'withdrawal', offset, key }
  try {
    const event: unknown = codec.decode(topics[name].schema, value)
    return { kind: 'event', offset, key, bytes: value.length, value: shortened(event) }
  } catch (error) {
    return { kind: 'unreadable', offset, key, code: error instanceof NaruError ? error.code : 'UNEXPECTED' }
  }
}

/** Bytes are told by their number, long texts and lists by their beginning. */
export function shortened(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length > charactersAtMost ? `${value.slice(0, charactersAtMost)}… (${value.length})` : value
  }
  if (value instanceof Uint8Array) return `(${value.length} bytes)`
  if (Array.isArray(value)) {
    const items = value.slice(0, itemsAtMost).map(shortened)
    return value.length > itemsAtMost ? [...items, `… (${value.length})`] : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shortened(field)]))
}
