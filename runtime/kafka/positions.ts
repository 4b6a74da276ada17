/** Where groups stand, as the broker has it: offset and note of each partition. */
import type { Admin } from 'kafkajs'
import type { Commit, Position, TopicPartition } from '../transport.ts'
import { patiently } from './failures.ts'
import type { Names } from './names.ts'

/**
 * A coordinator of the classic kind (before Kafka 4) files the offsets of an ended transaction a moment after it reports
 * the end, and kafkajs's request for offsets is too old to ask for stable ones (KIP-447).
 */
const filingMs = 50

export class GroupPositions {
  private readonly admin: Admin
  private readonly names: Names
  private readonly brokers: readonly string[]

  constructor(admin: Admin, names: Names, brokers: readonly string[]) {
    this.admin = admin
    this.names = names
    this.brokers = brokers
  }

  /** Partitions without a position are left out. */
  async read(group: string, topics: readonly string[]): Promise<Commit[]> {
    const groupId = this.names.group(group)
    const brokerTopics = [...new Set(topics)].map((topic) => this.names.topic(topic))
    const found = await patiently(this.brokers, `reading the offsets of ${groupId}`, () =>
      this.admin.fetchOffsets({ groupId, topics: brokerTopics }),
    )
    return found.flatMap(({ topic, partitions }) =>
      partitions
        .filter(({ offset }) => Number(offset) >= 0)
        .map(({ partition, offset, metadata }) => ({
          topic: this.names.ours(topic),
          partition,
          offset: Number(offset),
          note: metadata ?? '',
        })),
    )
  }

  /** Positions that no longer change by what ended before: read until two readings agree. By name of partition. */
  async settled(group: string, topics: readonly string[]): Promise<Map<string, Commit>> {
    let last = byName(await this.read(group, topics))
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, filingMs))
      const next = byName(await this.read(group, topics))
      const same = next.size === last.size && [...next].every(([name, at]) => samePosition(at, last.get(name)))
      if (same) return next
      last = next
    }
  }
}

function byName(commits: readonly Commit[]): Map<string, Commit> {
  return new Map(commits.map((commit) => [nameOf(commit), commit]))
}

export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

export function samePosition(a: Position, b: Position | undefined): boolean {
  return b !== undefined && a.offset === b.offset && a.note === b.note
}
