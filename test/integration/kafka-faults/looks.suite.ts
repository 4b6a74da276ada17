/** Reading a stretch of a partition while the group of its reader falls apart, or the broker goes. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { RetryableError } from '../../../runtime/errors.ts'
import { openClient } from '../../../runtime/kafka/client.ts'
import { Looks } from '../../../runtime/kafka/look.ts'
import { namesIn } from '../../../runtime/kafka/names.ts'
import type { LogRecord, Transport } from '../../../runtime/transport.ts'
import { openWriter, plan, record } from '../members.ts'
import { testLog } from '../stores.ts'
import type { KafkaWorld, Namespace } from './world.ts'

const partition1 = { topic: 'a', partition: 1 }
const keys = Array.from({ length: 24 }, (_, at) => `k${at}`)

/** More than a reader holds back: 12 MB in 24 transactions, in one of two partitions. Returns where they end. */
async function written(transport: Transport): Promise<number> {
  const writer = await openWriter(transport, [plan('a', 2)])
  // It does not compress, so that two fill a batch.
  for (const key of keys) await writer.write([{ ...record('a', 1, key), value: randomBytes(500_000) }])
  for (;;) {
    const end = (await transport.ends('a'))[1]!.offset
    // The mark of the last one takes an offset too, and comes a moment later.
    if (end === 2 * keys.length) return end
  }
}

/** Reads it all; `middle` happens when the first records are there and the reader has stopped asking for more. */
async function keysRead(read: AsyncIterable<readonly LogRecord[]>, middle: () => Promise<void>): Promise<string[]> {
  const seen: string[] = []
  for await (const records of read) {
    if (seen.length === 0) {
      await sleep(500)
      await middle()
    }
    seen.push(...records.map(({ key }) => key))
  }
  return seen
}

/** Joins the group of the look at work and is dealt its partition; returns how it leaves, so that the partition is dealt out anew. */
async function intruderIn({ brokers, namespace }: Namespace, groups: readonly string[]): Promise<() => Promise<void>> {
  const groupId = groups.find((id) => id.startsWith(`${namespace}.look-`))
  assert.ok(groupId)
  // Partitions are dealt out to the members in the order of their names.
  const client = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'zz', logLevel: kafkajs.logLevel.NOTHING })
  const intruder = client.consumer({ groupId })
  await intruder.connect()
  await intruder.subscribe({ topics: [`${namespace}.a`] })
  const joined = new Promise<unknown>((resolve) =>
    intruder.on(intruder.events.GROUP_JOIN, ({ payload }) => resolve(payload.memberAssignment)),
  )
  await intruder.run({ autoCommit: false, eachBatch: () => Promise.resolve() })
  assert.deepEqual(await joined, { [`${namespace}.a`]: [1] })
  return () => intruder.disconnect()
}

export function lookTests({ server, withTransport, withAdmin }: KafkaWorld): void {
  withTransport(
    'a look whose partition is dealt to another, and then to it again, goes on where it was',
    async (transport, store) => {
      const end = await written(transport)
      let left: Promise<void> | undefined
      const seen = await keysRead(transport.read(partition1, 0, end), async () => {
        const { groups } = await withAdmin((admin) => admin.listGroups())
        const leave = await intruderIn(
          store,
          groups.map(({ groupId }) => groupId),
        )
        // By then the reader has read what it held, and waits for more.
        left = sleep(500).then(leave)
      })
      await left
      assert.deepEqual(seen, keys)
    },
  )

  withTransport(
    'a look goes on when its broker is started again; one without patience fails, and the next begins anew',
    async (transport, { brokers, namespace }) => {
      const end = await written(transport)
      const client = openClient({ brokers, clientId: 'impatient', log: testLog })
      const admin = client.admin()
      await admin.connect()
      const impatient = new Looks({ client, admin, names: namesIn(namespace), brokers, patienceMs: 1_500 })
      const patient = keysRead(transport.read(partition1, 0, end), async () => {
        const failing = keysRead(impatient.read(partition1, 0, end), () => server().kill())
        await assert.rejects(failing, (error) => error instanceof RetryableError && error.code === 'KAFKA_UNREACHABLE')
        await server().start()
      })
      assert.deepEqual(await patient, keys)
      assert.deepEqual(await keysRead(impatient.read(partition1, 0, end), () => Promise.resolve()), keys)
      await impatient.close()
      await admin.disconnect()
    },
  )
}
