/** One event through a transform: decoded, run, encoded. The same on the main thread and on a worker. */
import { type TopicName, topics, withdrawableTopics } from '../topology.ts'
import type { Codec } from './codec.ts'
import { BadEventError, ConfigError, FatalError, NaruError, RetryableError } from './errors.ts'
import type { PortName } from './ports.ts'
import type {
  Deps,
  DropReason,
  Emission,
  EncodedEmission,
  Incoming,
  Outcome,
  Transform,
  Withdrawal,
} from './service.ts'
import type { LogRecord } from './transport.ts'
import { isRetraction } from './update/marks.ts'

export interface EncodedEvent {
  readonly topic: TopicName
  readonly key: string
  /** Null for a tombstone. */
  readonly value: Uint8Array | null
}

/** A failure in plain data, so that it can cross from a worker and lie in a dead letter. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly place: NaruError['at']
  readonly hint: string | null
  readonly cause: string | null
}

interface KeyOfTopic {
  readonly topic: TopicName
  readonly key: string
}

export interface Executed {
  readonly events: readonly EncodedEvent[]
  readonly dropped: readonly { readonly reason: DropReason; readonly count: number }[]
  readonly rejected: readonly Failure[]
  /** Keys of events that are as they were before. */
  readonly kept: readonly KeyOfTopic[]
  /** Keys whose events of before are there no more. */
  readonly gone: readonly KeyOfTopic[]
  /** Set where the event as a whole is to be dead-lettered; nothing else of it counts. */
  readonly failure: Failure | null
}

export function failureOf(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : null
  if (error instanceof NaruError) {
    return { code: error.code, message: error.message, place: error.at, hint: error.hint ?? null, cause }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'UNEXPECTED', message, place: {}, hint: 'This is a fault in naru: please report it.', cause }
}

export function encodeEvent(codec: Codec, emission: Emission | EncodedEmission | Withdrawal): EncodedEvent {
  const { topic } = emission
  if (emission.kind === 'withdrawal') return { topic, key: emission.key, value: null }
  const { schema, key } = topics[topic]
  if (emission.kind === 'encoded') return { topic, key: emission.key, value: codec.frame(schema, emission.payload) }
  const { value } = emission
  const fields = value as unknown as Readonly<Record<string, unknown>>
  return {
    topic,
    key: (key as readonly string[]).map((field) => String(fields[field])).join(':'),
    value: codec.encode(schema, value as never),
  }
}

export function decodeEvent(codec: Codec, record: LogRecord): Incoming {
  const topic = record.topic as TopicName
  const isTombstone = record.value === null && (withdrawableTopics as readonly string[]).includes(topic)
  if (!record.value && !isTombstone) throw new BadEventError('EVENT_EMPTY', 'an event without a value')
  const value = record.value && codec.decode(topics[topic].schema, record.value)
  const retracted = isRetraction(record.headers) ? { retracted: true } : {}
  return { topic, key: record.key, value, origin: originOf(record), ...retracted } as unknown as Incoming
}

export function originOf({ topic, partition, offset }: LogRecord): string {
  return `${topic}-${partition}@${offset}`
}

/**
 * Runs a transform on a record. What cannot be processed comes back as a failure; RetryableError, ConfigError and
 * FatalError are thrown on, for they are not about this event.
 */
export async function execute(
  service: Transform,
  record: LogRecord,
  codec: Codec,
  deps: Deps<unknown, PortName>,
): Promise<Executed> {
  const events: EncodedEvent[] = []
  const dropped: { reason: DropReason; count: number }[] = []
  const rejected: Failure[] = []
  const kept: KeyOfTopic[] = []
  const gone: KeyOfTopic[] = []
  const take = (outcome: Outcome): void => {
    switch (outcome.kind) {
      case 'emission':
      case 'encoded':
      case 'withdrawal':
        events.push(encodeEvent(codec, outcome))
        break
      case 'kept':
        kept.push({ topic: outcome.topic, key: outcome.key })
        break
      case 'gone':
        gone.push({ topic: outcome.topic, key: outcome.key })
        break
      case 'dropped':
        dropped.push({ reason: outcome.reason, count: outcome.count })
        break
      case 'rejected':
        rejected.push(failureOf(outcome.error))
        break
    }
  }
  try {
    for await (const outcome of service.run(decodeEvent(codec, record), deps)) take(outcome)
  } catch (error) {
    // Whatever a service throws once it was asked to stop is about the stop, not about the event.
    if (deps.signal.aborted) throw error
    if (error instanceof RetryableError || error instanceof ConfigError || error instanceof FatalError) throw error
    return { events: [], dropped: [], rejected: [], kept: [], gone: [], failure: failureOf(error) }
  }
  const outcomes = events.length + dropped.length + rejected.length + kept.length + gone.length
  if (outcomes === 0) {
    throw new FatalError('SILENT_DROP', `${service.id} yielded nothing for ${originOf(record)}`, {
      hint: 'Every event is passed on, dropped with a reason, or rejected: yield dropped(reason).',
    })
  }
  return { events, dropped, rejected, kept, gone, failure: null }
}
