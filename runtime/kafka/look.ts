/**
 * Reads stretches of partitions beside all groups: one consumer a topic, in a group of its own that commits nothing, which is
 * moved from place to place. Joining a group takes seconds, moving within it milliseconds.
 */
import { randomUUID } from 'node:crypto'
import type { Admin, Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import { FatalError, RetryableError } from '../errors.ts'
import type { LogRecord, TopicPartition } from '../transport.ts'
import { kafkaFailure } from './failures.ts'
import type { Names } from './names.ts'
import { recordOf } from './records.ts'

interface Around {
  readonly client: Kafka
  readonly admin: Admin
  readonly names: Names
  readonly brokers: readonly string[]
  /** How long nothing may come of what is there to be read. Default: a minute, in which a broker can be started again. */
  readonly patienceMs?: number
}

const defaultPatienceMs = 60_000

/**
 * A consumer all of whose partitions are paused looks up again after so long, which is what moving to a stretch takes; kafkajs's
 * five seconds made an update of minutes. What is asked for is there already, so no fetch waits for it.
 */
const fetchWaitMs = 20
/** Who comes back after an outage waits until its old membership has run out; nothing else hangs on it. */
const sessionTimeoutMs = 10_000
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
  private readonly leaving: Promise<void>[] = []

  constructor(around: Around) {
    this.around = around
  }

  /**
   * Committed records with offsets from `from` up to `to`. An offset may be that of a transaction's mark, which is no record. A broker
   * that is away for a while, and a group that throws its member out, only make it longer. Throws RetryableError KAFKA_UNREACHABLE
   * where nothing has come for as long as patience goes, FatalError RECORDS_EXPIRED; the next read begins with a new consumer then.
   */
  async *read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LogRecord[]> {
    const look = this.topics.get(at.topic) ?? new TopicLook(at.topic, this.around)
    this.topics.set(at.topic, look)
    try {
      yield* look.read(at, from, to)
    } finally {
      if (look.hasFailed && this.topics.get(at.topic) === look) {
        this.topics.delete(at.topic)
        // Leaving takes as long as the broker is away: nobody waits for it before the end.
        this.leaving.push(look.close())
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.leaving, ...[...this.topics.values()].map((look) => look.close())])
  }
}

class TopicLook {
  private readonly topic: string
  private readonly groupId: string
  private readonly admin: Admin
  private readonly brokers: readonly string[]
  private readonly patienceMs: number
  private readonly consumer: Consumer
  private opened: Promise<void> | undefined
  private current: Stretch | undefined
  private failure: Error | undefined
  /** Whether kafkajs has a group to be steered: not before it has joined, nor between a crash and the next joining. */
  private isMember = false
  private onJoin: () => void = () => undefined
  private isClosed = false
  /** First offset that is kept, by partition. */
  private readonly lows = new Map<number, number>()
  /** One stretch is read at a time. */
  private turn: Promise<void> = Promise.resolve()

  constructor(topic: string, { client, admin, names, brokers, patienceMs = defaultPatienceMs }: Around) {
    this.topic = names.topic(topic)
    this.groupId = names.group(`look-${randomUUID()}`)
    this.admin = admin
    this.brokers = brokers
    this.patienceMs = patienceMs
    this.consumer = client.consumer({
      groupId: this.groupId,
      readUncommitted: false,
      maxWaitTimeInMs: fetchWaitMs,
      sessionTimeout: sessionTimeoutMs,
    })
  }

  get hasFailed(): boolean {
    return this.failure !== undefined
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
      this.moveTo(stretch)
      yield* this.recordsOf(stretch)
    } finally {
      this.current = undefined
      this.pause(at.partition)
      done()
    }
  }

  async close(): Promise<void> {
    if (!this.opened) return
    await this.opened.catch(() => undefined)
    this.isClosed = true
    await this.consumer.disconnect().catch(() => undefined)
    await this.admin.deleteGroups([this.groupId]).catch(() => undefined)
  }

  private async *recordsOf(stretch: Stretch): AsyncIterable<readonly LogRecord[]> {
    for (;;) {
      const records = stretch.waiting.shift()
      if (records) {
        yield records
        if (stretch.waiting.length === 0) this.resume(stretch)
        continue
      }
      if (this.failure !== undefined) throw this.failure
      if (stretch.reached >= stretch.to) return
      await this.hears((told) => {
        stretch.wake = told
      })
    }
  }

  /** Resolves when `told` is called. Where it is not for as long as patience goes, the look has failed. */
  private async hears(listen: (told: () => void) => void): Promise<void> {
    let impatience: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      listen(resolve)
      impatience = setTimeout(() => this.fail(this.silence()), this.patienceMs)
    })
    clearTimeout(impatience)
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
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberAssignment))
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.isMember = false
      if (!payload.restart) this.fail(kafkaFailure(payload.error, this.brokers, `reading ${topic}`))
    })
    // Of what was aborted, or is the mark of a transaction, kafkajs shows no batch: only that it has passed over it.
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0) this.reach(payload.partition, Number(payload.lastOffset) + 1)
    })
    try {
      await consumer.connect()
      await consumer.subscribe({ topics: [topic], fromBeginning: true })
      for (const { partition, low } of await this.admin.fetchTopicOffsets(topic)) this.lows.set(partition, Number(low))
      const joined = this.hears((told) => {
        this.onJoin = told
      })
      await consumer.run({ autoCommit: false, eachBatch: (payload) => Promise.resolve(this.take(payload)) })
      await joined
    } catch (error) {
      this.fail(kafkaFailure(error, this.brokers, `reading ${topic}`))
    }
    if (this.failure) throw this.failure
  }

  /**
   * For the first time, or anew, where the broker came back or had thrown this member out: kafkajs would read every partition from its
   * first record then.
   */
  private joined(assignment: Readonly<Record<string, readonly number[]>>): void {
    // It may join after it was told to disconnect (group-member.ts); what is thrown here ends it.
    if (this.isClosed) throw Object.assign(new Error('joined after it was closed'), { retriable: false })
    this.isMember = true
    this.consumer.pause([{ topic: this.topic, partitions: [...(assignment[this.topic] ?? [])] }])
    if (this.current) this.moveTo(this.current)
    this.onJoin()
  }

  private fail(error: Error): void {
    this.failure ??= error
    this.current?.wake()
    this.onJoin()
  }

  private moveTo(stretch: Stretch): void {
    if (!this.isMember) return
    const { partition } = stretch.at
    this.consumer.seek({ topic: this.topic, partition, offset: String(stretch.reached) })
    if (stretch.waiting.length < waitingAtMost) this.resume(stretch)
  }

  private resume({ at, reached, to }: Stretch): void {
    if (this.isMember && reached < to) this.consumer.resume([{ topic: this.topic, partitions: [at.partition] }])
  }

  private pause(partition: number): void {
    if (this.isMember) this.consumer.pause([{ topic: this.topic, partitions: [partition] }])
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
    if (stretch.waiting.length >= waitingAtMost || stretch.reached >= stretch.to) this.pause(partition)
    stretch.wake()
  }

  private silence(): RetryableError {
    const message = `Kafka at ${this.brokers.join(', ')} sent nothing of ${this.topic} for ${this.patienceMs / 1000} s`
    return new RetryableError('KAFKA_UNREACHABLE', message, {
      hint: 'Is the broker running, and does it advertise an address that this machine reaches?',
    })
  }
}
