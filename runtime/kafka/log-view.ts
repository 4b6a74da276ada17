/** A namespace of a Kafka cluster from outside. Reading records takes a consumer for a while; everything else is administration. */
import kafkajs, { type Admin } from 'kafkajs'
import type { LogView, MemberView } from '../log-view.ts'
import type { LogRecord, TopicPartition } from '../transport.ts'
import { openClient } from './client.ts'
import { chooseCompression } from './compression.ts'
import { kafkaFailure, patiently } from './failures.ts'
import { Looks } from './look.ts'
import { type Names, namesIn } from './names.ts'
import { GroupPositions } from './positions.ts'
import type { KafkaOptions } from './transport.ts'

const { AssignerProtocol } = kafkajs

/** Who looks at events mostly goes on to the next ones: joining a group anew would take seconds each time. */
const lookKeptMs = 30_000

type ViewOptions = Pick<KafkaOptions, 'brokers' | 'namespace' | 'clientId' | 'log' | 'security'>

/** Throws RetryableError KAFKA_UNREACHABLE where no broker answers within some seconds. */
export async function openKafkaLogView(options: ViewOptions): Promise<LogView> {
  const { brokers, namespace } = options
  const client = openClient(options)
  const admin = client.admin()
  try {
    await admin.connect()
  } catch (cause) {
    await admin.disconnect().catch(() => undefined)
    throw kafkaFailure(cause, brokers, 'connecting')
  }
  // Records are written with it, and cannot be read before it is installed.
  await chooseCompression(options.log)
  const names = namesIn(namespace)
  const events = new EventReader(() => new Looks({ client, admin, names, brokers }))
  const groupPositions = new GroupPositions(admin, names, brokers)
  const ranges = async (topic: string) => {
    const found = await patiently(brokers, `reading the ends of ${topic}`, () =>
      admin.fetchTopicOffsets(names.topic(topic)),
    )
    return found
      .map(({ partition, low, high }) => ({ topic, partition, first: Number(low), end: Number(high) }))
      .sort((a, b) => a.partition - b.partition)
  }
  return {
    positions: (group, topics) => groupPositions.read(group, topics),
    ends: async (topic) => (await ranges(topic)).map(({ end, partition }) => ({ topic, partition, offset: end })),
    ranges,
    read: async (at, offset, count) => {
      const range = (await ranges(at.topic)).find(({ partition }) => partition === at.partition)
      return range ? events.read(at, Math.max(offset, range.first), range.end, count) : []
    },
    members: (group) => membersOf(admin, names, brokers, group),
    close: async () => {
      await events.close()
      await admin.disconnect()
    },
  }
}

async function membersOf(
  admin: Admin,
  names: Names,
  brokers: readonly string[],
  group: string,
): Promise<readonly MemberView[]> {
  const { groups } = await patiently(brokers, `describing ${group}`, () => admin.describeGroups([names.group(group)]))
  return (groups[0]?.members ?? []).map(({ memberId, clientHost, memberAssignment }) => {
    const assigned = memberAssignment.length > 0 ? AssignerProtocol.MemberAssignment.decode(memberAssignment) : null
    const partitions = Object.entries(assigned?.assignment ?? {}).flatMap(([topic, numbers]) =>
      numbers.map((partition) => ({ topic: names.ours(topic), partition })),
    )
    return { id: memberId, host: clientHost.replace(/^\//, ''), partitions }
  })
}

/** Reads events by consumers that are kept for a while, and opened anew after a failure. */
class EventReader {
  private readonly open: () => Looks
  private looks: Looks | undefined
  private idle: NodeJS.Timeout | undefined
  private reading = 0

  constructor(open: () => Looks) {
    this.open = open
  }

  async read(at: TopicPartition, from: number, end: number, count: number): Promise<LogRecord[]> {
    clearTimeout(this.idle)
    const looks = this.looks ?? this.open()
    this.looks = looks
    this.reading++
    const records: LogRecord[] = []
    try {
      for await (const batch of looks.read(at, from, end)) {
        records.push(...batch)
        if (records.length >= count) break
      }
    } catch (error) {
      if (this.looks === looks) await this.close()
      throw error
    } finally {
      if (--this.reading === 0) this.idle = setTimeout(() => void this.close(), lookKeptMs).unref()
    }
    return records.slice(0, count)
  }

  async close(): Promise<void> {
    clearTimeout(this.idle)
    const { looks } = this
    this.looks = undefined
    await looks?.close().catch(() => undefined)
  }
}
