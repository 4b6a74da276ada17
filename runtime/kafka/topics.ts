/** Makes topics as planned, and checks those that are there already. */
import type { Admin } from 'kafkajs'
import { ConfigError } from '../errors.ts'
import type { TopicPlan } from '../transport.ts'
import { hasType } from './failures.ts'

/** The largest record batch of a topic: an article of 10 MB and its neighbours. The broker's own default is 1 MB. */
export const batchBytesAtMost = 16 * 1024 * 1024

/**
 * Takes names as they are on the broker; asks for nothing but their description where all are there, so that a service
 * needs no right to make topics. Throws ConfigError TOPIC_PARTITIONS where a topic has another number of partitions.
 */
export async function createTopics(
  admin: Admin,
  plans: readonly TopicPlan[],
  replicationFactor?: number,
): Promise<void> {
  const existing = new Set(await admin.listTopics())
  const missing = plans.filter(({ topic }) => !existing.has(topic))
  try {
    const topics = missing.map((plan) => configOf(plan, replicationFactor))
    if (missing.length > 0) await admin.createTopics({ waitForLeaders: true, topics })
  } catch (error) {
    // Services that start together make the topics together.
    if (!hasType(error, 'TOPIC_ALREADY_EXISTS')) throw error
  }
  const { topics } = await admin.fetchTopicMetadata({ topics: plans.map(({ topic }) => topic) })
  const partitionsOf = new Map(topics.map(({ name, partitions }) => [name, partitions.length]))
  for (const { topic, partitions } of plans) {
    const found = partitionsOf.get(topic)
    // More are as wrong as fewer: keys are placed, and inputs sealed, by the planned number.
    if (found === partitions) continue
    throw new ConfigError('TOPIC_PARTITIONS', `topic ${topic} has ${found ?? 0} partitions, not ${partitions}`, {
      at: { topic },
      hint: 'Another version of naru made it: use another namespace, or delete the topics of this one.',
    })
  }
}

/**
 * More copies than must have a write, so that writing goes on while a broker is away. How many copies the brokers make by
 * default is not known here, so that they also say how many must have a write.
 */
function minIsr({ minInsyncReplicas }: TopicPlan, replicationFactor: number): string {
  return String(Math.max(1, Math.min(minInsyncReplicas, replicationFactor - 1)))
}

function configOf(plan: TopicPlan, replicationFactor: number | undefined) {
  const { topic, partitions, cleanup, retentionHours } = plan
  const configEntries = [
    { name: 'cleanup.policy', value: cleanup },
    { name: 'max.message.bytes', value: String(batchBytesAtMost) },
  ]
  if (cleanup === 'delete') configEntries.push({ name: 'retention.ms', value: String(retentionHours * 3_600_000) })
  if (replicationFactor === undefined) return { topic, numPartitions: partitions, configEntries }
  configEntries.push({ name: 'min.insync.replicas', value: minIsr(plan, replicationFactor) })
  return { topic, numPartitions: partitions, replicationFactor, configEntries }
}
