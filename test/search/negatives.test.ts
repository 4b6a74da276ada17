import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Bm25Index } from '../../search/bm25.ts'
import { defaultMining, mineNegatives, overlap } from '../../search/negatives.ts'

/** All documents once, from a place on that the seed says. */
function* fillsFrom(seed: number, size: number): Iterable<number> {
  for (let at = 0; at < size; at++) yield (Math.abs(seed % size) + at) % size
}

const documents = [
  ['seoul', 'capital', 'korea', 'han', 'river'],
  ['seoul', 'capital', 'korea', 'han', 'city'],
  ['seoul', 'university', 'founded', 'campus'],
  ['busan', 'port', 'korea', 'sea'],
  ['seoul', 'metro', 'line', 'trains'],
  ['tiger', 'animal'],
  ['piano', 'music'],
]
const index = Bm25Index.of(documents)
const tokensOf = (doc: number): Set<string> => new Set(documents[doc])
const query = { tokens: ['seoul', 'korea'], positive: 0, isRelated: (doc: number) => doc === 2 }

test('negatives are the best hits without the answer, its kin and its near copy', async () => {
  const { negatives, rejected } = await mineNegatives(index, tokensOf, query, fillsFrom(1, documents.length), {
    count: 2,
    maxOverlap: 0.5,
  })
  assert.deepEqual(
    negatives.map(({ doc, origin }) => [doc, origin]),
    [
      [3, 'bm25'],
      [4, 'bm25'],
    ],
  )
  assert.deepEqual(rejected, { related: 1, overlapping: 1 })
})

test('random documents fill up where the ranking is too short, the same for the same seed', async () => {
  const settings = { count: 4, maxOverlap: 0.5 }
  const once = await mineNegatives(index, tokensOf, query, fillsFrom(5, documents.length), settings)
  assert.deepEqual(await mineNegatives(index, tokensOf, query, fillsFrom(5, documents.length), settings), once)
  assert.deepEqual(
    once.negatives.slice(2).map(({ doc, score, origin }) => ({ known: [5, 6].includes(doc), score, origin })),
    Array.from({ length: 2 }, () => ({ known: true, score: 0, origin: 'random' })),
  )
})

test('a corpus with too few allowed documents gives what there is', async () => {
  const { negatives } = await mineNegatives(index, tokensOf, query, fillsFrom(5, documents.length), {
    count: 50,
    maxOverlap: 0.5,
  })
  assert.deepEqual(negatives.map(({ doc }) => doc).sort(), [3, 4, 5, 6])
})

test('whatever the corpus, no negative is the answer, related, a near copy or there twice', async () => {
  const tokens = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(tokens, { minLength: 1, maxLength: 25 }),
      tokens,
      fc.integer(),
      async (docs, terms, seed) => {
        const isRelated = (doc: number): boolean => doc % 5 === 1
        const { negatives } = await mineNegatives(
          Bm25Index.of(docs),
          (doc) => new Set(docs[doc]),
          { tokens: terms, positive: 0, isRelated },
          fillsFrom(seed, docs.length),
        )
        const allowed = docs.filter(
          (doc, at) =>
            at !== 0 && !isRelated(at) && overlap(new Set(doc), new Set(docs[0])) <= defaultMining.maxOverlap,
        )
        assert.equal(negatives.length, Math.min(defaultMining.count, allowed.length))
        assert.equal(new Set(negatives.map(({ doc }) => doc)).size, negatives.length)
        for (const { doc } of negatives) assert.ok(allowed.includes(docs[doc] ?? []))
      },
    ),
  )
})
