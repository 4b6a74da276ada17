/**
 * What carries events between services: topics of ordered partitions, consumer groups with positions, and transactions
 * that write outputs and positions together. Two forms: the embedded log in lmdb, and Kafka. One suite of tests
 * (test/integration/transport.suite.ts) runs over both.
 */

/** Name of the topic whose single partition stands for "the outside": sources keep their position there. */
export const sourcesTopic = 'sources'

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export interface OutgoingRecord extends TopicPartition {
  readonly key: string
  /** Null for a control record, which carries its meaning in the headers. */
  readonly value: Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
}

export interface LogRecord extends OutgoingRecord {
  readonly offset: number
}

/** Where a group stands in a partition. The note is the group's own text, stored with the offset in one transaction. */
export interface Position {
  /** Next offset to read. */
  readonly offset: number
  /** At most 4,000 characters (Kafka's offset.metadata.max.bytes); empty where nothing was committed. */
  readonly note: string
}

export interface TopicPlan {
  readonly topic: string
  readonly partitions: number
  readonly cleanup: 'delete' | 'compact'
  readonly retentionHours: number
  /** Copies that must have a write before it counts, where the topic has more copies than this; ≥ 1. */
  readonly minInsyncReplicas: number
}

/** Called by the transport; one partition's calls never overlap. */
export interface PartitionHandler {
  /**
   * The group now owns the partition here and goes on from the position. Before this call every earlier holder of the
   * partition's unit was fenced, and only then the position was read: what a late holder still tries to commit fails.
   */
  assigned(at: TopicPartition, position: Position): Promise<void> | void
  /** Takes records, in order. Resolving means they were taken, not that they were committed. A throw ends the consumer. */
  records(at: TopicPartition, records: readonly LogRecord[]): Promise<void>
  /** The partition went elsewhere: what was not committed will be done there. */
  revoked(at: TopicPartition): Promise<void> | void
}

export interface ConsumeOptions {
  readonly group: string
  readonly topics: readonly string[]
  /** shared: partition p of every topic goes to the same member, spread over the members. sole: one member gets all of them. */
  readonly assignment: 'shared' | 'sole'
  /** Name of the unit of work that a partition belongs to. */
  readonly unitOf: (at: TopicPartition) => string
  readonly handler: PartitionHandler
  /** Called once where the consumer fails for good. */
  readonly onFailure: (error: unknown) => void
}

export interface Consumer {
  /** Whether the group counts this member in, and it has taken over every partition that is its own; that may be none. */
  ready(): boolean
  /** Stops taking records, leaves the group; does not wait for the handler's own work. */
  stop(): Promise<void>
}

export interface Commit extends TopicPartition, Position {
  /** The group whose position it is; that of the transaction where absent. Nobody may be at work in another one. */
  readonly group?: string
}

/** Writes that become visible together with the positions, or not at all. */
export interface Transaction {
  append(records: readonly OutgoingRecord[]): Promise<void>
  /** Throws RetryableError TRANSACTION_FENCED where another member has taken the partitions over. */
  commit(positions: readonly Commit[]): Promise<void>
  abort(): Promise<void>
}

export interface Hold {
  release(): Promise<void>
}

export interface Transport {
  createTopics(plans: readonly TopicPlan[]): Promise<void>
  consume(options: ConsumeOptions): Promise<Consumer>
  /**
   * Opens a transaction of a unit that was assigned here (Kafka: the producer with transactional id group-unit, initialised
   * at assignment and kept until revocation, so that a holder who was paused meanwhile carries an old epoch).
   * Throws RetryableError TRANSACTION_FENCED where the unit is not held here, or not any more.
   */
  begin(group: string, unit: string): Promise<Transaction>
  /**
   * Takes a unit away from whoever holds it, without reading its partitions; `begin` works for it until it is given back. A member
   * that held it begins again from the positions that it then finds.
   */
  hold(group: string, unit: string): Promise<Hold>
  /** Members of a group that are at work, in any process. */
  membersOf(group: string): Promise<number>
  /** Committed positions of a group; partitions without one are left out. */
  positions(group: string, topics: readonly string[]): Promise<readonly (TopicPartition & Position)[]>
  /** Next offset of each partition of a topic. */
  ends(topic: string): Promise<readonly (TopicPartition & { readonly offset: number })[]>
  /** Of each partition of a topic the first record that was written at a time or later; its end where there is none. */
  offsetsAt(topic: string, timeMs: number): Promise<readonly (TopicPartition & { readonly offset: number })[]>
  /** Records with offsets from `from` up to, not including, `to`, in order; for a look beside all groups. */
  read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LogRecord[]>
  close(): Promise<void>
}
