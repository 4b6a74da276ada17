/** What goes wrong with Kafka in particular: each case on a real broker of its own. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs, { type Admin } from 'kafkajs'
import { ConfigError, FatalError, RetryableError } from '../../runtime/errors.ts'
import { openKafkaLogView } from '../../runtime/kafka/log-view.ts'
import type { Transport } from '../../runtime/transport.ts'
import { copier, openWriter, plan, record, until, Witness } from './members.ts'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll, openTransport, startChild, type TransportStore, testLog } from './stores.ts'

const skip = skipWithoutKafka()
const partition0 = { topic: 'a', partition: 0 }
let server: Awaited<ReturnType<typeof startKafka>>
let stores = 0

before(async () => {
  if (!skip) server = await startKafka()
})
after(async () => {
  await closeAll()
  if (!skip) await server.remove()
})

const fresh = () => ({ kind: 'kafka', brokers: server.brokers, namespace: `fault${stores++}` }) as const

function withTransport(
  title: string,
  body: (transport: Transport, store: TransportStore & { readonly namespace: string }) => Promise<void>,
): void {
  void test(`kafka: ${title}`, { skip, timeout: 120_000 }, async () => {
    const store = fresh()
    const transport = await openTransport(store)
    try {
      await body(transport, store)
    } finally {
      await transport.close()
    }
  })
}

async function withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new kafkajs.Kafka({ brokers: server.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/** Removes the records before an offset, as retention would. */
function expire(topic: string, offset: number): Promise<void> {
  return withAdmin(async (admin) => {
    await admin.fetchTopicOffsets(topic) // without this the client does not know the topic
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] })
  })
}

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

withTransport('a handler that takes longer than the session keeps its partition and can commit', async (transport) => {
  const writer = await openWriter(transport, [plan('a', 1)])
  await writer.write([record('a', 0, 'x')])
  let revoked = 0
  const witness = new Witness(() => sleep(9_000))
  witness.revoked = () => void revoked++
  await witness.consume(transport, 'reader', ['a'])
  await until(() => witness.seen.length === 1, 'the slow record')
  assert.equal(revoked, 0)
  const transaction = await transport.begin('reader', 'a-0')
  await transaction.commit([{ ...partition0, offset: 1, note: '' }])
})

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
      brokers: server.brokers,
      namespace: store.namespace,
      clientId: 'view',
      log: testLog,
    })
    const client = new kafkajs.Kafka({ brokers: server.brokers, logLevel: kafkajs.logLevel.NOTHING })
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

test('kafka: a worker that slept through its session and wakes up duplicates nothing', {
  skip,
  timeout: 180_000,
}, async () => {
  const store = fresh()
  const transport = await openTransport(store)
  const keys = Array.from({ length: 300 }, (_, n) => `k${n}`)
  const writer = await openWriter(transport, [plan('a', 1), plan('b', 1)])
  await writer.write(keys.map((key) => record('a', 0, key)))

  const sleeper = startChild('copy-child.ts', JSON.stringify(store), '2000')
  await sleeper.printed('copying')
  await sleep(700) // in the middle of its first transaction
  sleeper.signal('SIGSTOP')
  const other = copier(transport, 'copy', 'a', 'b')
  await other.consume(transport, 'copy', ['a'])
  await until(() => other.seen.length === keys.length, 'the other worker')
  sleeper.signal('SIGCONT')
  await sleep(5_000)
  sleeper.signal('SIGKILL')
  await sleeper.ended

  const reader = new Witness()
  await reader.consume(transport, 'reader', ['b'])
  await until(() => reader.seen.length >= keys.length, 'the copies')
  await sleep(500)
  assert.deepEqual(reader.keys({ topic: 'b', partition: 0 }), keys)
  assert.deepEqual(other.failures, [])
  await transport.close()
})

withTransport('work goes on after the broker was killed and started again', async (transport) => {
  const writer = await openWriter(transport, [plan('a', 1), plan('b', 1)])
  const keys = Array.from({ length: 400 }, (_, n) => `k${n}`)
  await writer.write(keys.slice(0, 200).map((key) => record('a', 0, key)))
  const worker = copier(transport, 'copy', 'a', 'b', 20)
  const attempt = worker.records.bind(worker)
  // As the runner does: passing faults are tried again from the position that was committed.
  let next = 0
  worker.records = async (at, records) => {
    for (;;) {
      try {
        await attempt(
          at,
          records.filter(({ offset }) => offset >= next),
        )
        next = records.at(-1)!.offset + 1
        return
      } catch (error) {
        if (!(error instanceof RetryableError) || error.code === 'TRANSACTION_FENCED') throw error
        await sleep(100)
        next = (await transport.positions('copy', ['a']))[0]?.offset ?? 0
      }
    }
  }
  await worker.consume(transport, 'copy', ['a'])
  await until(() => worker.held.size === 1, 'the worker')
  await sleep(60)
  await server.kill()
  await sleep(1_000)
  await server.start()
  await until(() => worker.seen.length >= 200, 'the first half', 60_000)
  // Its unit may be in nobody's hands for a moment, until the group has found itself again.
  for (let written = false; !written; await sleep(100)) {
    try {
      await writer.write(keys.slice(200).map((key) => record('a', 0, key)))
      written = true
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error
    }
  }
  const reader = new Witness()
  await reader.consume(transport, 'reader', ['b'])
  await until(() => reader.seen.length >= keys.length, 'all copies', 60_000)
  await sleep(500)
  assert.deepEqual(reader.keys({ topic: 'b', partition: 0 }), keys)
})

withTransport('who is stopped while its broker comes back does not join any more', async (transport) => {
  await openWriter(transport, [plan('a', 1)])
  // Holds the consumer where it is when a broker comes back: kafkajs is about to join, and does not heed a disconnect.
  type Join = (this: unknown) => Promise<void>
  const kafkajsGroup: { prototype: { joinAndSync: Join } } = createRequire(import.meta.url)(
    'kafkajs/src/consumer/consumerGroup.js',
  )
  const genuine = kafkajsGroup.prototype.joinAndSync
  let brokerIsBack: () => void = () => undefined
  const back = new Promise<void>((resolve) => {
    brokerIsBack = resolve
  })
  kafkajsGroup.prototype.joinAndSync = async function () {
    await back
    await genuine.call(this)
  }
  try {
    const consumer = await new Witness().consume(transport, 'reader', ['a'])
    await consumer.stop()
  } finally {
    kafkajsGroup.prototype.joinAndSync = genuine
    brokerIsBack()
  }
  await sleep(10_000) // longer than a session: who is in the group now stays there
  assert.equal(await transport.membersOf('reader'), 0)
})

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

test('kafka: a broker that is not there is reported with its address within 30 s', { skip }, async () => {
  const began = performance.now()
  await assert.rejects(
    openTransport({ kind: 'kafka', brokers: ['127.0.0.1:1'], namespace: 'x' }),
    (error) =>
      error instanceof ConfigError &&
      error.code === 'KAFKA_UNREACHABLE' &&
      error.message.includes('127.0.0.1:1') &&
      !!error.hint,
  )
  assert.ok(performance.now() - began < 30_000)
})
