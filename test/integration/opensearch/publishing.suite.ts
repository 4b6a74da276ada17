/** A trained model published, indexed, searched, upgraded, rolled back. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { parityTexts } from '../../../model/export/parity-texts.ts'
import { loadSparseEncoder } from '../../../model/sparse-encoder.ts'
import { requireAgreement } from '../../../opensearch/agreement.ts'
import { aliasedIndex, metaOf, rollBack } from '../../../opensearch/alias.ts'
import { readBundle } from '../../../opensearch/bundle.ts'
import { indexArticles } from '../../../opensearch/indexing.ts'
import { deployModel, registerModel } from '../../../opensearch/models.ts'
import { prepare } from '../../../opensearch/publish.ts'
import { openSearcher } from '../../../opensearch/search.ts'
import { upgrade } from '../../../opensearch/upgrade.ts'
import { naru } from '../../cli/command-line.ts'
import { toyTitles } from '../../model/toy.ts'
import { streamOf, toyArticles } from '../../opensearch/toy-export.ts'
import {
  answersOf,
  bundlesOf,
  documents,
  type OpenSearchWorld,
  publicationOf,
  publishAndIndex,
  watch,
} from './world.ts'

export function publishingTests(world: () => OpenSearchWorld, skip: string | false): void {
  test('a model is published only where the cluster computes for a text what we compute', { skip }, async () => {
    const { cluster, bundles, encoder, second } = world()
    const said: string[] = []
    const publication = publicationOf('compared', { mode: 'doc-only' })
    const { meta } = await prepare(cluster, bundles, encoder, publication, {
      say: (line) => said.push(line),
      sent: () => undefined,
    })
    const compared = said.filter((line) => line.includes("the cluster's weights are ours"))
    assert.equal(compared.length, 2, 'the model of the documents and the tokenizer of the queries')
    // Publishing asks for few texts, for a cluster predicts them one by one; here it is asked for those of the export's gate.
    await requireAgreement(
      cluster,
      { id: meta.documentModel, function: 'SPARSE_ENCODING' },
      encoder,
      await parityTexts(),
    )

    const other = await loadSparseEncoder(second)
    await assert.rejects(prepare(cluster, bundles, other, publicationOf('unequal')), { code: 'OPENSEARCH_DIFFERS' })
    await other.close()
    assert.equal(await aliasedIndex(cluster, 'unequal'), undefined)
    const made = await cluster.ask(z.record(z.string(), z.unknown()), 'GET', '/unequal*')
    assert.deepEqual(made, {})
  })

  test('ml-commons takes the ONNX form of the model too, and computes what we compute', { skip }, async () => {
    const { cluster, encoder, first } = world()
    const bundle = await readBundle(first, 'onnx')
    assert.equal(bundle.format, 'ONNX')
    const id = await registerModel(cluster, bundle, () => undefined)
    await deployModel(cluster, id)
    await requireAgreement(cluster, { id, function: bundle.function }, encoder)
  })

  for (const [byCluster, who] of [
    [false, 'us'],
    [true, 'the cluster'],
  ] as const) {
    test(`a Korean query finds the English article, encoded by ${who}`, { skip }, async () => {
      const { figures } = await publishAndIndex(world(), `by-${byCluster}`, {}, byCluster)
      assert.equal(figures.indexed, documents)
      assert.deepEqual([...figures.dropped], [['other_kind_of_page', 1]])
      const found = await answersOf(world(), `by-${byCluster}`)
      const right = found.filter((title, at) => title === toyTitles.english[at]).length
      assert.ok(right >= 10, `${right} of 12: ${found}`)
    })
  }

  test('approximate vectors find what exact ones find, and two phases what one finds', { skip }, async () => {
    const { index } = await publishAndIndex(world(), 'exact')
    await publishAndIndex(world(), 'approximate', { vectors: 'ann' })
    const answers = await answersOf(world(), 'exact')
    assert.deepEqual(await answersOf(world(), 'approximate'), answers)

    // The same questions without the index's pipeline, whose second phase only ranks.
    const { cluster } = world()
    const meta = (await metaOf(cluster, index))!
    const hitsShape = z.looseObject({
      hits: z.looseObject({
        hits: z.array(z.looseObject({ _source: z.looseObject({ title: z.string() }), _score: z.number() })),
      }),
    })
    const asked = async (text: string, pipeline: string) => {
      const body = {
        size: 1,
        query: { neural_sparse: { terms: { query_text: text, model_id: meta.queryModel } } },
      }
      const { hits } = await cluster.ask(hitsShape, 'POST', `/${index}/_search`, {
        body,
        query: { search_pipeline: pipeline },
      })
      return hits.hits.map(({ _source, _score }) => ({ title: _source.title, score: _score }))
    }
    const pipeline = await cluster.ask(z.record(z.string(), z.unknown()), 'GET', `/_search/pipeline/${index}`)
    assert.match(JSON.stringify(pipeline[index]), /neural_sparse_two_phase_processor/)
    for (const text of toyTitles.korean) {
      const [found] = await asked(text, index)
      const [whole] = await asked(text, '_none')
      assert.equal(found?.title, whole?.title, text)
      // Two phases add the same floats up in another order.
      assert.ok(Math.abs(found!.score - whole!.score) < 1e-5 * whole!.score, text)
    }
  })

  test('queries can be weighed by their tokens alone, and words and terms can be asked together', {
    skip,
  }, async () => {
    const { cluster } = world()
    await publishAndIndex(world(), 'weighed', { mode: 'doc-only' })
    const right = (await answersOf(world(), 'weighed', 'doc-only')).filter(
      (title, at) => title === toyTitles.english[at],
    ).length
    assert.ok(right >= 6, `${right} of 12`)
    assert.ok((await answersOf(world(), 'weighed', 'hybrid')).every((title) => title !== undefined))
    const searcher = await openSearcher(cluster, 'weighed')
    const [own] = await searcher.search({ text: 'water', mode: 'bm25', k: 1 })
    assert.equal(own?.title, 'water')
    await assert.rejects(searcher.search({ text: 'water', mode: 'neural', k: 1 }), { code: 'SEARCH_MODE' })
  })

  test('publishing the same model again changes nothing', { skip }, async () => {
    const { cluster, bundles, encoder } = world()
    assert.equal((await prepare(cluster, bundles, encoder, publicationOf('again'))).unchanged, false)
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
    assert.equal((await prepare(cluster, bundles, encoder, publicationOf('again'))).unchanged, true)
    assert.deepEqual(await stateOf(), state)
  })

  test('while a model is replaced every search is answered in full, nothing written meanwhile is lost, and a roll-back undoes it', {
    skip,
  }, async () => {
    const { cluster, encoder, second } = world()
    const { index: old } = await publishAndIndex(world(), 'moving')
    const searcher = await openSearcher(cluster, 'moving')
    const counts: number[] = []
    let isOver = false
    const searching = (async () => {
      while (!isOver) counts.push((await searcher.search({ text: 'thing 것', mode: 'bm25', k: 50 })).length)
    })()
    const newEncoder = await loadSparseEncoder(second)
    const published = await prepare(cluster, await bundlesOf(second), newEncoder, publicationOf('moving'))
    assert.equal(published.replaces, old)
    assert.equal(await aliasedIndex(cluster, 'moving'), old)
    const meta = await metaOf(cluster, old)
    const late = { ...toyArticles[0]!, pageId: 500, title: 'late', lead: 'late 것' }
    const lateWrite = indexArticles(cluster, streamOf([late]), { index: old, meta: meta!, encoder }, watch)
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
    const { root, first, url } = world()
    const environment = { NARU_OPENSEARCH_URL: url }
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
    const { stdout } = await naru(['opensearch', 'status', '--json'], environment)
    const { published, health } = JSON.parse(stdout)
    assert.ok(['green', 'yellow'].includes(health), health)
    const own = published.filter(({ aliases }: { aliases: string[] }) => aliases.includes('by-hand'))
    assert.deepEqual(
      own.map(({ documents }: { documents: number }) => documents),
      [documents],
    )
  })
}
