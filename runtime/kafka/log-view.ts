/** A namespace of a Kafka cluster from outside. Reading records takes a consumer for a moment; everything else is administration. */
import { randomUUID } from 'node:crypto'
import kafkajs, { type Admin, type Kafka } from 'kafkajs'
import type { LogView, MemberView } from '../log-view.ts'
import type { LogRecord, TopicPartition } from '../transport.ts'
import { openClient } from './client.ts'
import { kafkaFailure, patiently } from './failures.ts'
import { type Names, namesIn } from './names.ts'
import { GroupPositions } from './positions.ts'
import { recordOf } from './records.ts'
import type { KafkaOptions } from './transport.ts'

const { AssignerProtocol } = kafkajs

/** A consumer that has brought nothing for so long has nothing to bring. */
const readPatienceMs = 8_000

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
  const names = namesIn(namespace)
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
    read: (at, offset, count) => readRecords({ client, admin, names }, at, offset, count),
    members: (group) => membersOf(admin, names, brokers, group),
    close: () => admin.disconnect(),
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

interface Opened {
  readonly client: Kafka
  readonly admin: Admin
  readonly names: Names
}

/** kafkajs has no plain fetch: a group of its own, which is removed again, reads the one partition. */
async function readRecords(
  { client, admin, names }: Opened,
  at: TopicPartition,
  offset: number,
  count: number,
): Promise<LogRecord[]> {
  const topic = names.topic(at.topic)
  const offsets = await admin.fetchTopicOffsets(topic)
  const own = offsets.find(({ partition }) => partition === at.partition)
  const end = Number(own?.high ?? 0)
  const from = Math.max(offset, Number(own?.low ?? 0))
  if (from >= end) return []
  const groupId = names.group(`view-${randomUUID()}`)
  const consumer = client.consumer({ groupId, sessionTimeout: 10_000, maxWaitTimeInMs: 200 })
  const out: LogRecord[] = []
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await new Promise<void>((done, failed) => {
      const timer = setTimeout(done, readPatienceMs)
      const finish = () => {
        clearTimeout(timer)
        done()
      }
      consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error))
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            if (batch.partition !== at.partition) return
            for (const message of batch.messages) {
              if (Number(message.offset) >= from && out.length < count) out.push(recordOf(at, message))
            }
            if (out.length >= count || Number(batch.lastOffset()) >= end - 1) finish()
          },
        })
        .then(() => {
          const others = offsets.map(({ partition }) => partition).filter((partition) => partition !== at.partition)
          if (others.length > 0) consumer.pause([{ topic, partitions: others }])
          consumer.seek({ topic, partition: at.partition, offset: String(from) })
        }, failed)
    })
  } finally {
    await consumer.disconnect().catch(() => undefined)
    await admin.deleteGroups([groupId]).catch(() => undefined)
  }
  return out
}
