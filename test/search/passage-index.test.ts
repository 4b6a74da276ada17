import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { Bm25Index } from '../../search/bm25.ts'
import { PassageIndexBuilder } from '../../search/passages/build.ts'
import { PassageIndex } from '../../search/passages/passage-index.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-passages-'))
after(() => rmSync(root, { recursive: true, force: true }))

async function indexOf(documents: Iterable<readonly string[]>, cacheBytes?: number): Promise<PassageIndex> {
  const builder = new PassageIndexBuilder(mkdtempSync(join(root, 'index-')))
  for (const tokens of documents) builder.add(tokens)
  return builder.finish(cacheBytes === undefined ? {} : { cacheBytes })
}

interface Reference {
  readonly documents: readonly (readonly string[])[]
  readonly queries: readonly (readonly string[])[]
  readonly formula: readonly (readonly number[])[]
  readonly bm25s: readonly (readonly number[])[]
}
const reference: Reference = JSON.parse(readFileSync(new URL('reference/bm25.json', import.meta.url), 'utf8'))

test('each score is that of the formula, and of bm25s to single precision', async () => {
  const index = await indexOf(reference.documents)
  for (const [at, query] of reference.queries.entries()) {
    const scores = new Map(index.search(query, reference.documents.length).map(({ doc, score }) => [doc, score]))
    for (const doc of reference.documents.keys()) {
      const score = scores.get(doc) ?? 0
      assert.ok(Math.abs(score - reference.formula[at]![doc]!) < 1e-5, `query ${at}, document ${doc}`)
      assert.ok(Math.abs(score - reference.bm25s[at]![doc]!) < 1e-5, `query ${at}, document ${doc}`)
    }
  }
  await index.close()
})

/** Zipfian, so that some terms are in most documents and others in one. */
function corpus(size: number, seed: number): string[][] {
  const random = seeded(seed)
  const token = (): string => `t${Math.floor(400 ** random()) - 1}`
  return Array.from({ length: size }, () => Array.from({ length: 1 + Math.floor(12 * random()) }, token))
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 8) / 2 ** 24
  }
}

test('over several segments and windows, the best are those of the index in memory', async () => {
  const documents = corpus(70_000, 1)
  const [small, exact] = [await indexOf(documents, 1), Bm25Index.of(documents)]
  for (const query of [...corpus(60, 2), ['t0'], ['t0', 't0', 't1'], ['t399', 'unknown'], []]) {
    const hits = small.search(query, 10)
    const expected = exact.search(query, 10)
    const scores = exact.scores(query)
    assert.equal(hits.length, expected.length)
    hits.forEach(({ doc, score }, rank) => {
      assert.ok(Math.abs(score - scores[doc]!) < 1e-5)
      assert.ok(Math.abs(score - expected[rank]!.score) < 1e-5)
    })
  }
  await small.close()
})

const term = fc.constantFrom('a', 'b', 'c', 'd', '한국', 'line\nend', 'x'.repeat(3000))
const documents = fc.array(fc.array(term, { maxLength: 6 }), { maxLength: 40 })

test('the k best are the first k of all, whatever the corpus and the query', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.array(term, { maxLength: 5 }), fc.nat(12), async (docs, query, k) => {
      const index = await indexOf(docs)
      const all = index.search(query, docs.length + 1)
      const scores = docs.length === 0 ? [] : [...Bm25Index.of(docs).scores(query)]
      assert.equal(all.length, scores.filter((score) => score > 0).length)
      for (const { doc, score } of all) assert.ok(Math.abs(score - scores[doc]!) < 1e-5)
      const inOrder = [...all].sort((a, b) => b.score - a.score || a.doc - b.doc)
      assert.deepEqual(all, inOrder)
      assert.deepEqual(index.search(query, k), all.slice(0, k))
      await index.close()
    }),
    { numRuns: 60 },
  )
})

test('an index is there again when it is opened, and nothing but it is in its folder', async () => {
  const folder = join(root, 'kept')
  const builder = new PassageIndexBuilder(folder)
  for (const tokens of corpus(500, 3)) builder.add(tokens)
  const index = await builder.finish()
  const hits = index.search(['t1', 't7'], 5)
  await index.close()
  const again = PassageIndex.open(folder)
  assert.equal(again.documentCount, 500)
  assert.deepEqual(again.search(['t1', 't7'], 5), hits)
  await again.close()
  assert.deepEqual(readdirSync(folder).sort(), ['index.json', 'postings', 'terms'])
  assert.throws(() => PassageIndex.open(join(root, 'none')), { code: 'INDEX_MISSING' })
})

test('postings that were cut off are told, not searched', async () => {
  const folder = join(root, 'cut')
  const builder = new PassageIndexBuilder(folder)
  builder.add(['a', 'b'])
  await (await builder.finish()).close()
  truncateSync(join(folder, 'postings'), 10)
  const index = PassageIndex.open(folder)
  assert.throws(() => index.search(['b'], 1), { code: 'INDEX_TRUNCATED' })
  await index.close()
})
