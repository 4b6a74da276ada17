/** A look at topics and groups from outside, without taking part: what the monitor is made of. */
import type { LogRecord, TopicPartition, Transport } from './transport.ts'

/** Enough to tell how far services are. */
export type Positions = Pick<Transport, 'positions' | 'ends'>

export interface PartitionRange extends TopicPartition {
  /** First offset that is kept. */
  readonly first: number
  /** Next offset to be written. */
  readonly end: number
}

export interface MemberView {
  readonly id: string
  /** Address of the member; empty where it is a process of this machine. */
  readonly host: string
  readonly partitions: readonly TopicPartition[]
}

export interface LogView extends Positions {
  /** Throws FatalError TOPIC_MISSING. */
  ranges(topic: string): Promise<readonly PartitionRange[]>
  /** At most `count` records from an offset on, control records among them; empty at the end of the partition. */
  read(at: TopicPartition, offset: number, count: number): Promise<readonly LogRecord[]>
  /** Who reads for a group now. */
  members(group: string, topics: readonly string[]): Promise<readonly MemberView[]>
  close(): Promise<void>
}
