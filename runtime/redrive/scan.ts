/** Topics read from outside of the pipeline, without a position of one's own. */
import type { LogRecord, Transport } from '../transport.ts'

/** Hears how far a topic has been read, in offsets, and how far it is to be. */
export type TopicRead = (topic: string, done: number, total: number) => void

/** Gives the reader every record up to where the topics end now, each partition in its order. Throws what the transport does. */
export async function scan(
  transport: Transport,
  topics: readonly string[],
  take: (record: LogRecord) => void,
  told?: TopicRead,
): Promise<void> {
  for (const topic of topics) {
    const ends = await transport.ends(topic)
    const total = ends.reduce((sum, { offset }) => sum + offset, 0)
    let before = 0
    for (const { partition, offset } of ends) {
      for await (const records of transport.read({ topic, partition }, 0, offset)) {
        for (const record of records) take(record)
        told?.(topic, before + (records.at(-1)?.offset ?? 0), total)
      }
      before += offset
      told?.(topic, before, total)
    }
  }
}
