/**
 * One member of a consumer group. kafkajs fetches and keeps the membership; partitions are handed out by readers that
 * work beside it, so that a handler which takes minutes neither costs the membership nor holds up other partitions.
 *
 * After each rebalance partitions that stay keep their reader. New ones are paused until their unit is fenced, their
 * position is read and the handler knows them; what another member was still committing is settled by then.
 */
import type { Admin, EachBatchPayload, Kafka, Consumer as KafkaConsumer } from 'kafkajs'
import { NaruError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { ConsumeOptions, Consumer, TopicPartition } from '../transport.ts'
import { sharedAssigner, soleAssigner } from './assigners.ts'
import { kafkaFailure } from './failures.ts'
import { Membership } from './membership.ts'
import type { Names } from './names.ts'
import { PartitionReader } from './partition-reader.ts'
import { byName, type GroupPositions, nameOf } from './positions.ts'
import type { Pulse } from './pulse.ts'
import { bytesOf, recordOf } from './records.ts'
import { readLimits, startOf } from './start-offsets.ts'
import type { Unit, Units } from './units.ts'

/** A fetch waits this long for records: the most that a paused partition, a stop or a rebalance has to wait. */
const fetchWaitMs = 250
const heartbeatMs = 1_000
/** A member that is busy over its tables, or sorts, joins when its loop turns again: the others wait for it so long. Who died is not waited for. */
const rebalanceTimeoutMs = 5 * 60_000
const partitionBytes = 512 * 1024
/** How long a stopped member's handlers may still commit what they have in hand. */
const graceMs = 2_000
/** Who leaves in the middle of joining stays in the group until the session ends; who waits may wait for the others. */
const stopJoiningMs = 5_000

export interface MemberSurroundings {
  readonly client: Kafka
  readonly admin: Admin
  readonly brokers: readonly string[]
  readonly names: Names
  readonly units: Units
  readonly pulse: Pulse
  readonly positions: GroupPositions
  readonly sessionTimeoutMs: number
  readonly log: Logger
}

export class GroupMember implements Consumer {
  private readonly options: ConsumeOptions
  private readonly around: MemberSurroundings
  private readonly consumer: KafkaConsumer
  private readonly readers = new Map<string, PartitionReader>()
  private readonly units = new Map<string, Unit>()
  /** Changes of the assignment follow one another. */
  private changing: Promise<void> = Promise.resolve()
  /** Readers that were stopped and have not finished, by partition. */
  private readonly closing = new Map<string, Promise<void>>()
  private running: Promise<void> = Promise.resolve()
  private memberId: string | undefined
  private stopped = false
  private readonly membership = new Membership()

  constructor(options: ConsumeOptions, around: MemberSurroundings) {
    this.options = options
    this.around = around
    const began = Date.now()
    this.consumer = around.client.consumer({
      groupId: this.groupId,
      partitionAssigners: [options.assignment === 'sole' ? soleAssigner(began) : sharedAssigner(began)],
      sessionTimeout: around.sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: fetchWaitMs,
      maxBytesPerPartition: partitionBytes,
      allowAutoTopicCreation: false,
      retry: { retries: 8, restartOnFailure: () => Promise.resolve(!this.stopped) },
    })
  }

  async start(): Promise<void> {
    const { consumer } = this
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => this.joined(payload.memberId, payload.memberAssignment))
    consumer.on(consumer.events.HEARTBEAT, ({ payload }) => {
      this.membership.heartbeat(performance.now())
      if (!this.stopped) this.around.pulse.member(payload)
    })
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.around.pulse.left(this.groupId)
      if (!payload.restart) this.fail(kafkaFailure(payload.error, this.around.brokers, 'consuming'))
    })
    try {
      await consumer.connect()
      await consumer.subscribe({
        topics: this.options.topics.map((topic) => this.around.names.topic(topic)),
        fromBeginning: true,
      })
    } catch (error) {
      await consumer.disconnect().catch(() => undefined)
      throw kafkaFailure(error, this.around.brokers, `subscribing to ${this.options.topics.join(', ')}`)
    }
    // Joining waits for the other members, so nobody waits for it.
    this.running = consumer
      .run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: (payload) => Promise.resolve(this.take(payload)),
      })
      .catch((error: unknown) => this.fail(kafkaFailure(error, this.around.brokers, 'consuming')))
  }

  ready(): boolean {
    const counted = this.membership.isRecent(performance.now(), this.around.sessionTimeoutMs)
    return !this.stopped && counted && [...this.readers.values()].every(({ fetchFrom }) => fetchFrom !== undefined)
  }

  async stop(): Promise<void> {
    if (this.stopped) return
    this.stopped = true
    this.around.pulse.left(this.groupId)
    this.membership.settled()
    for (const reader of [...this.readers.values()]) this.release(reader)
    await within(stopJoiningMs, this.running)
    await this.consumer.disconnect().catch(() => undefined)
    await within(graceMs, this.settled())
    await Promise.all([...this.units.values()].map((unit) => this.around.units.drop(unit)))
  }

  private get groupId(): string {
    return this.around.names.group(this.options.group)
  }

  private async settled(): Promise<void> {
    await this.changing
    await Promise.all(this.closing.values())
  }

  /** Called within the join, before kafkajs fetches again: what must not be fetched is paused here. */
  private joined(memberId: string, assignment: Readonly<Record<string, readonly number[]>>): void {
    // kafkajs 2.2.4 forgets a disconnect that comes while it starts anew after a crash: it would join all the same, and
    // keep the partitions and the process for ever. What is thrown here ends it.
    if (this.stopped) throw Object.assign(new Error('joined after it was stopped'), { retriable: false })
    this.membership.settled()
    this.membership.joined(performance.now())
    const wanted = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic: this.around.names.ours(topic), partition })),
    )
    const wantedNames = new Set(wanted.map(nameOf))
    // Who comes back under a new id was out of the group, and its partitions in other hands.
    const stayed = memberId === this.memberId
    if (!stayed) this.around.pulse.left(this.groupId)
    this.memberId = memberId
    for (const reader of [...this.readers.values()]) {
      if (!stayed || !wantedNames.has(nameOf(reader.at))) this.release(reader)
      else if (reader.fetchFrom !== undefined) this.seek(reader.at, reader.fetchFrom)
    }
    const fresh = wanted.filter((at) => !this.readers.has(nameOf(at)))
    this.around.log.debug(
      { group: this.options.group, wanted: wanted.length, fresh: fresh.length },
      'partitions assigned',
    )
    this.open(fresh)
  }

  private open(partitions: readonly TopicPartition[]): void {
    const fresh = partitions.map((at) => this.newReader(at))
    for (const { at } of fresh) this.consumer.pause([this.onBroker(at)])
    this.changing = this.changing
      .then(() => this.prepare(fresh.filter((reader) => !reader.isStopped)))
      .catch((error: unknown) => {
        if (fresh.some((reader) => !reader.isStopped)) this.fail(error)
      })
  }

  private newReader(at: TopicPartition): PartitionReader {
    const reader = new PartitionReader(at, this.options.unitOf(at), this.options.handler, {
      pause: () => this.consumer.pause([this.onBroker(at)]),
      resume: () => this.consumer.resume([this.onBroker(at)]),
      failed: (error) => {
        if (error instanceof NaruError && error.code === 'TRANSACTION_FENCED') this.retake(reader.unit)
        else this.fail(error)
      },
    })
    this.readers.set(nameOf(at), reader)
    return reader
  }

  /** Fences, reads positions, tells the handler, and lets the records come. */
  private async prepare(readers: readonly PartitionReader[]): Promise<void> {
    if (readers.length === 0) return
    const { group, topics } = this.options
    for (const { at } of readers) await this.closing.get(nameOf(at))
    const names = [...new Set(readers.map(({ unit }) => unit))]
    await Promise.all(names.map((name) => this.takeUnit(name)))
    const own = new Set(readers.map(({ at }) => nameOf(at)))
    const positions = byName(await this.around.positions.settled(group, topics, (at) => own.has(nameOf(at))))
    const limits = await readLimits(new Set(readers.map(({ at }) => at.topic)), this.around)
    for (const reader of readers) {
      if (reader.isStopped) continue
      const { at, unit } = reader
      const committed = positions.get(nameOf(at))
      this.units.get(unit)?.expect([committed ?? { ...at, offset: 0, note: '' }])
      const offset = startOf(group, at, committed, limits.get(nameOf(at)) ?? { low: 0, high: 0 }, this.around.log)
      await reader.start({ offset, note: committed?.note ?? '' })
      if (reader.isStopped) continue
      this.seek(at, offset)
      this.consumer.resume([this.onBroker(at)])
    }
  }

  private async takeUnit(name: string): Promise<void> {
    const old = this.units.get(name)
    if (
      old &&
      !old.isLost &&
      [...this.readers.values()].some(({ unit, fetchFrom }) => unit === name && fetchFrom !== undefined)
    ) {
      return // more of a unit that is at work here already
    }
    if (old) await this.around.units.drop(old)
    const unit = await this.around.units.take(this.options.group, name, () => this.retake(name))
    if (this.stopped) await this.around.units.drop(unit)
    else this.units.set(name, unit)
  }

  private take({ batch, resolveOffset }: EachBatchPayload): void {
    const at = { topic: this.around.names.ours(batch.topic), partition: batch.partition }
    const reader = this.readers.get(nameOf(at))
    const from = reader?.fetchFrom
    const last = batch.messages.at(-1)
    if (!reader || from === undefined || !last) return
    const messages = batch.messages.filter(({ offset }) => Number(offset) >= from)
    reader.fetchFrom = Math.max(from, Number(batch.lastOffset()) + 1)
    resolveOffset(last.offset)
    if (messages.length > 0)
      reader.push(
        messages.map((message) => recordOf(at, message)),
        bytesOf(messages),
      )
  }

  /** The unit's producer was fenced although the group says it is ours: begin again from what is committed. */
  private retake(name: string): void {
    const readers = [...this.readers.values()].filter(({ unit }) => unit === name)
    for (const reader of readers) this.release(reader)
    if (this.stopped || readers.length === 0) return
    this.around.log.warn({ group: this.options.group, unit: name }, 'unit was fenced, taking it anew')
    // Whoever slept through its session does not know yet that it is out; taking now would only fence the new holder.
    this.changing = this.changing.then(() => (this.stopped ? undefined : this.membership.confirmed()))
    this.open(readers.map(({ at }) => at))
  }

  private release(reader: PartitionReader): void {
    const name = nameOf(reader.at)
    if (this.readers.get(name) === reader) this.readers.delete(name)
    const finished = reader.stop().catch((error: unknown) => this.fail(error))
    this.closing.set(name, finished)
    void finished.then(() => {
      if (this.closing.get(name) === finished) this.closing.delete(name)
      return this.dropIdle(reader.unit)
    })
  }

  /** Closes the producer of a unit that has no partition here any more. */
  private async dropIdle(name: string): Promise<void> {
    const unit = this.units.get(name)
    if (!unit || [...this.readers.values()].some((reader) => reader.unit === name)) return
    this.units.delete(name)
    await this.around.units.drop(unit)
  }

  private seek({ topic, partition }: TopicPartition, offset: number): void {
    this.consumer.seek({ topic: this.around.names.topic(topic), partition, offset: String(offset) })
  }

  private onBroker({ topic, partition }: TopicPartition): { topic: string; partitions: number[] } {
    return { topic: this.around.names.topic(topic), partitions: [partition] }
  }

  private fail(error: unknown): void {
    if (this.stopped) return
    this.options.onFailure(error)
    this.stop().catch((err: unknown) => this.around.log.warn({ err }, 'consumer did not stop cleanly'))
  }
}

/** Waits for the work, but not longer than this. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, limit])
  clearTimeout(timer)
}
