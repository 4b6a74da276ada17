import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Bm25Index } from '../../search/bm25.ts'
import { mineNegatives } from '../../search/negatives.ts'
import { PassageIndexBuilder } from '../../search/passages/build.ts'
import { isSameGrid, meanLengthOnGrid, onGrid, rarityOnGrid } from '../../search/passages/collection.ts'
import { type Layer, LayeredIndex } from '../../search/passages/layered-index.ts'
import type { PassageIndex } from '../../search/passages/passage-index.ts'
import { wholeRarity } from '../../search/passages/posting-list.ts'
import { shiftOf } from '../../services/09-example-assembler/doubts.ts'
import { foundNow, unfoundScoreAtMost } from '../../services/09-example-assembler/negatives.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-layers-'))
after(() => rmSync(root, { recursive: true, force: true }))

type Tokens = readonly string[]

/** Weights of our own: those of the collection, whichever layer a term is in. */
async function indexOf(documents: readonly Tokens[], rarityOf: (term: string) => number): Promise<PassageIndex> {
  const builder = new PassageIndexBuilder(mkdtempSync(join(root, 'index-')))
  for (const tokens of documents) builder.add(tokens)
  return builder.finish({ meanLength: 4, rarityOf })
}

const term = fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'd', 'e', 'f')
const documents = fc.array(fc.array(term, { maxLength: 6 }), { maxLength: 30 })
const rarities: Readonly<Record<string, number>> = { a: 0.1, b: 0.5, c: 1, d: 2, e: 2, f: 3 }
const rarityOf = (term: string): number => rarities[term]!

const scene = fc.record({
  first: fc.array(fc.array(term, { maxLength: 6 }), { minLength: 1, maxLength: 30 }),
  second: documents,
  isGone: fc.func(fc.constantFrom(false, false, false, true)),
  query: fc.array(term, { minLength: 1, maxLength: 6 }),
  count: fc.integer({ min: 1, max: 3 }),
})

test('layers, some documents of which are gone, are searched as one index of those that are there', async () => {
  await fc.assert(
    fc.asyncProperty(scene, fc.nat(12), async ({ first, second, isGone, query }, k) => {
      const layers = await layersOf(first, second)
      const all = [...first, ...second]
      const there = [...all.keys()].filter((at) => !isGone(at))
      const layered = new LayeredIndex(layers, { isGone, compare: (a, b) => a - b })
      const whole = await indexOf(
        there.map((at) => all[at]!),
        rarityOf,
      )
      const expected = whole.search(query, k).map(({ doc, score }) => ({ doc: there[doc]!, score }))
      assert.deepEqual(layered.search(query, k), expected)
      const impactsOfB = there.map((at) => layered.impactOn(at, 'b'))
      assert.deepEqual(
        impactsOfB,
        there.map((_, at) => whole.impactOn(at, 'b')),
      )
      assert.ok(impactsOfB.every((impact) => impact <= layered.highestImpactOf('b')))
      for (const { index } of [...layers, { index: whole }]) await index.close()
    }),
    { numRuns: 60 },
  )
})

/** Terms that have become rarer or commoner. */
const reweighing: fc.Arbitrary<Record<string, number>> = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.constantFrom(0.5, 0.7, 1.5, 3),
  { maxKeys: 2 },
)

test('negatives that go on from what was found before are those of a search from scratch', async () => {
  await fc.assert(
    fc.asyncProperty(scene, reweighing, async ({ first, second, isGone, query, count }, factors) => {
      const before = await layersOf(first, second)
      const rarityNow = (term: string): number => rarityOf(term) * (factors[term] ?? 1)
      const layers = await layersOf(first, second, rarityNow)
      const all = [...first, ...second]
      // The one that is asked for, and what is new, are there.
      const isThere = {
        isGone: (at: number) => at !== 0 && at < first.length && isGone(at),
        compare: (a: number, b: number) => a - b,
      }
      const settings = { count, maxOverlap: 0.8 }
      const mining = (index: LayeredIndex, known?: ReturnType<typeof foundNow>) =>
        mineNegatives(
          index,
          (at) => new Set(all[at]),
          { tokens: query, positive: 0, isRelated: (at) => at % 4 === 1, ...(known && { known }) },
          [],
          settings,
        )
      const { found: was } = await mining(new LayeredIndex(before.slice(0, 1), { ...isThere, isGone: () => false }))
      const mined = { isAll: was.isAll, found: was.hits.flatMap(({ doc, score }) => [doc, score]) }
      const now = new LayeredIndex(layers, isThere)
      const reweighed = new Map(
        Object.keys(factors).map((term) => [term, wholeRarity(rarityNow(term)) - wholeRarity(rarityOf(term))]),
      )
      const shift = shiftOf({ all: query, distinct: new Set(query) }, reweighed, now)
      const come = now.since(first.length, query, comeAtMost, unfoundScoreAtMost(mined, shift))
      const found = foundNow(mined, come, isThere, shift)
      assert.deepEqual((await mining(now, found)).negatives, (await mining(now)).negatives)
      for (const layer of [...before, ...layers]) await layer.index.close()
    }),
    { numRuns: 60 },
  )
})

/** So few that there are often more. */
const comeAtMost = 3

async function layersOf(
  first: readonly Tokens[],
  second: readonly Tokens[],
  rarity = rarityOf,
): Promise<[Layer, Layer]> {
  return [
    { base: 0, index: await indexOf(first, rarity) },
    { base: first.length, index: await indexOf(second, rarity) },
  ]
}

test('a passage is found to score as much as asked for where a search says so', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.array(term, { maxLength: 5 }), async (docs, query) => {
      const index = await indexOf(docs, rarityOf)
      const hits = index.search(query, docs.length)
      for (const { score } of hits) assert.ok(index.hasHit(query, score))
      assert.ok(!index.hasHit(query, (hits[0]?.score ?? 0) + 1e-9))
      assert.equal(index.hasHit(query, 0), hits.length > 0)
      await index.close()
    }),
    { numRuns: 40 },
  )
})

test('on the grid, weights are those of BM25 with rounded figures, and most documents more leave them as they are', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 7, 8, 0.3].map((holders) => onGrid(holders, 4)),
    [0, 1, 4, 4, 4, 16, 0.25],
  )
  // 100 documents count as 128, 5 holders as 4; compared with the formula as the index in memory has it.
  const reference = Bm25Index.of(Array.from({ length: 128 }, (_, at) => (at < 4 ? ['x'] : ['y'])))
  assert.ok(Math.abs(rarityOnGrid({ documents: 100 }, 5) - reference.idf('x')) < 1e-12)
  assert.equal(meanLengthOnGrid({ documents: 10, tokens: 330 }), 32)
  const size = { documents: 100, tokens: 3_300 }
  assert.ok(isSameGrid(size, { documents: 101, tokens: 3_340 }))
  assert.ok(!isSameGrid(size, { documents: 90, tokens: 2_970 }))
})
