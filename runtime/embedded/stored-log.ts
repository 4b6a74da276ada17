/**
 * What lies in the embedded log, as whoever has it open reads it: the transport of the process at work, or a view from outside.
 *
 * Keys: ['end', topic, partition] → next offset; ['time', topic, partition, ms] → first offset of the commits of that millisecond; ['log', topic, partition, first offset] → records of one commit;
 * ['position', group, topic, partition] → Position; ['topic', topic] → partitions; ['epoch', group, unit] → fence.
 */
import type { RootDatabase } from 'lmdb'
import { FatalError } from '../errors.ts'
import type { LogRecord, Position, TopicPartition } from '../transport.ts'

export interface StoredRecord {
  readonly key: string
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
}

/** Sparse: the map grows with what is written. 1 TiB is the most that a log may become. */
export const mapSizeBytes = 2 ** 40
/** One reading ends with the commit that reaches either of them. */
const readRecordsAtMost = 500
const readBytesAtMost = 4 * 1024 * 1024

export class StoredLog {
  private readonly database: RootDatabase

  constructor(database: RootDatabase) {
    this.database = database
  }

  /** Throws FatalError TOPIC_MISSING. */
  partitionsOf(topic: string): number[] {
    const partitions = this.database.get(['topic', topic]) as number | undefined
    if (partitions === undefined) throw new FatalError('TOPIC_MISSING', `there is no topic ${topic}`)
    return Array.from({ length: partitions }, (_, partition) => partition)
  }

  position(group: string, { topic, partition }: TopicPartition): Position {
    return (this.database.get(['position', group, topic, partition]) as Position | undefined) ?? { offset: 0, note: '' }
  }

  /** Those that were committed. */
  positions(group: string, topics: readonly string[]): (TopicPartition & Position)[] {
    return topics.flatMap((topic) =>
      this.partitionsOf(topic).flatMap((partition) => {
        const position = this.database.get(['position', group, topic, partition]) as Position | undefined
        return position ? [{ topic, partition, ...position }] : []
      }),
    )
  }

  end({ topic, partition }: TopicPartition): number {
    return (this.database.get(['end', topic, partition]) as number | undefined) ?? 0
  }

  ends(topic: string): (TopicPartition & { offset: number })[] {
    return this.partitionsOf(topic).map((partition) => ({
      topic,
      partition,
      offset: this.end({ topic, partition }),
    }))
  }

  /** Of each partition the first record that was written at a time or later; its end where there is none. */
  offsetsAt(topic: string, timeMs: number): (TopicPartition & { offset: number })[] {
    return this.partitionsOf(topic).map((partition) => {
      const [first] = this.database.getRange({
        start: ['time', topic, partition, timeMs],
        end: ['time', topic, partition, Number.MAX_SAFE_INTEGER],
        limit: 1,
      })
      return { topic, partition, offset: first ? (first.value as number) : this.end({ topic, partition }) }
    })
  }

  /** Records from an offset on, at least one where there is one, at most about `atMost`; empty at the end of the partition. */
  read({ topic, partition }: TopicPartition, offset: number, atMost = readRecordsAtMost): LogRecord[] {
    const end = this.end({ topic, partition })
    if (offset >= end) return []
    const [first] = this.database.getKeys({
      start: ['log', topic, partition, offset],
      end: ['log', topic, partition, -1],
      reverse: true,
      limit: 1,
    })
    if (!Array.isArray(first)) throw new FatalError('LOG_CORRUPT', `${topic}-${partition} has no record ${offset}`)
    const out: LogRecord[] = []
    let bytes = 0
    for (const { key, value } of this.database.getRange({
      start: first,
      end: ['log', topic, partition, end],
    })) {
      const base = (key as [string, string, number, number])[3]
      for (const [index, record] of (value as StoredRecord[]).entries()) {
        if (base + index < offset) continue
        out.push({ ...record, topic, partition, offset: base + index })
        bytes += record.value?.length ?? 0
      }
      if (out.length >= atMost || bytes >= readBytesAtMost) break
    }
    return out
  }
}
