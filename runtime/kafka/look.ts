/** Reads a stretch of one partition beside all groups: a consumer in a group of its own that leaves nothing behind. */
import { randomUUID } from 'node:crypto'
import type { Admin, EachBatchPayload, Kafka } from 'kafkajs'
import type { LogRecord, TopicPartition } from '../transport.ts'
import type { Names } from './names.ts'
import { recordOf } from './records.ts'

interface Around {
  readonly client: Kafka
  readonly admin: Admin
  readonly names: Names
}

/** Batches that wait for the reader at most; then the partition is paused. */
const waitingAtMost = 4

/** Committed records with offsets from `from` up to `to`. An offset may be that of a transaction's mark, which is no record. */
export async function* recordsBetween(
  { client, admin, names }: Around,
  at: TopicPartition,
  from: number,
  to: number,
): AsyncIterable<readonly LogRecord[]> {
  if (from >= to) return
  const topic = names.topic(at.topic)
  const groupId = names.group(`look-${randomUUID()}`)
  const consumer = client.consumer({ groupId, readUncommitted: false })
  const waiting: (readonly LogRecord[])[] = []
  let reached = from
  let failure: unknown
  let wake: () => void = () => undefined
  const take = ({ batch, pause }: EachBatchPayload): Promise<void> => {
    if (batch.partition !== at.partition) return Promise.resolve()
    const records = batch.messages
      .map((message) => recordOf(at, message))
      .filter(({ offset }) => offset >= from && offset < to)
    if (records.length > 0) waiting.push(records)
    reached = Math.max(reached, Number(batch.lastOffset()) + 1)
    if (waiting.length >= waitingAtMost) resume = pause()
    wake()
    return Promise.resolve()
  }
  let resume: () => void = () => undefined
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    failure = payload.error
    wake()
  })
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({ autoCommit: false, eachBatch: take })
    // Of the topic's partitions the group of one has all.
    const partitions = (await admin.fetchTopicOffsets(topic)).map(({ partition }) => partition)
    consumer.pause([{ topic, partitions: partitions.filter((partition) => partition !== at.partition) }])
    consumer.seek({ topic, partition: at.partition, offset: String(from) })
    for (;;) {
      const records = waiting.shift()
      if (records) {
        yield records
        if (waiting.length === 0) resume()
        continue
      }
      if (failure !== undefined) throw failure
      if (reached >= to) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    await consumer.disconnect()
    await admin.deleteGroups([groupId]).catch(() => undefined)
  }
}
