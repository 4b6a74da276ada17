/** What every place of a search index promises; run over a folder and over an OpenSearch. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openSearchIndexes } from '../../runtime/search-indexes.ts'
import { Bm25Index } from '../../search/bm25.ts'
import { hardestOfWater, negativesOfWater } from '../services/assembler-world.ts'

interface Place {
  readonly skip: string | false
  /** Asked for when the test runs. */
  readonly place: () => string
  /** Lengths up to which a document's length counts exactly. */
  readonly exactLength: number
}

/** A language of our own: a few words everywhere, most hardly anywhere. */
function wordsOf(seed: number, length: number): string[] {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return `낱말${Math.floor(400 * (state / 2 ** 32) ** 3)}`
  })
}

export function searchIndexSuite(name: string, { skip, place, exactLength }: Place): void {
  // With a hook of its own end: whoever owns the server may stop it before the file is through.
  describe(name, () => suite({ skip, place, exactLength }))
}

function suite({ skip, place, exactLength }: Place): void {
  const folder = mkdtempSync(join(tmpdir(), 'naru-search-indexes-'))
  const indexes = openSearchIndexes(folder, new AbortController().signal)
  after(async () => {
    await indexes.dispose()
    rmSync(folder, { recursive: true, force: true })
  })

  const documents = Array.from({ length: 300 }, (_, at) => wordsOf(at + 1, 1 + (at % exactLength)))
  const queries = Array.from({ length: 40 }, (_, at) => wordsOf(1_000 + at, 1 + at))

  test(`the ranking is that of BM25 in double precision`, { skip }, async () => {
    const index = await indexes.build(place(), 'ranking', documents)
    assert.equal(index.documentCount, documents.length)
    const reference = Bm25Index.of(documents)
    const found = await Promise.all(queries.map((query) => index.search(query, 10)))
    for (const [at, query] of queries.entries()) {
      const scores = reference.scores(query)
      const best = reference.search(query, 10)
      assert.equal(found[at]!.length, best.length)
      const scale = (found[at]![0]?.score ?? 1) / (best[0]?.score ?? 1)
      for (const [rank, { doc, score }] of found[at]!.entries()) {
        // Scores are rounded, to 2⁻²⁴ a term or to a float: what is equal but for that may stand either way.
        assert.ok(Math.abs(scores[doc]! - best[rank]!.score) < 1e-5, `${query} at ${rank}`)
        assert.ok(Math.abs(score / scale - scores[doc]!) < 1e-5)
      }
    }
  })

  test(`equal documents come by their number, and no more than there are`, { skip }, async () => {
    const index = await indexes.build(place(), 'ties', [['a'], ['b'], ['a'], ['a'], ['a', 'c']])
    const docsOf = async (terms: readonly string[], k: number) => (await index.search(terms, k)).map(({ doc }) => doc)
    assert.deepEqual(await docsOf(['a'], 2), [0, 2])
    assert.deepEqual(await docsOf(['a'], 100), [0, 2, 3, 4])
    assert.deepEqual(await docsOf(['a'], 0), [])
    assert.deepEqual(await docsOf(['unknown'], 5), [])
    assert.deepEqual(await docsOf([], 5), [])
    assert.deepEqual(await docsOf(['a', 'c', 'c'], 1), [4])
  })

  test(`any text is a term, of any length, and nothing is folded`, { skip }, async () => {
    const long = 'ㄱ'.repeat(20_000)
    const terms = ['A b', 'a b', '', '"quote\n', long, `${long}ㄴ`, '😀']
    const index = await indexes.build(
      place(),
      'terms',
      terms.map((term) => [term]),
    )
    for (const [at, term] of terms.entries()) {
      assert.deepEqual(
        (await index.search([term], 5)).map(({ doc }) => doc),
        [at],
      )
    }
  })

  test(`a long text is looked for, and an index may be empty or hold empty documents`, { skip }, async () => {
    const index = await indexes.build(place(), 'long', [[], ['w7'], []])
    const long = Array.from({ length: 5_000 }, (_, at) => `w${at}`)
    assert.deepEqual(
      (await index.search(long, 5)).map(({ doc }) => doc),
      [1],
    )
    const none = await indexes.build(place(), 'none', [])
    assert.deepEqual([none.documentCount, await none.search(['a'], 5)], [0, []])
  })

  test(`the assembler finds the hardest negatives, and none that may be an answer`, { skip }, async (t) => {
    assert.deepEqual(await negativesOfWater(t, { searchIndex: place(), negatives: 3 }), hardestOfWater)
  })
}
