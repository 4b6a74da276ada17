import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percentile } from '../../search/percentile.ts'

test('a percentile is the smallest value that at least so many are not above', () => {
  // Worked by hand: nearest rank, https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
  const sorted = [15, 20, 35, 40, 50]
  assert.deepEqual(
    [0, 0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(sorted, share)),
    [15, 15, 20, 20, 35, 50],
  )
  assert.equal(percentile([], 0.5), 0)
})
