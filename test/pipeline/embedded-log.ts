/** Looks into the embedded log of a run, and puts records into it, from outside of the pipeline. */
import { join } from 'node:path'
import { Codec } from '../../runtime/codec.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { type LogRecord, type OutgoingRecord, sourcesTopic, type Transport } from '../../runtime/transport.ts'
import type { DeadLetter } from '../../schemas/types.ts'
import type { ServiceId } from '../../topology.ts'

async function withLog<T>(out: string, work: (transport: Transport) => Promise<T>): Promise<T> {
  const transport = await openEmbeddedTransport({ folder: join(out, 'state', 'log') })
  try {
    return await work(transport)
  } finally {
    await transport.close()
  }
}

/** Every record of a topic, partition by partition. */
export function recordsOf(out: string, topic: string): Promise<LogRecord[]> {
  return withLog(out, async (transport) => {
    const ends = await transport.ends(topic)
    const total = ends.reduce((sum, { offset }) => sum + offset, 0)
    const records: LogRecord[] = []
    let finish: () => void
    let fail: (error: unknown) => void
    const finished = new Promise<void>((resolve, reject) => {
      finish = resolve
      fail = reject
    })
    const consumer = await transport.consume({
      group: 'onlooker',
      topics: [topic],
      assignment: 'sole',
      unitOf: ({ partition }) => String(partition),
      onFailure: (error) => fail(error),
      handler: {
        assigned: () => undefined,
        revoked: () => undefined,
        records: (_, some) => {
          records.push(...some)
          if (records.length === total) finish()
          return Promise.resolve()
        },
      },
    })
    if (total > 0) await finished
    await consumer.stop()
    return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
  })
}

export async function deadLettersOf(out: string, service: ServiceId): Promise<DeadLetter[]> {
  const codec = new Codec()
  const records = await recordsOf(out, `${service}.dead`)
  return records.map(({ value }) => codec.decode('DeadLetter', value ?? new Uint8Array()))
}

/** Writes records as another program would, before or between the runs of the pipeline. */
export function appendRecords(out: string, records: readonly OutgoingRecord[]): Promise<void> {
  return withLog(out, async (transport) => {
    await createTopics(transport)
    const consumer = await transport.consume({
      group: 'intruder',
      topics: [sourcesTopic],
      assignment: 'sole',
      unitOf: () => 'all',
      onFailure: (error) => {
        throw error
      },
      handler: { assigned: () => undefined, revoked: () => undefined, records: () => Promise.resolve() },
    })
    const transaction = await transport.begin('intruder', 'all')
    await transaction.append(records)
    await transaction.commit([])
    await consumer.stop()
  })
}
