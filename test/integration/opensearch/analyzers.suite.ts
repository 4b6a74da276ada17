/** Words of any pair of languages, as the cluster's own analyzers make them. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { aliasedIndex, metaOf } from '../../../opensearch/alias.ts'
import { builtInAnalyzers } from '../../../opensearch/analyzers.ts'
import { indexArticles, refresh } from '../../../opensearch/indexing.ts'
import { prepare } from '../../../opensearch/publish.ts'
import { openSearcher } from '../../../opensearch/search.ts'
import { naru } from '../../cli/command-line.ts'
import { streamOf, toyArticles } from '../../opensearch/toy-export.ts'
import { type OpenSearchWorld, publicationOf, watch } from './world.ts'

const tokensShape = z.looseObject({ tokens: z.array(z.looseObject({ token: z.string() })) })
const article = toyArticles[0]!

export function analyzerTests(world: () => OpenSearchWorld, skip: string | false): void {
  test('every analyzer that a language is given without a plugin is there', { skip }, async () => {
    for (const analyzer of new Set(Object.values(builtInAnalyzers))) {
      const body = { analyzer, text: '1969' }
      const { tokens } = await world().cluster.ask(tokensShape, 'POST', '/_analyze', { body })
      assert.ok(tokens.length > 0, analyzer)
    }
  })

  test('German and French words are found in their other forms, for the index has the analyzers of both', {
    skip,
  }, async () => {
    const { cluster, bundles, encoder } = world()
    const publication = publicationOf('german-french', { languages: ['de', 'fr'] })
    const { index, meta } = await prepare(cluster, bundles, encoder, publication)
    assert.deepEqual(meta.analyzers, ['german', 'french'])
    const articles = [
      { ...article, language: 'de', wiki: 'dewiki', title: 'Haus', lead: 'Ein Haus ist ein Gebäude.' },
      { ...article, language: 'fr', wiki: 'frwiki', title: 'Cheval', lead: 'Le cheval est un animal.' },
    ]
    await indexArticles(cluster, streamOf(articles), { index, meta, encoder }, watch)
    await refresh(cluster, index)
    const searcher = await openSearcher(cluster, 'german-french')
    const titles = async (text: string) =>
      (await searcher.search({ text, mode: 'bm25', k: 5 })).map(({ title }) => title)
    assert.deepEqual(await titles('Häusern'), ['Haus'])
    assert.deepEqual(await titles('chevaux'), ['Cheval'])
    assert.deepEqual(await titles('houses'), [], 'English is not of the pair')

    // Another analyzer is another index, filled from the one in use: words that are there cannot be made anew.
    const plain = await prepare(cluster, bundles, encoder, { ...publication, analyzers: ['standard', 'standard'] })
    assert.equal(plain.replaces, index)
    assert.notEqual(plain.index, index)
  })

  test('an analyzer that the cluster lacks is refused before anything is made', { skip }, async () => {
    const { cluster, first, root, url } = world()
    const args = ['--out', join(root, 'lacking'), '--model', first, '--url', url, '--index', 'lacking']
    const { code, stderr } = await naru(['opensearch', 'publish', ...args, '--analyzers', 'kuromoji,english'])
    assert.equal(code, 2, stderr)
    assert.match(stderr, /ANALYZER_UNKNOWN.*no analyzer kuromoji.*--analyzers/s)
    assert.equal(await aliasedIndex(cluster, 'lacking'), undefined)

    const taken = await naru(['opensearch', 'publish', ...args, '--analyzers', 'cjk,english'])
    assert.equal(taken.code, 0, taken.stderr)
    assert.match(taken.stderr, /words by cjk and english/)
    assert.deepEqual((await metaOf(cluster, (await aliasedIndex(cluster, 'lacking'))!))?.analyzers, ['cjk', 'english'])
  })
}
