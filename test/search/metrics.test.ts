import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { figuresOf, rankOf, summarise } from '../../search/metrics.ts'

const ones = (...docs: readonly number[]) => new Map(docs.map((doc) => [doc, 1]))
const ranked = (scores: readonly number[], ...relevant: number[]) => rankOf(scores, new Set(relevant))

test('an index that gives everything the same score earns the middle, not the top', () => {
  assert.deepEqual(ranked([1, 1, 1, 1, 1], 0), { rank: 3, hasMatch: true })
  assert.equal(summarise([ranked([1, 1], 0)]).hitAt1, 0)
})

test('the best of several right documents counts, and right ones do not push one another down', () => {
  assert.equal(ranked([5, 9, 7, 9], 1, 3).rank, 1)
  assert.equal(ranked([5, 9, 7, 9], 0, 2).rank, 3)
})

test('no shared term is a miss, and a query that finds nothing at all is counted apart', () => {
  assert.deepEqual(ranked([0, 3], 0), { rank: 'unmatched', hasMatch: true })
  assert.deepEqual(ranked([0, 0], 0), { rank: 'unmatched', hasMatch: false })
  const figures = summarise([ranked([0, 3], 0), ranked([0, 0], 0), ranked([4, 3], 0), ranked([1, 3, 2], 0)])
  assert.deepEqual(figures, {
    queries: 4,
    hitAt1: 1 / 4,
    mrrAt10: (1 + 1 / 3) / 4,
    recallAt10: 2 / 4,
    recallAt100: 2 / 4,
    withoutMatch: 1 / 4,
  })
})

test('the mid-rank is the mean rank over all orders of the tied documents', () => {
  const score = fc.integer({ min: 1, max: 4 })
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 8 }), (scores) => {
      const above = scores.filter((other) => other > (scores[0] ?? 0)).length
      const tied = scores.filter((other) => other === scores[0]).length
      // Document 0 is equally often at each of the tied places above + 1 … above + tied.
      const places = Array.from({ length: tied }, (_, at) => above + 1 + at)
      const mean = places.reduce((sum, place) => sum + place, 0) / tied
      assert.equal(ranked(scores, 0).rank, mean)
    }),
  )
})

test('recall counts each right document that is among the first k, and one that is not found counts as missing', () => {
  const scores = [9, 8, 7, 6, ...Array.from({ length: 9 }, () => 5), 4, 0]
  const figures = figuresOf(scores, ones(0, 13, 14))
  assert.equal(figures['recall@10'], 1 / 3)
  assert.equal(figures['recall@100'], 2 / 3)
})

test('documents that are neither right nor wrong are as if they were not there', () => {
  assert.equal(figuresOf([9, 8, 7], ones(2))['mrr@10'], 1 / 3)
  assert.equal(figuresOf([9, 8, 7], ones(2), [0])['mrr@10'], 1 / 2)
  assert.deepEqual(figuresOf([9, 8, 7], ones(2), [0, 1]), figuresOf([7], ones(0)))
  assert.equal(figuresOf([7, 7], ones(1), [0])['hit@1'], 1)
})

test('hit and reciprocal rank are those of the rank, and a tie of two right documents is no loss', () => {
  const score = fc.integer({ min: 0, max: 4 })
  fc.assert(
    fc.property(fc.array(score, { minLength: 3, maxLength: 20 }), (scores) => {
      const { rank } = rankOf(scores, new Set([0, 1]))
      const figures = figuresOf(scores, ones(0, 1))
      assert.equal(figures['hit@1'], rank === 1 ? 1 : 0)
      assert.equal(figures['mrr@10'], rank !== 'unmatched' && rank <= 10 ? 1 / rank : 0)
    }),
  )
})

test('figures of no queries are 0, not NaN', () => {
  assert.equal(summarise([]).mrrAt10, 0)
})
