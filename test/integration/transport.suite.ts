/** What every transport must do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError, RetryableError } from '../../runtime/errors.ts'
import type { OutgoingRecord } from '../../runtime/transport.ts'
import { copier, openWriter, plan, record, until, Witness } from './members.ts'
import { openTransport, startChild, type TransportStore, transportTests } from './stores.ts'

export interface TransportHarness {
  /** An empty store. */
  fresh(): TransportStore
  readonly skip: string | false
  /** How long after a kill -9 a partition may stay without an owner. */
  readonly takeOverMs: number
  /** Leaves out the copier that is killed, which takes as long as all the rest. */
  readonly short?: boolean
}

const isFenced = (error: unknown) => error instanceof RetryableError && error.code === 'TRANSACTION_FENCED'

export function transportSuite(name: string, { fresh, skip, takeOverMs, short = false }: TransportHarness): void {
  const withTransport = transportTests(name, { fresh, skip, timeout: 180_000 })

  withTransport('6,000 records arrive whole, each partition in the order of writing', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 3)])
    const written: OutgoingRecord[] = Array.from({ length: 6_000 }, (_, n) => ({
      ...record('a', (n * 7) % 3, `키${n}`, `값 ${'x'.repeat(n % 50)} ${n}`),
      headers: n % 5 === 0 ? { kind: `h${n}`, 'seal-from': '서울' } : {},
    }))
    for (let start = 0; start < written.length; start += 2_500) await writer.write(written.slice(start, start + 2_500))
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.seen.length >= written.length, 'all records')
    const plainly = ({ topic, partition, key, value, headers }: OutgoingRecord) => {
      return { topic, partition, key, value: value && Buffer.from(value).toString(), headers: { ...headers } }
    }
    for (const partition of [0, 1, 2]) {
      const of = (records: readonly OutgoingRecord[]) =>
        records.filter((one) => one.partition === partition).map(plainly)
      assert.deepEqual(of(witness.seen), of(written))
      const offsets = witness.seen.filter((one) => one.partition === partition).map(({ offset }) => offset)
      assert.ok(offsets.every((offset, n) => n === 0 || offset > offsets[n - 1]!))
    }
    assert.equal(witness.overlaps, 0)
  })

  withTransport('a control record keeps its null value and its headers', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 1)])
    const control = { topic: 'a', partition: 0, key: 'seal', value: null, headers: { seal: 'x/p0' } }
    await writer.write([record('a', 0, 'before'), control, record('a', 0, 'empty', '')])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.seen.length === 3, 'three records')
    assert.equal(witness.seen[1]!.value, null)
    assert.deepEqual({ ...witness.seen[1]!.headers }, { seal: 'x/p0' })
    assert.equal(witness.seen[2]!.value?.length, 0)
  })

  withTransport('records of 1 MB and of 5 MB go through', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 1)])
    // A linear congruence: bytes that no codec makes smaller.
    const bytes = Buffer.alloc(5 * 1024 * 1024)
    for (let i = 0, x = 1; i < bytes.length; i++) {
      x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0
      bytes[i] = x >>> 24
    }
    const big = (key: string, size: number) => ({ ...record('a', 0, key), value: bytes.subarray(0, size) })
    await writer.write([big('one', 1024 * 1024), record('a', 0, 'small'), big('five', bytes.length)])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.seen.length === 3, 'three records')
    assert.ok(bytes.subarray(0, 1024 * 1024).equals(witness.seen[0]!.value!))
    assert.ok(bytes.equals(witness.seen[2]!.value!))
  })

  withTransport('records that are written while a consumer waits reach it', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 1)])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    for (const key of ['x', 'y', 'z']) {
      await writer.write([record('a', 0, key)])
      await until(() => witness.seen.at(-1)?.key === key, key)
    }
    assert.deepEqual(witness.keys({ topic: 'a', partition: 0 }), ['x', 'y', 'z'])
  })

  withTransport('two groups each read everything', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 2)])
    await writer.write([record('a', 0, 'x'), record('a', 1, 'y')])
    const witnesses = [new Witness(), new Witness()]
    for (const [n, witness] of witnesses.entries()) await witness.consume(transport, `reader${n}`, ['a'])
    await until(() => witnesses.every(({ seen }) => seen.length === 2), 'both groups')
    assert.deepEqual(
      witnesses.map(({ seen }) => seen.length),
      [2, 2],
    )
  })

  withTransport('a transaction shows its records and its position together', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 1), plan('b', 1)])
    await writer.write([record('a', 0, 'x'), record('a', 0, 'y')])
    const worker = new Witness()
    await worker.consume(transport, 'copy', ['a'])
    await until(() => worker.seen.length === 2, 'the input')
    const reader = new Witness()
    await reader.consume(transport, 'reader', ['b'])
    await until(() => reader.held.size === 1, 'the reader')

    const transaction = await transport.begin('copy', 'a-0')
    await transaction.append([record('b', 0, 'x')])
    await sleep(500)
    assert.deepEqual(reader.seen, [])
    assert.deepEqual(await transport.positions('copy', ['a']), [])

    await transaction.commit([{ topic: 'a', partition: 0, offset: 1, note: '{"한":1}' }])
    await until(() => reader.seen.length === 1, 'the output')
    assert.deepEqual(await transport.positions('copy', ['a']), [
      { topic: 'a', partition: 0, offset: 1, note: '{"한":1}' },
    ])
  })

  withTransport('an aborted transaction leaves neither records nor a position', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 1)])
    const transaction = await transport.begin('writer', 'all')
    await transaction.append([record('a', 0, 'aborted')])
    await transaction.abort()
    await writer.write([record('a', 0, 'kept')])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.seen.length > 0, 'a record')
    assert.deepEqual(witness.keys({ topic: 'a', partition: 0 }), ['kept'])
    assert.deepEqual(await transport.positions('writer', ['sources']), [])
  })

  withTransport(
    'a look beside the groups passes over what was aborted, also where there is nothing else',
    async (transport) => {
      const writer = await openWriter(transport, [plan('a', 1)])
      const keysFrom = async (from: number) => {
        const [end] = await transport.ends('a')
        const keys: string[] = []
        for await (const records of transport.read({ topic: 'a', partition: 0 }, from, end?.offset ?? 0)) {
          for (const { key } of records) keys.push(key)
        }
        return keys
      }
      await writer.write([record('a', 0, 'kept')])
      const transaction = await transport.begin('writer', 'all')
      await transaction.append([record('a', 0, 'aborted')])
      await transaction.abort()
      assert.deepEqual(await keysFrom(1), [])
      assert.deepEqual(await keysFrom(0), ['kept'])
      await writer.write([record('a', 0, 'last')])
      // Kafka marks the end of a transaction a moment after it reports it; until then a look ends before the transaction.
      let keys: string[] = []
      for (const end = performance.now() + 30_000; keys.length < 2 && performance.now() < end; )
        keys = await keysFrom(0)
      assert.deepEqual(keys, ['kept', 'last'])
    },
  )

  withTransport('whoever asks right after a commit sees its positions', async (transport) => {
    await openWriter(transport, [])
    for (let n = 1; n <= 20; n++) {
      const transaction = await transport.begin('writer', 'all')
      const position = { topic: 'sources', partition: 0, offset: 0, note: `n${n}` }
      await transaction.commit([position])
      assert.deepEqual(await transport.positions('writer', ['sources']), [position])
    }
  })

  test(`${name}: after closing and opening, a group goes on from its position with its note`, { skip }, async () => {
    const store = fresh()
    const first = await openTransport(store)
    const writer = await openWriter(first, [plan('a', 1)])
    await writer.write(['u', 'v', 'x', 'y'].map((key) => record('a', 0, key)))
    const before = new Witness()
    await before.consume(first, 'reader', ['a'])
    await until(() => before.seen.length === 4, 'four records')
    const at = before.seen[2]!.offset
    const transaction = await first.begin('reader', 'a-0')
    await transaction.commit([{ topic: 'a', partition: 0, offset: at, note: 'two done' }])
    await first.close()

    const second = await openTransport(store)
    const after = new Witness()
    await after.consume(second, 'reader', ['a'])
    await until(() => after.seen.length === 2, 'the rest')
    assert.deepEqual(after.assignments.get('a-0'), { offset: at, note: 'two done' })
    assert.deepEqual(after.keys({ topic: 'a', partition: 0 }), ['x', 'y'])
    await second.close()
  })

  withTransport(
    'two members share the partitions of all topics alike, and the one that stays takes all',
    async (transport) => {
      const writer = await openWriter(transport, [plan('a', 4), plan('b', 2)])
      const [one, two] = [new Witness(), new Witness()]
      const first = await one.consume(transport, 'reader', ['a', 'b'])
      await until(() => one.held.size === 6, 'all for the first')
      await two.consume(transport, 'reader', ['a', 'b'])
      await until(() => two.held.size === 3 && one.held.size === 3, 'an even share')
      assert.deepEqual([...one.held].sort(), ['a-0', 'a-2', 'b-0'])
      assert.deepEqual([...two.held].sort(), ['a-1', 'a-3', 'b-1'])

      await writer.write([0, 1, 2, 3].map((partition) => record('a', partition, `k${partition}`)))
      await until(() => one.seen.length + two.seen.length === 4, 'all records')
      assert.deepEqual(one.seen.map(({ partition }) => partition).sort(), [0, 2])

      await first.stop()
      assert.equal(one.held.size, 0)
      await until(() => two.held.size === 6, 'all for the second')
    },
  )

  withTransport('a partition that stays with its member is neither revoked nor read again', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 2)])
    await writer.write([record('a', 0, 'x')])
    const [one, two] = [new Witness(), new Witness()]
    let revoked = 0
    const tell = one.revoked.bind(one)
    one.revoked = (at) => {
      if (at.partition === 0) revoked++
      tell(at)
    }
    await one.consume(transport, 'reader', ['a'])
    await until(() => one.seen.length === 1, 'the first record')
    const second = await two.consume(transport, 'reader', ['a'])
    await until(() => two.held.size === 1, 'the second member')
    await writer.write([record('a', 0, 'y')])
    await until(() => one.seen.length === 2, 'the second record')
    await second.stop()
    await until(() => one.held.size === 2, 'both again')
    await writer.write([record('a', 0, 'z')])
    await until(() => one.seen.length === 3, 'the third record')
    assert.deepEqual(one.keys({ topic: 'a', partition: 0 }), ['x', 'y', 'z'])
    assert.equal(revoked, 0)
  })

  withTransport('with sole assignment the first member has everything until it stops', async (transport) => {
    await transport.createTopics([plan('a', 3), plan('b', 1)])
    const [one, two] = [new Witness(), new Witness()]
    const first = await one.consume(transport, 'reader', ['a', 'b'], 'sole')
    await until(() => one.held.size === 4, 'all for the first')
    await two.consume(transport, 'reader', ['a', 'b'], 'sole')
    await sleep(3_000)
    assert.deepEqual([one.failures, two.failures, one.held.size, two.held.size], [[], [], 4, 0])
    await first.stop()
    await until(() => two.held.size === 4, 'all for the second')
  })

  withTransport('what an old holder of a unit still tries to commit is fenced', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 1), plan('b', 1)])
    await writer.write([record('a', 0, 'x')])
    const [one, two] = [new Witness(), new Witness()]
    const first = await one.consume(transport, 'copy', ['a'])
    await until(() => one.seen.length === 1, 'the record')
    const transaction = await transport.begin('copy', 'a-0')
    await transaction.append([record('b', 0, 'from the old holder')])
    await first.stop()
    await two.consume(transport, 'copy', ['a'])
    await until(() => two.seen.length === 1, 'the record, again')
    await assert.rejects(transaction.commit([{ topic: 'a', partition: 0, offset: 1, note: 'old' }]), isFenced)
    await transaction.abort()
    assert.deepEqual(await transport.positions('copy', ['a']), [])

    const next = await transport.begin('copy', 'a-0')
    await next.append([record('b', 0, 'from the new holder')])
    await next.commit([{ topic: 'a', partition: 0, offset: 1, note: 'new' }])
    const reader = new Witness()
    await reader.consume(transport, 'reader', ['b'])
    await until(() => reader.seen.length > 0, 'the output')
    assert.deepEqual(reader.keys({ topic: 'b', partition: 0 }), ['from the new holder'])
  })

  withTransport('a unit that nobody holds here cannot write', async (transport) => {
    await transport.createTopics([plan('a', 1)])
    await assert.rejects(async () => transport.begin('copy', 'a-0'), isFenced)
  })

  withTransport('a handler that throws ends its consumer, once', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 2)])
    await writer.write([record('a', 0, 'x'), record('a', 1, 'y'), record('a', 0, 'z')])
    const witness = new Witness(() => Promise.reject(new RangeError('as planned')))
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.failures.length > 0, 'the failure')
    await sleep(500)
    assert.ok(witness.failures.every((error) => error instanceof RangeError))
  })

  withTransport('a slow partition does not hold up the others', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 2)])
    let release: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      release = resolve
    })
    const witness = new Witness((at) => (at.partition === 0 ? slow : Promise.resolve()))
    await witness.consume(transport, 'reader', ['a'])
    await writer.write([record('a', 0, 'slow'), record('a', 1, 'fast')])
    await until(() => witness.keys({ topic: 'a', partition: 1 }).length === 1, 'the other partition')
    await writer.write([record('a', 0, 'slow 2'), record('a', 1, 'fast 2')])
    await until(() => witness.keys({ topic: 'a', partition: 1 }).length === 2, 'the other partition again')
    assert.deepEqual(witness.keys({ topic: 'a', partition: 0 }), [])
    release()
    await until(() => witness.keys({ topic: 'a', partition: 0 }).length === 2, 'the slow partition')
    assert.equal(witness.overlaps, 0)
  })

  withTransport('ends begin at 0, grow with what is written, and lie past the last record', async (transport) => {
    const writer = await openWriter(transport, [plan('a', 2)])
    const empty = [0, 1].map((partition) => ({ topic: 'a', partition, offset: 0 }))
    assert.deepEqual(await transport.ends('a'), empty)
    await writer.write([record('a', 1, 'x'), record('a', 1, 'y')])
    const witness = new Witness()
    await witness.consume(transport, 'reader', ['a'])
    await until(() => witness.seen.length === 2, 'two records')
    const [first, second] = await transport.ends('a')
    assert.equal(first!.offset, 0)
    assert.ok(second!.offset > witness.seen[1]!.offset)
  })

  withTransport('topics may be made again, but not with another number of partitions', async (transport) => {
    await transport.createTopics([plan('a', 2), plan('b', 1, 'compact')])
    await transport.createTopics([plan('a', 2), plan('b', 1, 'compact'), plan('c', 1)])
    for (const partitions of [1, 3]) {
      await assert.rejects(
        transport.createTopics([plan('a', partitions)]),
        (error) => error instanceof ConfigError && error.code === 'TOPIC_PARTITIONS',
      )
    }
  })

  if (short) return
  test(`${name}: a copier killed four times by kill -9 copies each record once, in order`, {
    skip,
    timeout: 300_000,
  }, async () => {
    const store = fresh()
    const keys = (partition: number) => Array.from({ length: 2_000 }, (_, n) => `p${partition}-${n}`)
    const seeding = await openTransport(store)
    const writer = await openWriter(seeding, [plan('a', 2), plan('b', 2)])
    await writer.write([0, 1].flatMap((partition) => keys(partition).map((key) => record('a', partition, key))))
    await seeding.close()

    for (const aliveMs of [80, 150, 250, 120]) {
      const child = startChild('copy-child.ts', JSON.stringify(store), '15')
      await child.printed('copying')
      await sleep(aliveMs)
      child.signal('SIGKILL')
      await child.ended
    }

    const transport = await openTransport(store)
    const last = copier(transport, 'copy', 'a', 'b')
    await last.consume(transport, 'copy', ['a'])
    const notes = async () => (await transport.positions('copy', ['a'])).map(({ note }) => note)
    const end = performance.now() + 60_000 + takeOverMs
    while ((await notes()).join() !== '2000,2000') {
      assert.deepEqual(last.failures, [])
      assert.ok(performance.now() < end, `copied only ${(await notes()).join(' and ')}`)
      await sleep(50)
    }
    const reader = new Witness()
    await reader.consume(transport, 'reader', ['b'])
    await until(() => reader.seen.length >= 4_000, 'the copies')
    await sleep(500)
    for (const partition of [0, 1]) assert.deepEqual(reader.keys({ topic: 'b', partition }), keys(partition))
    const interrupted = [...last.assignments].filter(([, { note }]) => note !== '' && note !== '2000').map(([at]) => at)
    assert.ok(interrupted.length > 0, 'nothing was under way when the copier was killed')
    await transport.close()
  })
}
