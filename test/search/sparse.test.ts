import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { SparseIndex } from '../../search/sparse.ts'

const vectorOf = (terms: readonly number[], weights: readonly number[]): SparseVector => ({
  terms: Uint32Array.from(terms),
  weights: Float32Array.from(weights),
})

/** Quarters add up exactly in floating point, so that ties are ties. */
const weight = fc.integer({ min: -8, max: 8 }).map((quarters) => quarters / 4)
const vector = fc.uniqueArray(fc.tuple(fc.nat({ max: 20 }), weight), { selector: ([id]) => id, maxLength: 8 }).map(
  (entries): SparseVector =>
    vectorOf(
      entries.map(([id]) => id),
      entries.map(([, value]) => value),
    ),
)

const dense = ({ terms, weights }: SparseVector): number[] => {
  const values = new Array<number>(21).fill(0)
  for (let at = 0; at < terms.length; at++) values[terms[at] ?? 0] = weights[at] ?? 0
  return values
}

test('scores are the dot products of the dense vectors', () => {
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 20 }), vector, (documents, query) => {
      const q = dense(query)
      const expected = documents.map((document) =>
        dense(document).reduce((sum, value, at) => sum + value * (q[at] ?? 0), 0),
      )
      assert.deepEqual(
        Array.from(SparseIndex.of(documents).scores(query), (score) => score + 0),
        expected.map((s) => s + 0),
      )
    }),
  )
})

test('search sorts the documents that share a term by score, then by number', () => {
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 20 }), vector, fc.nat({ max: 25 }), (documents, query, k) => {
      const index = SparseIndex.of(documents)
      const scores = index.scores(query)
      const active = (v: SparseVector): number[] => Array.from(v.terms).filter((_, at) => v.weights[at] !== 0)
      const shared = documents.map((document) => active(document).some((id) => active(query).includes(id)))
      const expected = Array.from(scores, (score, doc) => ({ doc, score }))
        .filter(({ doc }) => shared[doc])
        .sort((a, b) => b.score - a.score || a.doc - b.doc)
        .slice(0, k)
      assert.deepEqual(index.search(query, k), expected)
    }),
  )
})

test('the document frequency counts the documents in which a term is active', () => {
  const index = SparseIndex.of([vectorOf([3, 5], [1, 0]), vectorOf([3], [0.5])])
  assert.equal(index.documentFrequency(3), 2)
  assert.equal(index.documentFrequency(5), 0)
  assert.equal(index.documentFrequency(999), 0)
})
