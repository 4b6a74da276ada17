/** Headers by which an update tells its records apart from events. See docs/decisions/0020. */
import { type ServiceId, type TopicName, writersOf } from '../../topology.ts'
import { writerOf } from '../event-id.ts'
import { partitionOf } from '../partition.ts'
import { sealNameOf, unitsOf } from '../seal.ts'
import type { LogRecord, OutgoingRecord } from '../transport.ts'

type Headers = Readonly<Record<string, string>>

const retractedHeader = 'naru-retracted'
const keptHeader = 'naru-kept'

/** Takes back one event of the same key and value. */
export function retractionOf({ topic, partition, key, value, headers }: OutgoingRecord): OutgoingRecord {
  return { topic, partition, key, value, headers: { ...headers, [retractedHeader]: '1' } }
}

export function isRetraction(headers: Headers): boolean {
  return headers[retractedHeader] !== undefined
}

export function isKept(headers: Headers): boolean {
  return headers[keptHeader] !== undefined
}

/** Neither a seal nor a list of what was kept. */
export function isEvent({ headers }: Pick<LogRecord, 'headers'>): boolean {
  return !isKept(headers) && sealNameOf(headers) === undefined
}

/**
 * Names events as unchanged: one record for each partition that they lie in.
 * @param origin names the event that says so, and the update, for a compacted topic keeps one record a key.
 */
export function keptRecords(
  events: readonly { readonly topic: TopicName; readonly key: string }[],
  origin: string,
): OutgoingRecord[] {
  const keys = new Map<string, { topic: TopicName; partition: number; keys: string[] }>()
  for (const { topic, key } of events) {
    const partition = partitionOf(topic, key)
    const own = keys.get(`${topic}/${partition}`) ?? { topic, partition, keys: [] }
    own.keys.push(key)
    keys.set(`${topic}/${partition}`, own)
  }
  return [...keys.values()].map(({ topic, partition, keys }) => ({
    topic,
    partition,
    key: `kept/${origin}`,
    value: Buffer.from(JSON.stringify(keys)),
    headers: { [keptHeader]: '1' },
  }))
}

export function keysIn({ value }: LogRecord): readonly string[] {
  return JSON.parse(Buffer.from(value ?? []).toString()) as string[]
}

/** Tells whether a record of a topic that the service writes is of this unit of it. */
export function writtenBy(id: ServiceId, unit: string): (record: LogRecord) => boolean {
  const isOneOfSeveral = unitsOf(id).length > 1
  return ({ topic, headers }) => {
    if (!isOneOfSeveral && writersOf(topic as TopicName).length === 1) return true
    const writer = writerOf(headers)
    return writer?.service === id && (!isOneOfSeveral || writer.unit === unit)
  }
}
