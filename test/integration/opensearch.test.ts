/** A trained model in a real OpenSearch: published, indexed, searched, upgraded, rolled back. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { loadSparseEncoder, type SparseEncoder } from '../../model/sparse-encoder.ts'
import { aliasedIndex, metaOf, rollBack } from '../../opensearch/alias.ts'
import { readBundle } from '../../opensearch/bundle.ts'
import { type Cluster, openCluster } from '../../opensearch/cluster.ts'
import { indexArticles, refresh } from '../../opensearch/indexing.ts'
import { predict } from '../../opensearch/models.ts'
import { type Publication, prepare } from '../../opensearch/publish.ts'
import { openSearcher } from '../../opensearch/search.ts'
import { upgrade } from '../../opensearch/upgrade.ts'
import { openSearchIndexes } from '../../runtime/search-indexes.ts'
import { naru } from '../cli/command-line.ts'
import { toyTitles } from '../model/toy.ts'
import { streamOf, toyArticles, toyExport } from '../opensearch/toy-export.ts'
import { searchIndexSuite } from './search-indexes.suite.ts'
import { skipWithoutOpenSearch, startOpenSearch } from './servers.ts'

const skip = skipWithoutOpenSearch()
const root = mkdtempSync(join(tmpdir(), 'naru-opensearch-'))
const weightTolerance = 1e-4
const watch = { refused: (refusal: object) => assert.fail(JSON.stringify(refusal)) }
const documents = toyTitles.korean.length + toyTitles.english.length

let server: Awaited<ReturnType<typeof startOpenSearch>>
let cluster: Cluster
let first: string
let second: string
let encoder: SparseEncoder

before(async () => {
  if (skip) return
  ;[server, first] = await Promise.all([startOpenSearch(), toyExport(root, 1)])
  second = await toyExport(root, 2)
  cluster = openCluster(server.url, {})
  encoder = await loadSparseEncoder(first)
})
after(async () => {
  await encoder?.close()
  await cluster?.close()
  await server?.remove()
  rmSync(root, { recursive: true, force: true })
})

async function bundlesOf(folder: string) {
  return { encoder: await readBundle(folder, 'encoder'), tokenizer: await readBundle(folder, 'tokenizer') }
}

const publication = (alias: string, changes: Partial<Publication> = {}): Publication => ({
  alias,
  model: 'toy',
  mode: 'bilingual',
  vectors: 'exact',
  pruneRatio: 0,
  ...changes,
})

async function publishAndIndex(alias: string, changes: Partial<Publication> = {}, byCluster = false) {
  const published = await prepare(cluster, await bundlesOf(first), publication(alias, changes))
  const { index, meta } = published
  const target = { index, meta, ...(byCluster ? {} : { encoder }) }
  const figures = await indexArticles(cluster, streamOf(toyArticles), target, watch)
  await refresh(cluster, index)
  return { ...published, figures }
}

/** Title of the English article that a Korean word finds, for each word. */
async function answers(
  alias: string,
  mode: 'neural' | 'doc-only' | 'hybrid' = 'neural',
): Promise<(string | undefined)[]> {
  const searcher = await openSearcher(cluster, alias)
  const found = []
  for (const text of toyTitles.korean) {
    found.push((await searcher.search({ text, mode, k: 1, language: 'en' }))[0]?.title)
  }
  return found
}

test('what the cluster computes for a text is what we compute', { skip }, async () => {
  const { meta } = await publishAndIndex('predicted')
  const texts = toyArticles.map(({ lead, title }) => lead || title)
  const theirs = await predict(cluster, meta.documentModel, 'SPARSE_ENCODING', texts)
  const ours = await encoder.encode(texts)
  for (const [at, { terms, weights }] of ours.entries()) {
    const expected = new Map([...terms].map((id, i) => [encoder.tokenOf(id), weights[i]!]))
    assert.deepEqual([...theirs[at]!.keys()].sort(), [...expected.keys()].sort())
    for (const [term, weight] of expected) assert.ok(Math.abs(theirs[at]!.get(term)! - weight) <= weightTolerance, term)
  }
})

for (const [byCluster, who] of [
  [false, 'us'],
  [true, 'the cluster'],
] as const) {
  test(`a Korean query finds the English article, encoded by ${who}`, { skip }, async () => {
    const { figures } = await publishAndIndex(`by-${byCluster}`, {}, byCluster)
    assert.equal(figures.indexed, documents)
    assert.deepEqual([...figures.dropped], [['other_kind_of_page', 1]])
    const found = await answers(`by-${byCluster}`)
    const right = found.filter((title, at) => title === toyTitles.english[at]).length
    assert.ok(right >= 10, `${right} of 12: ${found}`)
  })
}

test('approximate vectors find what exact ones find', { skip }, async () => {
  await publishAndIndex('exact')
  await publishAndIndex('approximate', { vectors: 'ann' })
  assert.deepEqual(await answers('approximate'), await answers('exact'))
})

test('queries can be weighed by their tokens alone, and words and terms can be asked together', { skip }, async () => {
  await publishAndIndex('weighed', { mode: 'doc-only' })
  const right = (await answers('weighed', 'doc-only')).filter((title, at) => title === toyTitles.english[at]).length
  assert.ok(right >= 6, `${right} of 12`)
  assert.ok((await answers('weighed', 'hybrid')).every((title) => title !== undefined))
  const searcher = await openSearcher(cluster, 'weighed')
  const [own] = await searcher.search({ text: 'water', mode: 'bm25', k: 1 })
  assert.equal(own?.title, 'water')
  await assert.rejects(searcher.search({ text: 'water', mode: 'neural', k: 1 }), { code: 'SEARCH_MODE' })
})

test('publishing the same model again changes nothing', { skip }, async () => {
  const bundles = await bundlesOf(first)
  assert.equal((await prepare(cluster, bundles, publication('again'))).unchanged, false)
  const stateOf = () =>
    cluster.ask(
      z.looseObject({ metadata: z.looseObject({ indices: z.looseObject({}) }) }),
      'GET',
      '/_cluster/state/metadata/again*',
      {
        query: { filter_path: 'metadata.ingest,metadata.search_pipeline,metadata.indices' },
      },
    )
  const state = await stateOf()
  assert.equal(Object.keys(state.metadata.indices).length, 1)
  assert.equal((await prepare(cluster, bundles, publication('again'))).unchanged, true)
  assert.deepEqual(await stateOf(), state)
})

test('while a model is replaced every search is answered in full, nothing written meanwhile is lost, and a roll-back undoes it', {
  skip,
}, async () => {
  const { index: old } = await publishAndIndex('moving')
  const searcher = await openSearcher(cluster, 'moving')
  const counts: number[] = []
  let isOver = false
  const searching = (async () => {
    while (!isOver) counts.push((await searcher.search({ text: 'thing 것', mode: 'bm25', k: 50 })).length)
  })()
  const published = await prepare(cluster, await bundlesOf(second), publication('moving'))
  assert.equal(published.replaces, old)
  assert.equal(await aliasedIndex(cluster, 'moving'), old)
  const meta = await metaOf(cluster, old)
  const late = { ...toyArticles[0]!, pageId: 500, title: 'late', lead: 'late 것' }
  const lateWrite = indexArticles(cluster, streamOf([late]), { index: old, meta: meta!, encoder }, watch)
  const newEncoder = await loadSparseEncoder(second)
  const moved = await upgrade(cluster, 'moving', published, newEncoder, watch)
  await lateWrite
  await newEncoder.close()
  isOver = true
  await searching
  assert.equal(moved?.from, old)
  assert.equal(await aliasedIndex(cluster, 'moving'), published.index)
  assert.ok(counts.length > 0 && counts.every((count) => count >= documents), `${counts}`)
  const found = await searcher.search({ text: 'late', mode: 'bm25', k: 1 })
  assert.equal(found[0]?.title, 'late')

  assert.deepEqual(await rollBack(cluster, 'moving'), { from: published.index, to: old })
  assert.equal(await aliasedIndex(cluster, 'moving'), old)
})

test('the command line publishes, indexes and searches', { skip }, async () => {
  const environment = { NARU_OPENSEARCH_URL: server.url }
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await naru(['opensearch', ...args, '--index', 'by-hand'], environment)
    assert.equal(code, 0, stderr)
    return JSON.parse(stdout)
  }
  const articles = join(root, 'articles.jsonl')
  writeFileSync(articles, toyArticles.map((article) => `${JSON.stringify(article)}\n`).join(''))
  const out = ['--out', root, '--model', first]
  assert.equal((await run('publish', ...out, '--json')).unchanged, false)
  assert.equal((await run('index', articles, ...out, '--json')).indexed, documents)
  const { hits } = await run('search', '물', '--lang', 'en', '--json')
  assert.equal(hits[0].title, 'water')
})

// Here, not in a file of its own: a server of its own would cost half a minute.
searchIndexSuite('a search index in OpenSearch', { skip, place: () => server.url, exactLength: 40 })

test('search indexes are gone from the cluster after the run, and after the next one where a run was killed', {
  skip,
}, async () => {
  const names = async () =>
    (
      await cluster.ask(z.array(z.object({ index: z.string() })), 'GET', '/_cat/indices/naru-search-of-*', {
        query: { format: 'json', h: 'index' },
      })
    ).map(({ index }) => index)
  const { signal } = new AbortController()
  const folder = join(root, 'search-indexes')
  const killed = openSearchIndexes(folder, signal)
  await killed.build(server.url, 'of-killed', [['a']])
  const others = openSearchIndexes(join(root, 'others'), signal)
  await others.build(server.url, 'of-others', [['a']])
  const next = openSearchIndexes(folder, signal)
  await next.build(server.url, 'of-next', [['a']])
  assert.deepEqual((await names()).map((name) => name.split('-')[3]).sort(), ['next', 'others'])
  await next.dispose()
  await others.dispose()
  await killed.dispose()
  assert.deepEqual(await names(), [])
})
