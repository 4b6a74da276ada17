import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rankedBy } from '../../opensearch/bench-queries.ts'

const hits = [
  { title: 'Water', score: 3 },
  { title: 'Fire', score: 2 },
  { title: 'Mountain', score: 2 },
]
const answeredBy = (...titles: string[]) => rankedBy(hits, { titles: new Set(titles) })

test('hits of one score share their middle rank, whatever their order in the answer', () => {
  assert.deepEqual(answeredBy('Water'), { rank: 1, hasMatch: true })
  assert.deepEqual(answeredBy('Fire'), { rank: 2.5, hasMatch: true })
  assert.deepEqual(answeredBy('Mountain'), { rank: 2.5, hasMatch: true })
})

test('what is not among the hits is not found, and no hits at all are told from wrong ones', () => {
  assert.deepEqual(answeredBy('Moon'), { rank: 'unmatched', hasMatch: true })
  assert.deepEqual(rankedBy([], { titles: new Set(['Moon']) }), { rank: 'unmatched', hasMatch: false })
})
