import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reliabilityOf } from '../../confidence/reliability.ts'

const pairs = (confidence: number, right: number, wrong: number, judgeRecall = 1) => [
  ...Array.from({ length: right }, () => ({ confidence, right: true, judgeRecall })),
  ...Array.from({ length: wrong }, () => ({ confidence, right: false, judgeRecall })),
]

test('nine of ten right at a confidence of 0.9 is no error; half right is one of 0.4', () => {
  assert.ok(reliabilityOf(pairs(0.9, 9, 1)).expectedCalibrationError < 1e-12)
  assert.ok(Math.abs(reliabilityOf(pairs(0.9, 5, 5)).expectedCalibrationError - 0.4) < 1e-12)
})

test('the Brier score is the mean squared difference, worked by hand', () => {
  // (0.2² · 3 + 0.8²) / 4
  assert.ok(Math.abs(reliabilityOf(pairs(0.8, 3, 1)).brier - 0.19) < 1e-12)
})

test('bins hold every pair once, the certain ones too, with Wilson bounds about the share', () => {
  const { bins, judged } = reliabilityOf([...pairs(1, 4, 0), ...pairs(0.5, 1, 1), ...pairs(0, 0, 1)])
  assert.equal(judged, 7)
  assert.deepEqual(
    bins.map(({ from, to, judged: count, right }) => [from, to, count, right]),
    [
      [0, 0.2, 1, 0],
      [0.5, 0.6, 2, 0.5],
      [0.99, 1, 4, 1],
    ],
  )
  for (const { lower, right, upper } of bins) assert.ok(lower <= right && right <= upper && lower < upper)
})

test('what a judge lacks is made up for: 72 of 100 confirmed by a judge that knows four fifths is 0.9 right', () => {
  const { bins, expectedCalibrationError } = reliabilityOf(pairs(0.9, 72, 28, 0.8))
  assert.ok(Math.abs(bins[0]!.right - 0.9) < 1e-12)
  assert.ok(expectedCalibrationError < 1e-12)
})

test('of nothing judged nothing is said', () => {
  assert.deepEqual(reliabilityOf([]), { judged: 0, bins: [], brier: 0, expectedCalibrationError: 0 })
})
