/** Topics read from outside of the pipeline, without a position of one's own. */
import type { LogRecord, Transport } from '../transport.ts'

/** Gives the reader every record up to where the topics end now, each partition in its order. Throws what the transport does. */
export async function scan(
  transport: Transport,
  topics: readonly string[],
  take: (record: LogRecord) => void,
): Promise<void> {
  for (const topic of topics) {
    for (const { partition, offset } of await transport.ends(topic)) {
      for await (const records of transport.read({ topic, partition }, 0, offset))
        for (const record of records) take(record)
    }
  }
}
