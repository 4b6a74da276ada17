/** A node, two exports of the toy encoder, and what the suites do with them again and again. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSparseEncoder, type SparseEncoder } from '../../../model/sparse-encoder.ts'
import { readBundle } from '../../../opensearch/bundle.ts'
import { type Cluster, openCluster } from '../../../opensearch/cluster.ts'
import { type IndexFigures, indexArticles, refresh } from '../../../opensearch/indexing.ts'
import { type Bundles, type Publication, type Published, prepare } from '../../../opensearch/publish.ts'
import { openSearcher, type SearchMode } from '../../../opensearch/search.ts'
import { toyTitles } from '../../model/toy.ts'
import { streamOf, toyArticles, toyExport } from '../../opensearch/toy-export.ts'
import { startOpenSearch } from '../servers.ts'

export interface OpenSearchWorld {
  readonly url: string
  /** Of the node's data and pid. */
  readonly nodeFolder: string
  readonly cluster: Cluster
  /** Folder of everything that the suites write. */
  readonly root: string
  /** Folders of the exports of two models. */
  readonly first: string
  readonly second: string
  /** The first one's. */
  readonly encoder: SparseEncoder
  readonly bundles: Required<Bundles>
  close(): Promise<void>
}

export async function openWorld(): Promise<OpenSearchWorld> {
  const root = mkdtempSync(join(tmpdir(), 'naru-opensearch-'))
  const [server, first] = await Promise.all([startOpenSearch(), toyExport(root, 1)])
  const second = await toyExport(root, 2)
  const cluster = openCluster(server.url, {})
  const encoder = await loadSparseEncoder(first)
  const bundles = await bundlesOf(first)
  const close = async () => {
    await encoder.close()
    await cluster.close()
    await server.remove()
    rmSync(root, { recursive: true, force: true })
  }
  return { url: server.url, nodeFolder: server.folder, cluster, root, first, second, encoder, bundles, close }
}

export async function bundlesOf(folder: string): Promise<Required<Bundles>> {
  return { encoder: await readBundle(folder, 'encoder'), tokenizer: await readBundle(folder, 'tokenizer') }
}

export const publicationOf = (alias: string, changes: Partial<Publication> = {}): Publication => ({
  alias,
  model: 'toy',
  mode: 'bilingual',
  vectors: 'exact',
  pruneRatio: 0,
  languages: ['ko', 'en'],
  ...changes,
})

/** For work in which nothing may be refused. */
export const watch = { refused: (refusal: object) => assert.fail(JSON.stringify(refusal)) }
export const documents = toyTitles.korean.length + toyTitles.english.length

export function publish({ cluster, bundles, encoder }: OpenSearchWorld, alias: string): Promise<Published> {
  return prepare(cluster, bundles, encoder, publicationOf(alias))
}

export async function publishAndIndex(
  { cluster, bundles, encoder }: OpenSearchWorld,
  alias: string,
  changes: Partial<Publication> = {},
  byCluster = false,
): Promise<Published & { readonly figures: IndexFigures }> {
  const published = await prepare(cluster, bundles, encoder, publicationOf(alias, changes))
  const { index, meta } = published
  const target = { index, meta, ...(byCluster ? {} : { encoder }) }
  const figures = await indexArticles(cluster, streamOf(toyArticles), target, watch)
  await refresh(cluster, index)
  return { ...published, figures }
}

/** Title of the English article that a Korean word finds, for each word. */
export async function answersOf(
  { cluster }: OpenSearchWorld,
  alias: string,
  mode: SearchMode = 'neural',
): Promise<(string | undefined)[]> {
  const searcher = await openSearcher(cluster, alias)
  const found = []
  for (const text of toyTitles.korean) {
    found.push((await searcher.search({ text, mode, k: 1, language: 'en' }))[0]?.title)
  }
  return found
}
