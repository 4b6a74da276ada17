/**
 * Reads stretches of partitions beside all groups: one consumer a topic, in a group of its own that commits nothing, which is
 * moved from place to place. Joining a group takes seconds, moving within it milliseconds.
 */
import { randomUUID } from 'node:crypto'
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { FatalError } from '../errors.ts'
import type { LogRecord, TopicPartition } from '../transport.ts'
import type { Names } from './names.ts'
import { recordOf } from './records.ts'

interface Around {
  readonly client: Kafka
  readonly admin: Admin
  readonly names: Names
}

/**
 * A consumer all of whose partitions are paused looks up again after so long, which is what moving to a stretch takes; kafkajs's
 * five seconds made an update of minutes. What is asked for is there already, so no fetch waits for it.
 */
const fetchWaitMs = 20
/** Batches that wait for the reader at most; then the partition is paused. */
const waitingAtMost = 4

/** What is being read. */
interface Stretch {
  readonly at: TopicPartition
  readonly from: number
  readonly to: number
  readonly waiting: (readonly LogRecord[])[]
  /** Next offset to come. */
  reached: number
  wake: () => void
}

export class Looks {
  private readonly around: Around
  private readonly topics = new Map<string, TopicLook>()

  constructor(around: Around) {
    this.around = around
  }

  /** Committed records with offsets from `from` up to `to`. An offset may be that of a transaction's mark, which is no record. */
  read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LogRecord[]> {
    const look = this.topics.get(at.topic) ?? new TopicLook(at.topic, this.around)
    this.topics.set(at.topic, look)
    return look.read(at, from, to)
  }

  async close(): Promise<void> {
    await Promise.all([...this.topics.values()].map((look) => look.close()))
  }
}

class TopicLook {
  private readonly topic: string
  private readonly groupId: string
  private readonly admin: Admin
  private readonly consumer: Consumer
  private opened: Promise<void> | undefined
  private current: Stretch | undefined
  private failure: unknown
  /** First offset that is kept, by partition. */
  private readonly lows = new Map<number, number>()
  /** One stretch is read at a time. */
  private turn: Promise<void> = Promise.resolve()

  constructor(topic: string, { client, admin, names }: Around) {
    this.topic = names.topic(topic)
    this.groupId = names.group(`look-${randomUUID()}`)
    this.admin = admin
    this.consumer = client.consumer({ groupId: this.groupId, readUncommitted: false, maxWaitTimeInMs: fetchWaitMs })
  }

  async *read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LogRecord[]> {
    if (from >= to) return
    let done: () => void = () => undefined
    const before = this.turn
    this.turn = new Promise((resolve) => {
      done = resolve
    })
    await before
    const stretch: Stretch = { at, from, to, waiting: [], reached: from, wake: () => undefined }
    try {
      this.opened ??= this.open()
      await this.opened
      this.refuseExpired(at, from)
      this.current = stretch
      this.consumer.seek({ topic: this.topic, partition: at.partition, offset: String(from) })
      this.consumer.resume([{ topic: this.topic, partitions: [at.partition] }])
      yield* this.recordsOf(stretch)
    } finally {
      this.current = undefined
      if (this.failure === undefined) this.consumer.pause([{ topic: this.topic, partitions: [at.partition] }])
      done()
    }
  }

  async close(): Promise<void> {
    if (!this.opened) return
    await this.opened.catch(() => undefined)
    await this.consumer.disconnect()
    await this.admin.deleteGroups([this.groupId]).catch(() => undefined)
  }

  private async *recordsOf(stretch: Stretch): AsyncIterable<readonly LogRecord[]> {
    const own = [{ topic: this.topic, partitions: [stretch.at.partition] }]
    for (;;) {
      const records = stretch.waiting.shift()
      if (records) {
        yield records
        if (stretch.waiting.length === 0 && stretch.reached < stretch.to) this.consumer.resume(own)
        continue
      }
      if (this.failure !== undefined) throw this.failure
      if (stretch.reached >= stretch.to) return
      await new Promise<void>((resolve) => {
        stretch.wake = resolve
      })
    }
  }

  /** What has expired would be taken for what never was. */
  private refuseExpired(at: TopicPartition, from: number): void {
    const low = this.lows.get(at.partition) ?? 0
    if (from >= low) return
    throw new FatalError('RECORDS_EXPIRED', `records ${from} to ${low - 1} expired before they were read`, {
      at: { topic: at.topic, partition: at.partition, offset: String(from) },
      hint: 'Start a new run, with a longer retention.ms of the topic for the updates after it.',
    })
  }

  private async open(): Promise<void> {
    const { consumer, topic } = this
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.failure = payload.error
      this.current?.wake()
    })
    // Of what was aborted, or is the mark of a transaction, kafkajs shows no batch: only that it has passed over it.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0) this.reach(payload.partition, Number(payload.lastOffset) + 1)
    })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    const offsets = await this.admin.fetchTopicOffsets(topic)
    for (const { partition, low } of offsets) this.lows.set(partition, Number(low))
    const partitions = offsets.map(({ partition }) => partition)
    const joined = new Promise<void>((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, () => {
        consumer.pause([{ topic, partitions }])
        resolve()
      })
    })
    await consumer.run({ autoCommit: false, eachBatch: (payload) => Promise.resolve(this.take(payload)) })
    await joined
  }

  private take({ batch }: EachBatchPayload): void {
    const stretch = this.current
    if (stretch?.at.partition !== batch.partition) return
    const records = batch.messages
      .map((message) => recordOf(stretch.at, message))
      .filter(({ offset }) => offset >= stretch.reached && offset < stretch.to)
    if (records.length > 0) stretch.waiting.push(records)
    this.reach(batch.partition, Number(batch.lastOffset()) + 1)
  }

  private reach(partition: number, offset: number): void {
    const stretch = this.current
    if (stretch?.at.partition !== partition) return
    stretch.reached = Math.max(stretch.reached, offset)
    if (stretch.waiting.length >= waitingAtMost || stretch.reached >= stretch.to) {
      this.consumer.pause([{ topic: this.topic, partitions: [partition] }])
    }
    stretch.wake()
  }
}
