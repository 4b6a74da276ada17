/** Writes of one unit that become visible together with its positions. */
import type { Transaction as KafkaTransaction, ProducerBatch } from 'kafkajs'
import { FatalError, NaruError, RetryableError } from '../errors.ts'
import type { Commit, OutgoingRecord, Transaction } from '../transport.ts'
import { fenced, hasType, isFenced, kafkaFailure } from './failures.ts'
import { batchBytesAtMost } from './topics.ts'
import type { Unit } from './units.ts'

/** One request: kafkajs makes one batch of all records of a partition in it, and copies its list for each of them. */
const requestBytes = 4 * 1024 * 1024
const requestRecords = 1_000
/** Room for the batch's own header, and for a text that lz4 makes longer. */
const recordBytesAtMost = batchBytesAtMost - 256 * 1024
/** The broker's offset.metadata.max.bytes. */
const noteBytesAtMost = 4_096

export async function runTransaction(unit: Unit): Promise<Transaction> {
  const { options, group } = unit
  const failed = (error: unknown, doing: string): Error => {
    if (error instanceof NaruError) return error
    if (unit.isLost || isFenced(error)) return unit.lose(error)
    unit.doubt()
    return kafkaFailure(error, options.brokers, doing)
  }

  let transaction: KafkaTransaction
  try {
    transaction = await unit.producer.begin()
  } catch (error) {
    throw failed(error, 'beginning a transaction')
  }

  const append = async (records: readonly OutgoingRecord[]): Promise<void> => {
    try {
      for (const part of requestsOf(records)) {
        const topicMessages = messagesByTopic(part, options.names.topic)
        await transaction.sendBatch({ topicMessages, acks: -1, compression: unit.producer.compression })
      }
    } catch (error) {
      throw failed(error, 'writing records')
    }
  }

  const commit = async (positions: readonly Commit[]): Promise<void> => {
    if (unit.isLost) throw fenced(group, unit.name)
    try {
      for (const [of, own] of byGroup(group, positions)) {
        await sendPositions(transaction, options.names.group(of), own)
      }
    } catch (error) {
      throw failed(error, 'sending positions')
    }
    try {
      await transaction.commit()
    } catch (error) {
      if (unit.isLost || isFenced(error)) throw unit.lose(error)
      unit.doubt()
      // The broker may have committed and only the answer is missing: written again, everything would be there twice.
      if ((await unit.reopen(ownOf(positions))) === 'committed') return
      throw new RetryableError('COMMIT_LOST', `a commit of ${unit.name} of ${group} did not happen`, { cause: error })
    }
    unit.expect(ownOf(positions))
  }

  const ownOf = (positions: readonly Commit[]) => byGroup(group, positions).get(group) ?? []

  const abort = async (): Promise<void> => {
    // A doubtful or lost unit's transaction is ended by whoever opens its producer next.
    if (!unit.isSound || !transaction.isActive()) return
    try {
      await transaction.abort()
    } catch {
      unit.doubt()
    }
  }

  const sendPositions = async (to: KafkaTransaction, consumerGroupId: string, positions: readonly Commit[]) => {
    const topics = offsetsByTopic(positions, options.names.topic)
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 500)) {
      try {
        await to.sendOffsets({ consumerGroupId, topics })
        return
      } catch (error) {
        // kafkajs repeats this call on neither answer, and both are usual after a commit, or while a coordinator moves.
        const passing = hasType(error, 'CONCURRENT_TRANSACTIONS', 'COORDINATOR_LOAD_IN_PROGRESS', 'NOT_COORDINATOR')
        if (!passing || pauseMs > 10_000) throw error
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  return { append, commit, abort }
}

function* requestsOf(records: readonly OutgoingRecord[]): Generator<readonly OutgoingRecord[]> {
  let start = 0
  let bytes = 0
  for (const [index, record] of records.entries()) {
    const size = sizeOf(record)
    if (size > recordBytesAtMost) {
      throw new FatalError('RECORD_TOO_LARGE', `a record of ${size} bytes is more than Kafka takes`, {
        at: { topic: record.topic, partition: record.partition },
        hint: `At most ${recordBytesAtMost} bytes; large things belong in the file store, with an event that points to them.`,
      })
    }
    if (index > start && (bytes + size > requestBytes || index - start >= requestRecords)) {
      yield records.slice(start, index)
      start = index
      bytes = 0
    }
    bytes += size
  }
  if (start < records.length) yield records.slice(start)
}

function sizeOf({ key, value, headers }: OutgoingRecord): number {
  const pairs = Object.entries(headers).reduce(
    (sum, [name, text]) => sum + name.length + Buffer.byteLength(text) + 10,
    0,
  )
  return Buffer.byteLength(key) + (value?.length ?? 0) + pairs + 70
}

function messagesByTopic(records: readonly OutgoingRecord[], nameOfTopic: (ours: string) => string) {
  const byTopic = new Map<string, NonNullable<ProducerBatch['topicMessages']>[number]>()
  for (const { topic, partition, key, value, headers } of records) {
    let entry = byTopic.get(topic)
    if (!entry) {
      entry = { topic: nameOfTopic(topic), messages: [] }
      byTopic.set(topic, entry)
    }
    const bytes = value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    entry.messages.push({ partition, key, value: bytes, headers: { ...headers } })
  }
  return [...byTopic.values()]
}

function byGroup(own: string, positions: readonly Commit[]): Map<string, Commit[]> {
  const groups = new Map<string, Commit[]>()
  for (const position of positions) {
    const group = position.group ?? own
    const list = groups.get(group)
    if (list) list.push(position)
    else groups.set(group, [position])
  }
  return groups
}

/** With the note as the offset's metadata, which kafkajs passes on although its type does not name it. */
function offsetsByTopic(positions: readonly Commit[], nameOfTopic: (ours: string) => string) {
  const byTopic = new Map<string, { partition: number; offset: string; metadata: string }[]>()
  for (const { topic, partition, offset, note } of positions) {
    const bytes = Buffer.byteLength(note)
    if (bytes > noteBytesAtMost) {
      throw new FatalError('NOTE_TOO_LONG', `the note of a position has ${bytes} bytes, more than ${noteBytesAtMost}`, {
        at: { topic, partition, offset: String(offset) },
      })
    }
    const entry = { partition, offset: String(offset), metadata: note }
    const list = byTopic.get(topic)
    if (list) list.push(entry)
    else byTopic.set(topic, [entry])
  }
  return [...byTopic].map(([topic, partitions]) => ({ topic: nameOfTopic(topic), partitions }))
}
