import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wilsonInterval } from '../../dictionary/wilson.ts'

const close = (interval: readonly [number, number], low: number, high: number) => {
  assert.ok(Math.abs(interval[0] - low) < 1e-12, `${interval[0]} is not ${low}`)
  assert.ok(Math.abs(interval[1] - high) < 1e-12, `${interval[1]} is not ${high}`)
}

/** Right, judged, and what statsmodels 0.15.0 makes of them: proportion_confint(right, judged, method='wilson'). */
const reference = [
  [0, 10, 0, 0.27753279986288926],
  [10, 10, 0.7224672001371106, 1],
  [380, 400, 0.9240363649362803, 0.9674025701628527],
  [394, 400, 0.9676653664151732, 0.9931077080805591],
  [1, 3, 0.06149194472039626, 0.7923403991979523],
  [200, 400, 0.451234504169709, 0.548765495830291],
] as const

test('the interval is that of statsmodels', () => {
  for (const [right, judged, low, high] of reference) close(wilsonInterval(right, judged), low, high)
})

test('nothing judged says nothing', () => {
  assert.deepEqual(wilsonInterval(0, 0), [0, 1])
})
