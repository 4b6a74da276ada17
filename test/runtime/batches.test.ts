import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { inBatches } from '../../runtime/runner/batches.ts'

async function gathered<T>(batches: AsyncIterable<T[]>): Promise<T[][]> {
  const all: T[][] = []
  for await (const batch of batches) all.push(batch)
  return all
}

async function* numbers(count: number): AsyncIterable<number> {
  for (let at = 0; at < count; at++) yield at
}

test('values that are there at once come in batches of the most', async () => {
  assert.deepEqual(await gathered(inBatches(numbers(7), { most: 3, restMs: 1_000 })), [[0, 1, 2], [3, 4, 5], [6]])
  assert.deepEqual(await gathered(inBatches(numbers(0), { most: 3, restMs: 1_000 })), [])
})

test('while a source rests, what it has brought is handed on', { timeout: 5_000 }, async () => {
  let release: () => void = () => assert.fail('not made')
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const values = async function* () {
    yield 1
    yield 2
    await released
    yield 3
  }
  const seen: number[][] = []
  for await (const batch of inBatches(values(), { most: 100, restMs: 5 })) {
    seen.push(batch)
    // Were the batch held back until the third value, it would never come.
    release()
  }
  assert.deepEqual(seen, [[1, 2], [3]])
})

test('where a source fails, what came before is handed on, then the failure', async () => {
  const values = async function* () {
    yield 1
    throw new Error('broken')
  }
  const seen: number[][] = []
  const reading = (async () => {
    for await (const batch of inBatches(values(), { most: 10, restMs: 1_000 })) seen.push(batch)
  })()
  await assert.rejects(reading, /broken/)
  assert.deepEqual(seen, [[1]])
})

test('leaving early ends the source, and does not wait for a value on its way', { timeout: 5_000 }, async () => {
  const stop = new AbortController()
  let ended = false
  const values = async function* () {
    try {
      yield 1
      await delay(60_000, undefined, { signal: stop.signal })
    } finally {
      ended = true
    }
  }
  for await (const batch of inBatches(values(), { most: 10, restMs: 1 })) {
    assert.deepEqual(batch, [1])
    break
  }
  stop.abort()
  await delay(1)
  assert.ok(ended)
})
