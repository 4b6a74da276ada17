/** OpenSearch as the place of the search indexes that a run makes for itself. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { bigrams } from '../../../language/tokens.ts'
import { openSearchIndexes } from '../../../runtime/search-indexes.ts'
import { Bm25Index } from '../../../search/bm25.ts'
import { defaultBm25, inverseFrequency, lengthNorm, meanLengthOf } from '../../../search/bm25-formula.ts'
import { assemble, english } from '../../services/assembler-world.ts'
import { searchIndexSuite } from '../search-indexes.suite.ts'
import type { OpenSearchWorld } from './world.ts'

/**
 * A document's length after Lucene has kept it in one byte: its four highest bits beyond 24, so that a length of 40 and more is
 * rounded down by an eighth at most. Source: Lucene's SmallFloat.intToByte4 (org.apache.lucene.util).
 */
function keptLength(length: number): number {
  const exact = 24
  if (length < exact) return length
  const shift = Math.max(0, Math.floor(Math.log2(Math.max(1, length - exact))) - 3)
  return exact + (((length - exact) >> shift) << shift)
}

const filling = (count: number): string[] => Array.from({ length: count }, (_, at) => `b${at}`)

export function searchIndexTests(world: () => OpenSearchWorld, skip: string | false): void {
  searchIndexSuite('a search index in OpenSearch', { skip, place: () => world().url, exactLength: 40 })

  test("the assembler's negatives come in the order of BM25 in double precision", { skip }, async (t) => {
    const { examples } = await assemble(t, english, { kinds: ['title_lead'], searchIndex: world().url, negatives: 3 })
    const leads = english.flatMap(({ topic, value }) =>
      topic === 'articles' && value.language === 'en' ? [value.lead] : [],
    )
    const index = Bm25Index.of(leads.map(bigrams))
    const mined = examples.filter(({ documentLanguage }) => documentLanguage === 'en')
    assert.ok(mined.length > 0)
    for (const { positiveDoc, negativeDocs } of mined) {
      const scores = index.scores(bigrams(positiveDoc))
      const ofNegatives = negativeDocs.map((text) => scores[leads.indexOf(text)]!)
      assert.ok(ofNegatives.some((score) => score > 0))
      // Lucene rounds a score to a float.
      for (const [at, score] of ofNegatives.slice(1).entries()) assert.ok(score < ofNegatives[at]! + 1e-5, positiveDoc)
    }
  })

  test('beyond 40 terms a length counts as Lucene keeps it, and nothing else tells the scores from the formula', {
    skip,
  }, async () => {
    const lengths = [1, 39, 40, 41, 57, 100, 333, 2_000]
    const documents = lengths.map((length) => (length === 1 ? ['a'] : ['a', 'a', ...filling(length - 2)]))
    const { signal } = new AbortController()
    const indexes = openSearchIndexes(join(world().root, 'lengths'), signal)
    const index = await indexes.build(world().url, 'lengths', documents)
    const found = new Map((await index.search(['a'], documents.length)).map(({ doc, score }) => [doc, score]))
    await indexes.dispose()
    const tokens = documents.reduce((sum, { length }) => sum + length, 0)
    for (const [doc, terms] of documents.entries()) {
      const frequency = terms.filter((term) => term === 'a').length
      const norm = lengthNorm(keptLength(terms.length), meanLengthOf(documents.length, tokens), defaultBm25)
      const idf = inverseFrequency(documents.length, documents.length)
      const expected = (idf * frequency) / (frequency + norm)
      assert.ok(Math.abs(found.get(doc)! - expected) < 1e-6, `${terms.length}: ${found.get(doc)} ${expected}`)
    }
  })

  test('search indexes are gone from the cluster after the run, and after the next one where a run was killed', {
    skip,
  }, async () => {
    const { cluster, root, url } = world()
    const names = async () =>
      (
        await cluster.ask(z.array(z.object({ index: z.string() })), 'GET', '/_cat/indices/naru-search-of-*', {
          query: { format: 'json', h: 'index' },
        })
      ).map(({ index }) => index)
    const { signal } = new AbortController()
    const folder = join(root, 'search-indexes')
    const killed = openSearchIndexes(folder, signal)
    await killed.build(url, 'of-killed', [['a']])
    const others = openSearchIndexes(join(root, 'others'), signal)
    await others.build(url, 'of-others', [['a']])
    const next = openSearchIndexes(folder, signal)
    await next.build(url, 'of-next', [['a']])
    assert.deepEqual((await names()).map((name) => name.split('-')[3]).sort(), ['next', 'others'])
    await next.dispose()
    await others.dispose()
    await killed.dispose()
    assert.deepEqual(await names(), [])
  })
}
