/** Where groups stand, as the broker has it: offset and note of each partition. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import type { Commit, Position, TopicPartition } from '../transport.ts'
import { patiently } from './failures.ts'
import type { Names } from './names.ts'
import { readStable, unstable } from './stable-offsets.ts'

/** How long a commit under way is waited for. One that takes longer is of somebody who died: what stood before it holds. */
const patienceMs = 10_000
const pauseMs = 5

type Fetched = Awaited<ReturnType<Admin['fetchOffsets']>>

export class GroupPositions {
  private readonly admin: Admin
  private readonly names: Names
  private readonly brokers: readonly string[]

  constructor(admin: Admin, names: Names, brokers: readonly string[]) {
    this.admin = admin
    this.names = names
    this.brokers = brokers
  }

  /** As they stand, without those of a commit that is just being made. Partitions without a position are left out. */
  async read(group: string, topics: readonly string[]): Promise<Commit[]> {
    return this.commits(await this.fetch(group, topics))
  }

  /** As they stand once the commits that are being made have ended, of those partitions that are `wanted`. */
  async settled(
    group: string,
    topics: readonly string[],
    wanted: (at: TopicPartition) => boolean = () => true,
  ): Promise<Commit[]> {
    for (const until = performance.now() + patienceMs; performance.now() < until; await sleep(pauseMs)) {
      const found = await readStable(() => this.fetch(group, topics))
      const moving = found.some(({ topic, partitions }) =>
        partitions.some(
          ({ partition, offset }) => offset === unstable && wanted({ topic: this.names.ours(topic), partition }),
        ),
      )
      if (!moving) return this.commits(found)
    }
    return this.read(group, topics)
  }

  private fetch(group: string, topics: readonly string[]): Promise<Fetched> {
    const groupId = this.names.group(group)
    const brokerTopics = [...new Set(topics)].map((topic) => this.names.topic(topic))
    return patiently(this.brokers, `reading the offsets of ${groupId}`, () =>
      this.admin.fetchOffsets({ groupId, topics: brokerTopics }),
    )
  }

  private commits(found: Fetched): Commit[] {
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
}

/** By name of partition. */
export function byName(commits: readonly Commit[]): Map<string, Commit> {
  return new Map(commits.map((commit) => [nameOf(commit), commit]))
}

export function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

export function samePosition(a: Position, b: Position | undefined): boolean {
  return b !== undefined && a.offset === b.offset && a.note === b.note
}
