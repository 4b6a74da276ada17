import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { Bm25Index } from '../../search/bm25.ts'

interface Reference {
  readonly documents: readonly (readonly string[])[]
  readonly queries: readonly (readonly string[])[]
  /** [query][document] in double precision. */
  readonly formula: readonly (readonly number[])[]
  /** The same by the bm25s library, single precision. */
  readonly bm25s: readonly (readonly number[])[]
}
const reference: Reference = JSON.parse(readFileSync(new URL('reference/bm25.json', import.meta.url), 'utf8'))
const index = Bm25Index.of(reference.documents)

test('scores are those of the formula, computed in Python, for every query and document', () => {
  reference.queries.forEach((query, at) => {
    const scores = index.scores(query)
    reference.formula[at]?.forEach((expected, doc) => {
      assert.ok(Math.abs((scores[doc] ?? 0) - expected) < 1e-12, `query ${at}, document ${doc}`)
    })
  })
})

test("scores are those of bm25s' lucene method to single precision", () => {
  reference.queries.forEach((query, at) => {
    const scores = index.scores(query)
    reference.bm25s[at]?.forEach((expected, doc) => {
      assert.ok(Math.abs((scores[doc] ?? 0) - expected) < 1e-5, `query ${at}, document ${doc}`)
    })
  })
})

const term = fc.constantFrom('a', 'b', 'c', 'd')
const documents = fc.array(fc.array(term, { maxLength: 6 }), { minLength: 1, maxLength: 30 })

test('search gives the first k of all matching documents sorted by score, then by number', () => {
  fc.assert(
    fc.property(documents, fc.array(term, { maxLength: 4 }), fc.integer({ min: 0, max: 40 }), (docs, query, k) => {
      const small = Bm25Index.of(docs)
      const sorted = Array.from(small.scores(query), (score, doc) => ({ doc, score }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.doc - b.doc)
      assert.deepEqual(small.search(query, k), sorted.slice(0, k))
    }),
  )
})

test('excluded documents leave their places to the next ones', () => {
  fc.assert(
    fc.property(documents, fc.array(term, { maxLength: 4 }), fc.func(fc.boolean()), (docs, query, exclude) => {
      const small = Bm25Index.of(docs)
      const all = small.search(query, docs.length)
      assert.deepEqual(small.search(query, 5, { exclude }), all.filter(({ doc }) => !exclude(doc)).slice(0, 5))
    }),
  )
})

test('a repeated query token counts as a weight, and one search leaves no trace in the next', () => {
  assert.deepEqual(
    index.scores(['t3', 't3', 't5']),
    index.scores(
      new Map([
        ['t3', 2],
        ['t5', 1],
      ]),
    ),
  )
  const before = index.search(['t1'], 5)
  index.search(['t0', 't2', 't4'], 5)
  assert.deepEqual(index.search(['t1'], 5), before)
})

test('an index of nothing finds nothing', () => {
  assert.deepEqual(Bm25Index.of([]).search(['a'], 3), [])
  assert.deepEqual(Bm25Index.of([[], []]).search(['a'], 3), [])
})
