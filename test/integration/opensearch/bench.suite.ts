/** The bench on a handful of articles: that it measures what it says, not how good the toy is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { renderBenchPage } from '../../../cli/report/opensearch-page.ts'
import { type BenchQuery, percentile, runBench } from '../../../opensearch/bench.ts'
import { toyTitles } from '../../model/toy.ts'
import { streamOf, toyArticles } from '../../opensearch/toy-export.ts'
import { documents, type OpenSearchWorld, watch } from './world.ts'

const queries = toyTitles.korean.map((text, at): BenchQuery => {
  return { text, language: 'en', titles: new Set([toyTitles.english[at]!]) }
})

export function benchTests(world: () => OpenSearchWorld, skip: string | false): void {
  test('the bench asks every way of searching, both ways of encoding, and leaves nothing in the cluster', {
    skip,
  }, async () => {
    const { cluster, encoder, bundles } = world()
    const articles = () => streamOf(toyArticles)
    const input = { articles, queries, encoder, bundles, pruneRatio: 0 }
    const figures = await runBench(cluster, 'measured', input, watch, () => undefined)

    const hits = new Map(figures.systems.map(({ system, quality }) => [system, quality.hitAt1]))
    const [words = '', ...others] = hits.keys()
    assert.match(words, /^BM25, (nori|pairs of syllables)$/)
    assert.deepEqual(others, ['neural sparse', 'hybrid', 'neural sparse, doc-only', 'neural sparse, SEISMIC'])
    // Korean words stand in no English article; the toy was trained to find them all the same.
    assert.equal(hits.get(words), 0)
    assert.ok(hits.get('neural sparse')! >= 10 / 12, `${hits.get('neural sparse')}`)
    assert.equal(hits.get('neural sparse, SEISMIC'), hits.get('neural sparse'))
    for (const { p50, p95, p99, queriesPerSecond } of figures.systems) {
      assert.ok(p50 > 0 && p50 <= p95 && p95 <= p99 && queriesPerSecond > 0)
    }
    assert.deepEqual(
      figures.indices.map(({ system }) => system),
      ['bilingual', 'doc-only', 'ann'],
    )
    for (const size of figures.indices) {
      assert.equal(size.documents, documents)
      assert.ok(size.bytes > 0 && size.documentsPerSecond > 0 && size.byClusterPerSecond > 0)
    }
    assert.deepEqual(await cluster.ask(z.record(z.string(), z.unknown()), 'GET', '/measured*'), {})

    const page = renderBenchPage('toy', figures)
    for (const name of hits.keys()) assert.ok(page.includes(name), name)
    assert.equal(page.match(/<svg /g)?.length, 3)
  })

  test('a percentile is the smallest value that at least so many are not above', () => {
    // Worked by hand: nearest rank, https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
    const sorted = [15, 20, 35, 40, 50]
    assert.deepEqual(
      [0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(sorted, share)),
      [15, 20, 20, 35, 50],
    )
  })
}
