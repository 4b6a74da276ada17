/** The transport over a Kafka cluster, with kafkajs. */
import type { Admin, CompressionTypes, Kafka } from 'kafkajs'
import { ConfigError } from '../errors.ts'
import type {
  ConsumeOptions,
  Consumer,
  Hold,
  LogRecord,
  Position,
  TopicPartition,
  TopicPlan,
  Transaction,
  Transport,
} from '../transport.ts'
import { type ClientOptions, openClient, openTransactionClient } from './client.ts'
import { chooseCompression } from './compression.ts'
import { kafkaFailure, patiently } from './failures.ts'
import { GroupMember } from './group-member.ts'
import { Looks } from './look.ts'
import { type Names, namesIn } from './names.ts'
import { GroupPositions } from './positions.ts'
import { Pulse } from './pulse.ts'
import { createTopics } from './topics.ts'
import { Units } from './units.ts'

export interface KafkaOptions extends ClientOptions {
  /** Stands before the name of every topic, group and transactional id. */
  readonly namespace: string
  readonly signal?: AbortSignal
  /** How long a member may be silent before its partitions go to others. Brokers allow 6,000 to 1,800,000. */
  readonly sessionTimeoutMs?: number
  /** Copies of each topic that is made, ≥ 1. By default as many as the brokers make by default. */
  readonly replicationFactor?: number
}

const defaultSessionTimeoutMs = 15_000

/** Throws ConfigError KAFKA_UNREACHABLE where no broker answers within some seconds. */
export async function openKafkaTransport(options: KafkaOptions): Promise<Transport> {
  options.signal?.throwIfAborted()
  const names = namesIn(options.namespace)
  const client = openClient(options)
  const admin = client.admin()
  try {
    await admin.connect()
    options.signal?.throwIfAborted()
  } catch (cause) {
    await admin.disconnect().catch(() => undefined)
    options.signal?.throwIfAborted()
    const failure = kafkaFailure(cause, options.brokers, 'connecting')
    if (failure.code !== 'KAFKA_UNREACHABLE') throw failure
    // Before any work has begun this is a matter for a person.
    throw new ConfigError(failure.code, failure.message, { ...(failure.hint && { hint: failure.hint }), cause })
  }
  return new KafkaTransport(options, { client, admin, names, compression: await chooseCompression(options.log) })
}

interface Opened {
  readonly client: Kafka
  readonly admin: Admin
  readonly names: Names
  readonly compression: CompressionTypes
}

class KafkaTransport implements Transport {
  private readonly options: KafkaOptions
  private readonly opened: Opened
  private readonly groupPositions: GroupPositions
  private readonly units: Units
  private readonly looks: Looks
  private readonly pulse: Pulse
  private readonly members = new Set<GroupMember>()

  constructor(options: KafkaOptions, opened: Opened) {
    const { brokers, clientId, security = {}, log } = options
    const { client, admin, names, compression } = opened
    this.options = options
    this.opened = opened
    this.looks = new Looks({ client, admin, names, brokers })
    this.pulse = new Pulse({ brokers, clientId, security }, log)
    this.groupPositions = new GroupPositions(admin, names, brokers)
    this.units = new Units({
      client: openTransactionClient(options satisfies ClientOptions),
      brokers,
      names,
      compression,
      positions: this.groupPositions,
    })
  }

  async createTopics(plans: readonly TopicPlan[]): Promise<void> {
    const { admin, names } = this.opened
    const onBroker = plans.map((plan) => ({ ...plan, topic: names.topic(plan.topic) }))
    await patiently(this.options.brokers, 'making topics', () =>
      createTopics(admin, onBroker, this.options.replicationFactor),
    )
  }

  async consume(options: ConsumeOptions): Promise<Consumer> {
    const { client, admin, names } = this.opened
    const member = new GroupMember(options, {
      client,
      admin,
      names,
      brokers: this.options.brokers,
      units: this.units,
      pulse: this.pulse,
      positions: this.groupPositions,
      sessionTimeoutMs: this.options.sessionTimeoutMs ?? defaultSessionTimeoutMs,
      log: this.options.log,
    })
    await member.start()
    this.members.add(member)
    return {
      ready: () => member.ready(),
      stop: async () => {
        this.members.delete(member)
        await member.stop()
      },
    }
  }

  begin(group: string, unit: string): Promise<Transaction> {
    return this.units.begin(group, unit)
  }

  async hold(group: string, unit: string): Promise<Hold> {
    const held = await this.units.take(group, unit, () => undefined)
    return { release: () => this.units.drop(held) }
  }

  async membersOf(group: string): Promise<number> {
    const { admin, names } = this.opened
    const { groups } = await patiently(this.options.brokers, `looking at the group ${group}`, () =>
      admin.describeGroups([names.group(group)]),
    )
    return groups.reduce((sum, { members }) => sum + members.length, 0)
  }

  /** By the clock of whoever wrote the record. */
  async offsetsAt(topic: string, timeMs: number): Promise<readonly (TopicPartition & { readonly offset: number })[]> {
    const { admin, names } = this.opened
    await patiently(this.options.brokers, `reading the ends of ${topic}`, () =>
      admin.fetchTopicOffsets(names.topic(topic)),
    )
    const found = await patiently(this.options.brokers, `reading the offsets of ${topic} by time`, () =>
      admin.fetchTopicOffsetsByTimestamp(names.topic(topic), timeMs),
    )
    return found
      .map(({ partition, offset }) => ({ topic, partition, offset: Number(offset) }))
      .sort((a, b) => a.partition - b.partition)
  }

  positions(group: string, topics: readonly string[]): Promise<readonly (TopicPartition & Position)[]> {
    return this.groupPositions.settled(group, topics)
  }

  /** On Kafka the mark that ends a transaction takes an offset too, so ends lie one or more past the last record. */
  async ends(topic: string): Promise<readonly (TopicPartition & { readonly offset: number })[]> {
    const { admin, names } = this.opened
    const found = await patiently(this.options.brokers, `reading the ends of ${topic}`, () =>
      admin.fetchTopicOffsets(names.topic(topic)),
    )
    return found
      .map(({ partition, high }) => ({ topic, partition, offset: Number(high) }))
      .sort((a, b) => a.partition - b.partition)
  }

  read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LogRecord[]> {
    return this.looks.read(at, from, to)
  }

  async close(): Promise<void> {
    await Promise.all([...this.members].map((member) => member.stop()))
    await this.pulse.close()
    await this.units.close()
    await this.looks.close()
    await this.opened.admin.disconnect()
  }
}
