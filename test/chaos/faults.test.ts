import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultKinds, scheduleOf } from '../../chaos/faults.ts'

test('the same seed gives the same schedule, another one another', () => {
  assert.deepEqual(scheduleOf(7, 50, 2), scheduleOf(7, 50, 2))
  assert.notDeepEqual(scheduleOf(7, 50, 2), scheduleOf(8, 50, 2))
})

test('every kind comes, at its pace, and what is not possible does not', () => {
  const schedule = scheduleOf(1, faultKinds.length, 4)
  assert.deepEqual(new Set(schedule.map(({ kind }) => kind)), new Set(faultKinds))
  const long = scheduleOf(1, 2_000, 4, ['kill', 'cut'])
  assert.deepEqual(new Set(long.map(({ kind }) => kind)), new Set(['kill', 'cut']))
  const mean = long.reduce((sum, { afterSeconds }) => sum + afterSeconds, 0) / long.length
  assert.ok(Math.abs(mean - 4) < 0.1, `the mean pace is ${mean} s`)
})
