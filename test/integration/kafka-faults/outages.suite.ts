/** Brokers that go and come, and readers that sleep. */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError, RetryableError } from '../../../runtime/errors.ts'
import { copier, openWriter, plan, record, until, Witness } from '../members.ts'
import { openTransport, startChild } from '../stores.ts'
import type { KafkaWorld } from './world.ts'

const partition0 = { topic: 'a', partition: 0 }

export function outageTests({ skip, fresh, server, withTransport }: KafkaWorld): void {
  withTransport(
    'a handler that takes longer than the session keeps its partition and can commit',
    async (transport) => {
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
    await server().kill()
    await sleep(1_000)
    await server().start()
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
}
