import { minInsyncReplicas, type ServiceId, specOf, topics } from '../../topology.ts'
import type { Codec } from '../codec.ts'
import type { Live, Surroundings } from '../deps.ts'
import { describePlace, RetryableError } from '../errors.ts'
import { idHeaders } from '../event-id.ts'
import type { EncodedEvent, Failure } from '../execute.ts'
import type { Logger } from '../log.ts'
import { retries } from '../metrics.ts'
import { partitionOf } from '../partition.ts'
import { sealHeaders } from '../seal.ts'
import type { LogRecord, OutgoingRecord, TopicPlan, Transport } from '../transport.ts'
import type { WorkerPool } from '../workers.ts'

/** What the runner of a service works with. */
export interface RunContext {
  readonly transport: Transport
  readonly codec: Codec
  readonly around: Surroundings
  readonly live: Live
  readonly log: Logger
  readonly pool: WorkerPool
  /** Called once where the service cannot go on. */
  readonly onFailure: (error: unknown) => void
}

export function deadTopic(id: ServiceId): string {
  return `${id}.dead`
}

/** Dead-letter topics of services, as they are to be created. */
export function deadTopicPlans(ids: readonly ServiceId[]): TopicPlan[] {
  const kept = { partitions: 1, cleanup: 'delete', retentionHours: 4 * 7 * 24, minInsyncReplicas } as const
  return ids.map((id) => ({ topic: deadTopic(id), ...kept }))
}

/** What wrote a record: the headers that name it, by its number among the outputs. */
export type Naming = (place: string | number) => OutgoingRecord['headers']

/** Names for what a unit makes of one event, or of no single one. */
export function namesOf(id: ServiceId, unit: string, offset?: number): Naming {
  return (place) => idHeaders(id, unit, offset, place)
}

/** @param headers its name, and its trace where there is one. */
export function outgoing(event: EncodedEvent, headers: OutgoingRecord['headers']): OutgoingRecord {
  return {
    topic: event.topic,
    partition: partitionOf(event.topic, event.key),
    key: event.key,
    value: event.value,
    headers,
  }
}

/** @param whole true where the event itself is dead, false where it was a part of one that went on. */
export function deadLetter(
  { codec }: { readonly codec: Codec },
  id: ServiceId,
  record: LogRecord,
  failure: Failure,
  whole: boolean,
  headers: OutgoingRecord['headers'],
): OutgoingRecord {
  const value = codec.encode('DeadLetter', {
    service: id,
    code: failure.code,
    message: failure.message,
    hint: failure.hint,
    cause: failure.cause,
    place: describePlace(failure.place),
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    key: record.key,
    value: whole && record.value ? Buffer.from(record.value) : null,
  })
  return { topic: deadTopic(id), partition: 0, key: record.key, value, headers }
}

const sealValue = Uint8Array.of(1)

/** The control records by which a unit says that it will write nothing more. */
export function seals(id: ServiceId, unit: string): OutgoingRecord[] {
  return specOf(id).writes.flatMap((topic) =>
    Array.from({ length: topics[topic].partitions }, (_, partition) => ({
      topic,
      partition,
      // A key and a value of its own: on a compacted topic a record without them would be removed, or take others with it.
      key: `seal/${id}/${unit}`,
      value: sealValue,
      headers: sealHeaders(id, unit),
    })),
  )
}

const attemptsAtMost = 8
const firstPauseMs = 50

/** Runs work again after a RetryableError, with pauses that double; the last error is thrown. */
export async function withRetries<T>(context: RunContext, id: ServiceId, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const stopped = context.live.signal.aborted
      if (
        !(error instanceof RetryableError) ||
        error.code === 'TRANSACTION_FENCED' ||
        attempt === attemptsAtMost ||
        stopped
      ) {
        throw error
      }
      retries.inc({ service: id, code: error.code })
      const pauseMs = firstPauseMs * 2 ** attempt
      context.log.warn({ err: error, attempt, pauseMs }, 'passing fault, trying again')
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}
