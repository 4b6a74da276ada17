/** What is aborted, and ends of transactions that are lost on their way. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { RetryableError } from '../../../runtime/errors.ts'
import { openKafkaLogView } from '../../../runtime/kafka/log-view.ts'
import { openWriter, plan, record, until, Witness } from '../members.ts'
import { testLog } from '../stores.ts'
import type { KafkaWorld } from './world.ts'

const partition0 = { topic: 'a', partition: 0 }

/** Makes the next ends of transactions fail, after or before they reached the broker. Returns the undoing. */
function breakEndOfTransactions(reaches: boolean): () => void {
  type EndTransaction = (this: unknown, request: unknown) => Promise<unknown>
  const broker: { prototype: { endTxn: EndTransaction } } = createRequire(import.meta.url)(
    'kafkajs/src/broker/index.js',
  )
  const genuine = broker.prototype.endTxn
  broker.prototype.endTxn = async function (request) {
    if (reaches) await genuine.call(this, request)
    throw Object.assign(new Error('the line was cut'), { name: 'KafkaJSConnectionClosedError', retriable: true })
  }
  return () => {
    broker.prototype.endTxn = genuine
  }
}

export function transactionTests({ withTransport, server }: KafkaWorld): void {
  withTransport('records of two aborted transactions stay hidden, however they interleave', async (transport) => {
    // The broker lists aborted transactions by their ends; the one that began first ends last here.
    const writers = [await openWriter(transport, [plan('a', 1)], 'w1'), await openWriter(transport, [], 'w2')]
    const first = await transport.begin('w1', 'all')
    const second = await transport.begin('w2', 'all')
    await first.append([record('a', 0, 'aborted 1')])
    await second.append([record('a', 0, 'aborted 2')])
    await first.append([record('a', 0, 'aborted 3')])
    await second.abort()
    await first.append([record('a', 0, 'aborted 4')])
    await first.abort()
    await writers[1]!.write([record('a', 0, 'kept')])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.keys(partition0).includes('kept'), 'the committed record')
    assert.deepEqual(witness.keys(partition0), ['kept'])
  })

  withTransport('a reader that begins in the middle of two aborted transactions sees neither', async (transport) => {
    await openWriter(transport, [plan('a', 1)], 'w1')
    const last = await openWriter(transport, [], 'w2')
    const first = await transport.begin('w1', 'all')
    const second = await transport.begin('w2', 'all')
    await first.append([record('a', 0, 'aborted 1')])
    await second.append([record('a', 0, 'aborted 2')])
    await second.append([record('a', 0, 'aborted 3')])
    await first.append([record('a', 0, 'aborted 4')])
    await first.abort()
    await second.abort()
    await last.write([record('a', 0, 'kept')])
    // A position as a reader has it that read records before they were compacted or aborted.
    const positioned = new Witness()
    const consumer = await positioned.consume(transport, 'reader', ['a'])
    await until(() => positioned.held.size === 1, 'the reader')
    const transaction = await transport.begin('reader', 'a-0')
    await transaction.commit([{ ...partition0, offset: 2, note: '' }])
    await consumer.stop()
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.keys(partition0).includes('kept'), 'the committed record')
    assert.deepEqual(witness.keys(partition0), ['kept'])
  })

  withTransport('a commit that reached the broker but was not answered counts as done', async (transport) => {
    await openWriter(transport, [plan('a', 1)])
    const transaction = await transport.begin('writer', 'all')
    await transaction.append([record('a', 0, 'once')])
    const mend = breakEndOfTransactions(true)
    try {
      await transaction.commit([{ topic: 'sources', partition: 0, offset: 0, note: 'one' }])
    } finally {
      mend()
    }
    const next = await transport.begin('writer', 'all')
    await next.append([record('a', 0, 'next')])
    await next.commit([{ topic: 'sources', partition: 0, offset: 0, note: 'two' }])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.keys(partition0).includes('next'), 'both records')
    assert.deepEqual(witness.keys(partition0), ['once', 'next'])
  })

  withTransport(
    'a commit that did not reach the broker is reported, and done again it is there once',
    async (transport) => {
      await openWriter(transport, [plan('a', 1)])
      const attempt = async () => {
        const transaction = await transport.begin('writer', 'all')
        await transaction.append([record('a', 0, 'once')])
        return transaction.commit([{ topic: 'sources', partition: 0, offset: 0, note: 'one' }])
      }
      const mend = breakEndOfTransactions(false)
      await assert.rejects(attempt(), (error) => error instanceof RetryableError && error.code === 'COMMIT_LOST')
      mend()
      await attempt()
      const witness = new Witness()
      await witness.consume(transport, 'reader', ['a'])
      await until(() => witness.seen.length > 0, 'the record')
      await sleep(500)
      assert.deepEqual(witness.keys(partition0), ['once'])
    },
  )

  withTransport(
    'positions that a commit is just moving are waited for; a look from outside waits for nobody',
    async (transport, store) => {
      await openWriter(transport, [])
      const transaction = await transport.begin('writer', 'all')
      await transaction.commit([{ topic: 'sources', partition: 0, offset: 0, note: 'before' }])
      const notes = (found: readonly { readonly note: string }[]) => found.map(({ note }) => note)
      assert.deepEqual(notes(await transport.positions('writer', ['sources'])), ['before'])

      const view = await openKafkaLogView({
        brokers: server().brokers,
        namespace: store.namespace,
        clientId: 'view',
        log: testLog,
      })
      const client = new kafkajs.Kafka({ brokers: server().brokers, logLevel: kafkajs.logLevel.NOTHING })
      const producer = client.producer({
        transactionalId: `${store.namespace}-third`,
        maxInFlightRequests: 1,
        idempotent: true,
      })
      await producer.connect()
      try {
        const moving = await producer.transaction()
        const partitions = [{ partition: 0, offset: '5', metadata: 'after' }]
        const topics = [{ topic: `${store.namespace}.sources`, partitions }]
        await moving.sendOffsets({ consumerGroupId: `${store.namespace}.writer`, topics })
        let answered = false
        const settled = transport.positions('writer', ['sources']).finally(() => {
          answered = true
        })
        assert.deepEqual(notes(await view.positions('writer', ['sources'])), ['before'])
        await sleep(300)
        assert.equal(answered, false)
        await moving.commit()
        assert.deepEqual(notes(await settled), ['after'])
      } finally {
        await producer.disconnect()
        await view.close()
      }
    },
  )
}
