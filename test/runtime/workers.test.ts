import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import type { Surroundings } from '../../runtime/deps.ts'
import { WorkerPool } from '../../runtime/workers.ts'

const around: Surroundings = {
  store: { data: 'none', models: 'none' },
  stateFolder: 'none',
  logLevel: 'silent',
  logDestination: 2,
  settings: {},
}

test('an update starts its threads only when its work has gone on for seconds, a run at once', (t) => {
  let usedMs = 10_000
  const clock = mock.method(process, 'cpuUsage', (from?: NodeJS.CpuUsage) => {
    return { user: usedMs * 1000 - (from?.user ?? 0), system: 0 }
  })
  t.after(() => clock.mock.restore())
  assert.equal(new WorkerPool(2, around).isBeforeThreads, false)
  const pool = new WorkerPool(2, { ...around, update: 1 })
  usedMs += 60_000 // nothing has come as yet
  assert.equal(pool.isBeforeThreads, true)
  usedMs += 1_000
  assert.equal(pool.isBeforeThreads, true)
  usedMs += 10_000
  assert.equal(pool.isBeforeThreads, false)
})
