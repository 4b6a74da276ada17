/** A consumer a hundred times slower than its producer: what waits lies on the disk or on the broker, not in memory. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { OutgoingRecord } from '../../runtime/transport.ts'
import { openWriter, plan, record, until } from './members.ts'
import { openTransport, type TransportStore } from './stores.ts'

const valueBytes = 100_000
const records = 800
const inOneCommit = 20
/** All of it is 80 MB; what a partition may hold ready is a few. */
const mayHoldBytes = 24 * 1024 * 1024

export function backPressureSuite(
  name: string,
  { skip, fresh }: { skip: string | false; fresh(): TransportStore },
): void {
  test(`${name}: a slow consumer holds little in memory, pauses, goes on, and loses nothing`, {
    skip,
    timeout: 300_000,
  }, async () => {
    const store = fresh()
    const producing = await openTransport(store)
    const began = performance.now()
    const writer = await openWriter(producing, [plan('a', 1)])
    for (let n = 0; n < records; n += inOneCommit) {
      await writer.write(Array.from({ length: inOneCommit }, (_, at) => valued(n + at)))
    }
    const msARecord = (performance.now() - began) / records
    await producing.close()

    const transport = await openTransport(store)
    const keys: string[] = []
    let slow = true
    const before = held()
    const failures: unknown[] = []
    await transport.consume({
      group: 'reader',
      topics: ['a'],
      assignment: 'shared',
      unitOf: ({ topic, partition }) => `${topic}-${partition}`,
      onFailure: (error) => void failures.push(error),
      handler: {
        assigned: () => undefined,
        revoked: () => undefined,
        records: async (_, some) => {
          for (const { key } of some) {
            keys.push(key)
            if (slow) await sleep(Math.max(2, msARecord * 100))
          }
        },
      },
    })
    await until(() => keys.length > 0, 'the first record', 60_000)
    const first = keys.length
    await sleep(3_000)
    assert.ok(keys.length > first && keys.length < records / 4, `${keys.length} records in three seconds are not slow`)
    const more = held() - before
    assert.ok(more < mayHoldBytes, `${more} bytes are held`)
    slow = false
    await until(() => keys.length >= records, 'the rest', 120_000)
    await sleep(200)
    assert.deepEqual(
      keys,
      Array.from({ length: records }, (_, n) => `k${n}`),
    )
    assert.deepEqual(failures, [])
    await transport.close()
  })
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Of bytes that no codec makes smaller: what waits on the broker is compressed, what is held is not. */
function valued(n: number): OutgoingRecord {
  return { ...record('a', 0, `k${n}`), value: randomBytes(valueBytes) }
}

/** Of JavaScript, and of what buffers hold beside it. */
function held(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers, external } = process.memoryUsage()
  return heapUsed + Math.max(arrayBuffers, external)
}
