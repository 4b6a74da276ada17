/** What has expired, what is too large, and how topics are made. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { FatalError } from '../../../runtime/errors.ts'
import { openWriter, plan, record, until, Witness } from '../members.ts'
import type { KafkaWorld } from './world.ts'

const partition0 = { topic: 'a', partition: 0 }

export function limitTests({ withTransport, withAdmin }: KafkaWorld): void {
  /** Removes the records before an offset, as retention would. */
  function expire(topic: string, offset: number): Promise<void> {
    return withAdmin(async (admin) => {
      await admin.fetchTopicOffsets(topic) // without this the client does not know the topic
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] })
    })
  }

  withTransport(
    'records that expired before they were read stop the group instead of being skipped',
    async (transport, store) => {
      const writer = await openWriter(transport, [plan('a', 1)])
      await writer.write(['x', 'y', 'z'].map((key) => record('a', 0, key)))
      const one = new Witness()
      const consumer = await one.consume(transport, 'reader', ['a'])
      await until(() => one.seen.length === 3, 'the records')
      const transaction = await transport.begin('reader', 'a-0')
      await transaction.commit([{ ...partition0, offset: 1, note: '' }])
      await consumer.stop()
      await expire(`${store.namespace}.a`, 2)
      const two = new Witness()
      await two.consume(transport, 'reader', ['a'])
      await until(() => two.failures.length > 0, 'the failure')
      const [error] = two.failures
      assert.ok(error instanceof FatalError && error.code === 'RECORDS_EXPIRED', String(error))
      assert.deepEqual(two.seen, [])
    },
  )

  withTransport(
    'records that expire while a reader is busy stop it too, and its note stays',
    async (transport, store) => {
      const writer = await openWriter(transport, [plan('a', 1)])
      const big = (key: string) => ({ ...record('a', 0, key), value: randomBytes(1024 * 1024) }) // does not compress
      for (const key of ['u', 'v', 'w', 'x', 'y', 'z']) await writer.write([big(key)])
      let release: () => void = () => undefined
      const busy = new Promise<void>((resolve) => {
        release = resolve
      })
      const witness = new Witness(() => busy)
      await witness.consume(transport, 'reader', ['a'])
      await until(() => witness.held.size === 1, 'the reader')
      const transaction = await transport.begin('reader', 'a-0')
      await transaction.commit([{ ...partition0, offset: 0, note: 'mine' }])
      await sleep(2_000) // its store is full now, and it fetches no more
      await expire(`${store.namespace}.a`, (await transport.ends('a'))[0]!.offset)
      release()
      await until(() => witness.failures.length > 0, 'the failure')
      const [error] = witness.failures
      assert.ok(error instanceof FatalError && error.code === 'RECORDS_EXPIRED', String(error))
      assert.equal((await transport.positions('reader', ['a']))[0]?.note, 'mine')
    },
  )

  withTransport('what is too large for Kafka is refused by name', async (transport) => {
    await openWriter(transport, [plan('a', 1)])
    const transaction = await transport.begin('writer', 'all')
    await assert.rejects(
      transaction.append([{ ...record('a', 0, 'k'), value: Buffer.alloc(17 * 1024 * 1024) }]),
      (error) => error instanceof FatalError && error.code === 'RECORD_TOO_LARGE' && error.at.topic === 'a',
    )
    await assert.rejects(
      transaction.commit([{ topic: 'sources', partition: 0, offset: 0, note: '한'.repeat(1_500) }]),
      (error) => error instanceof FatalError && error.code === 'NOTE_TOO_LONG',
    )
    await transaction.abort()
  })

  withTransport(
    'topics get their plan: partitions, clean-up, retention and the size of batches',
    async (transport, store) => {
      await transport.createTopics([plan('kept', 2, 'compact'), { ...plan('passing', 1), retentionHours: 48 }])
      const { resources } = await withAdmin((admin) =>
        admin.describeConfigs({
          includeSynonyms: false,
          resources: ['kept', 'passing'].map((topic) => ({
            type: kafkajs.ConfigResourceTypes.TOPIC,
            name: `${store.namespace}.${topic}`,
          })),
        }),
      )
      const configs = resources.map(({ configEntries }) =>
        Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      )
      assert.equal(configs[0]!['cleanup.policy'], 'compact')
      assert.equal(configs[1]!['cleanup.policy'], 'delete')
      assert.equal(configs[1]!['retention.ms'], String(48 * 3_600_000))
      assert.equal(configs[1]!['max.message.bytes'], String(16 * 1024 * 1024))
    },
  )
}
