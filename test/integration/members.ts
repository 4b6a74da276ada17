/** Small users of a transport, for tests: one that writes, one that records what it is told, one that copies. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Consumer,
  type LogRecord,
  type OutgoingRecord,
  type PartitionHandler,
  type Position,
  sourcesTopic,
  type TopicPartition,
  type TopicPlan,
  type Transport,
} from '../../runtime/transport.ts'

export function plan(topic: string, partitions: number, cleanup: TopicPlan['cleanup'] = 'delete'): TopicPlan {
  return { topic, partitions, cleanup, retentionHours: 1, minInsyncReplicas: 1 }
}

export function record(topic: string, partition: number, key: string, value: string | null = key): OutgoingRecord {
  return { topic, partition, key, value: value === null ? null : Buffer.from(value), headers: {} }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

/** Polls until it holds; fails the test after a while. */
export async function until(holds: () => boolean, what: string, withinMs = 30_000): Promise<void> {
  const end = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms for ${what}`)
    await sleep(10)
  }
}

/** Keeps everything that a transport tells a handler. */
export class Witness implements PartitionHandler {
  readonly assignments = new Map<string, Position>()
  readonly held = new Set<string>()
  readonly seen: LogRecord[] = []
  readonly failures: unknown[] = []
  overlaps = 0
  private readonly busy = new Set<string>()
  private readonly work: (at: TopicPartition, records: readonly LogRecord[]) => Promise<void>

  constructor(work: (at: TopicPartition, records: readonly LogRecord[]) => Promise<void> = () => Promise.resolve()) {
    this.work = work
  }

  assigned(at: TopicPartition, position: Position): void {
    this.assignments.set(nameOf(at), position)
    this.held.add(nameOf(at))
  }

  revoked(at: TopicPartition): void {
    this.held.delete(nameOf(at))
  }

  async records(at: TopicPartition, records: readonly LogRecord[]): Promise<void> {
    if (this.busy.has(nameOf(at))) this.overlaps++
    this.busy.add(nameOf(at))
    try {
      await this.work(at, records)
      this.seen.push(...records)
    } finally {
      this.busy.delete(nameOf(at))
    }
  }

  keys(at: TopicPartition): string[] {
    return this.seen.filter((one) => nameOf(one) === nameOf(at)).map(({ key }) => key)
  }

  consume(
    transport: Transport,
    group: string,
    topics: readonly string[],
    assignment: 'shared' | 'sole' = 'shared',
  ): Promise<Consumer> {
    const unitOf = assignment === 'sole' ? () => 'all' : nameOf
    const onFailure = (error: unknown) => void this.failures.push(error)
    return transport.consume({ group, topics, assignment, unitOf, handler: this, onFailure })
  }
}

export interface Writer {
  /** One transaction. */
  write(records: readonly OutgoingRecord[]): Promise<void>
  stop(): Promise<void>
}

/** Holds a unit on the topic of the sources and writes in its name, as a source does. Makes the topics it is given. */
export async function openWriter(transport: Transport, plans: readonly TopicPlan[], group = 'writer'): Promise<Writer> {
  await transport.createTopics([plan(sourcesTopic, 1), ...plans])
  const witness = new Witness()
  const consumer = await witness.consume(transport, group, [sourcesTopic], 'sole')
  await until(() => witness.held.size === 1, 'the writer to hold its unit')
  return {
    write: async (records) => {
      const transaction = await transport.begin(group, 'all')
      await transaction.append(records)
      await transaction.commit([])
    },
    stop: () => consumer.stop(),
  }
}

/** Copies topic `from` to `to`, each batch in one transaction with its position; the note counts what was copied. */
export function copier(transport: Transport, group: string, from: string, to: string, pauseMs = 0): Witness {
  const copied = new Map<string, number>()
  const witness: Witness = new Witness(async (at, records) => {
    for (let start = 0; start < records.length; start += 50) {
      const some = records.slice(start, start + 50)
      const count = (copied.get(nameOf(at)) ?? Number(witness.assignments.get(nameOf(at))?.note || 0)) + some.length
      const transaction = await transport.begin(group, nameOf(at))
      try {
        await transaction.append(some.map((one) => ({ ...one, topic: to })))
        if (pauseMs > 0) await sleep(pauseMs)
        await transaction.commit([
          { topic: from, partition: at.partition, offset: some.at(-1)!.offset + 1, note: String(count) },
        ])
      } catch (error) {
        await transaction.abort()
        throw error
      }
      copied.set(nameOf(at), count)
    }
  })
  return witness
}
