/** Where reading a partition begins: at the group's position, if its records are still there. */
import type { Admin } from 'kafkajs'
import { FatalError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Commit, TopicPartition } from '../transport.ts'
import { patiently } from './failures.ts'
import type { Names } from './names.ts'
import { nameOf } from './positions.ts'

/** First offset that is kept and next offset to be written. */
export interface Limits {
  readonly low: number
  readonly high: number
}

/** By name of partition. */
export async function readLimits(
  topics: ReadonlySet<string>,
  { admin, names, brokers }: { readonly admin: Admin; readonly names: Names; readonly brokers: readonly string[] },
): Promise<Map<string, Limits>> {
  const limits = new Map<string, Limits>()
  for (const topic of topics) {
    const found = await patiently(brokers, `reading the ends of ${topic}`, () =>
      admin.fetchTopicOffsets(names.topic(topic)),
    )
    for (const { partition, low, high } of found) {
      limits.set(nameOf({ topic, partition }), { low: Number(low), high: Number(high) })
    }
  }
  return limits
}

/** First offset to read. Throws FatalError RECORDS_EXPIRED or POSITION_BEYOND_END where the position leads nowhere. */
export function startOf(
  group: string,
  at: TopicPartition,
  committed: Commit | undefined,
  { low, high }: Limits,
  log: Logger,
): number {
  if (!committed) {
    if (low > 0) log.warn({ group, ...at, low }, 'the first records of the partition expired before this group began')
    return low
  }
  const { offset } = committed
  const place = { service: group, topic: at.topic, partition: at.partition, offset: String(offset) }
  if (offset < low) {
    throw new FatalError('RECORDS_EXPIRED', `records ${offset} to ${low - 1} expired before they were read`, {
      at: place,
      hint: "Raise the topic's retention.ms, and run the services before it again.",
    })
  }
  if (offset > high) {
    throw new FatalError('POSITION_BEYOND_END', `the position is ${offset}, the partition ends at ${high}`, {
      at: place,
      hint: 'The topic was made anew: delete the consumer groups of this namespace too, or use another namespace.',
    })
  }
  return offset
}
