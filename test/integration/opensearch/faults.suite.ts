/** Articles into the index while things go wrong between, or in the cluster: nothing is lost, nothing goes unsaid. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type BulkFigures, type BulkSettings, bulkIndex, defaultBulk } from '../../../opensearch/bulk.ts'
import { type Cluster, openCluster } from '../../../opensearch/cluster.ts'
import { documentOf, type IndexDocument } from '../../../opensearch/documents.ts'
import { refresh } from '../../../opensearch/indexing.ts'
import { naru } from '../../cli/command-line.ts'
import { streamOf, toyArticles } from '../../opensearch/toy-export.ts'
import { type Fault, openProxy } from './proxy.ts'
import { documents, type OpenSearchWorld, publish, watch } from './world.ts'

const toyDocuments = toyArticles.map(documentOf).filter((document) => typeof document !== 'string')
const anything = z.unknown()
const idsShape = z.looseObject({ hits: z.looseObject({ hits: z.array(z.looseObject({ _id: z.string() })) }) })

async function idsIn(cluster: Cluster, index: string): Promise<readonly string[]> {
  await refresh(cluster, index)
  const body = { size: 1000, _source: false, query: { match_all: {} } }
  // The index's own pipeline is for searches by the model.
  const query = { search_pipeline: '_none' }
  const { hits } = await cluster.ask(idsShape, 'POST', `/${index}/_search`, { body, query })
  return hits.hits.map(({ _id }) => _id).sort()
}

/** Small requests, so that there are many of them. */
const settingsOf = (index: string, changes: Partial<BulkSettings> = {}): BulkSettings => ({
  ...{ ...defaultBulk, index, encodedByCluster: false, requestBytes: 600, pauseMs: 20 },
  ...changes,
})

export function faultTests(world: () => OpenSearchWorld, skip: string | false): void {
  /** Indexes through a proxy at which requests fail as told, by their number. */
  async function indexThrough(
    fault: (number: number) => Fault | undefined,
    settings: BulkSettings,
    indexed: AsyncIterable<IndexDocument> = streamOf(toyDocuments),
  ): Promise<BulkFigures> {
    const proxy = await openProxy({
      upstream: world().url,
      fault: (path, number) => (path === '/_bulk' ? fault(number) : undefined),
    })
    const cluster = openCluster(proxy.url, {})
    try {
      return await bulkIndex(cluster, indexed, settings, watch.refused)
    } finally {
      await cluster.close()
      await proxy.close()
    }
  }

  test('what is put off, cut off or answered by halves is sent again until every document is there', {
    skip,
  }, async () => {
    const { index } = await publish(world(), 'disturbed')
    const faults: readonly Fault[] = [429, 'reset', 503, 'lost', 'cut', 429, 502, 'cut', 'lost', 504]
    const figures = await indexThrough((number) => faults[number], settingsOf(index))
    assert.deepEqual(await idsIn(world().cluster, index), toyDocuments.map(({ id }) => id).sort())
    assert.equal(figures.indexed, documents)
    assert.ok(figures.retried >= faults.length, `${figures.retried} sent again`)
    assert.equal(figures.refused, 0)
  })

  test('documents that the cluster itself puts off are sent again until it takes them', { skip }, async () => {
    const { cluster } = world()
    const { index } = await publish(world(), 'full')
    const block = (is: boolean) =>
      // What OpenSearch does by itself when a disk is full; each document is then answered with 429.
      cluster.ask(anything, 'PUT', `/${index}/_settings`, {
        body: { 'index.blocks.read_only_allow_delete': is || null },
      })
    await block(true)
    const filling = indexThrough(() => undefined, settingsOf(index, { pauseMs: 100 }))
    await delay(300)
    await block(false)
    const figures = await filling
    assert.ok(figures.retried > 0)
    assert.equal(figures.indexed, documents)
    assert.equal((await idsIn(cluster, index)).length, documents)
  })

  test('a cluster that stays busy ends the work with its reason; the same command later brings the rest', {
    skip,
  }, async () => {
    const { index } = await publish(world(), 'busy')
    const settings = settingsOf(index, { tries: 2, concurrency: 1 })
    await assert.rejects(
      indexThrough((number) => (number < 2 ? undefined : 429), settings),
      { code: 'OPENSEARCH_OVERLOADED', message: /too much at once/ },
    )
    const before = await idsIn(world().cluster, index)
    assert.ok(before.length > 0 && before.length < documents, `${before.length}`)
    await indexThrough(() => undefined, settings)
    assert.equal((await idsIn(world().cluster, index)).length, documents)
  })

  test('no further document is read than the requests under way can hold', { skip }, async () => {
    const { index } = await publish(world(), 'slow')
    let open: () => void = () => undefined
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const proxy = await openProxy({ upstream: world().url, hold: () => opened })
    const cluster = openCluster(proxy.url, {})
    let read = 0
    async function* counted() {
      for (const document of toyDocuments) {
        read++
        yield document
      }
    }
    const filling = bulkIndex(cluster, counted(), settingsOf(index, { requestBytes: 1, concurrency: 2 }), watch.refused)
    await delay(300)
    const readMeanwhile = read
    open()
    const { indexed } = await filling
    await cluster.close()
    await proxy.close()
    // Two on their way, one that waits to follow, and the one by which that is known to be full.
    assert.ok(readMeanwhile <= 4, `${readMeanwhile} read`)
    assert.equal(indexed, documents)
  })

  test('what the cluster will never take is counted by its reason and kept in a file, the others are indexed', {
    skip,
  }, async () => {
    const { root, url, first } = world()
    const { index } = await publish(world(), 'refusing')
    const out = join(root, 'refusing')
    mkdirSync(out)
    const file = join(out, 'articles.jsonl')
    // No long: only the cluster knows that.
    const refused = { ...toyArticles[0]!, pageId: 1e30 }
    writeFileSync(file, [...toyArticles, refused].map((article) => `${JSON.stringify(article)}\n`).join(''))
    const { code, stdout, stderr } = await naru(
      ['opensearch', 'index', file, '--index', 'refusing', '--out', out, '--model', first, '--json'],
      { NARU_OPENSEARCH_URL: url },
    )
    assert.equal(code, 0, stderr)
    const figures = JSON.parse(stdout)
    assert.deepEqual(
      [figures.indexed, figures.refused, figures.refusedBy, figures.dropped],
      [documents, 1, { '400 mapper_parsing_exception': 1 }, { other_kind_of_page: 1 }],
    )
    const [letter] = readFileSync(join(out, 'state', 'opensearch-dead', `${index}.jsonl`), 'utf8')
      .trim()
      .split('\n')
    const { id, status, reason } = JSON.parse(letter!)
    assert.deepEqual([id, status], ['kowiki:1e+30', 400])
    assert.match(reason, /pageId/)
  })
}
