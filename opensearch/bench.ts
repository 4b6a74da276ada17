/** Every way of searching on the same articles and the same queries: quality, latency, size, and how fast articles come in. */
import { z } from 'zod'
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import { type RankedQuery, type RankingFigures, summarise } from '../search/metrics.ts'
import { aliasedIndex } from './alias.ts'
import type { QueryMode, VectorKind } from './article-index.ts'
import type { Cluster } from './cluster.ts'
import type { ArticleLine } from './documents.ts'
import { featuresOf } from './features.ts'
import { indexArticles, refresh, type Target, type Watch } from './indexing.ts'
import { type Bundles, type Published, prepare } from './publish.ts'
import { openSearcher, type Searcher, type SearchMode } from './search.ts'

export interface BenchQuery {
  readonly text: string
  /** Language of the articles that are searched. */
  readonly language: string
  /** Titles that answer. */
  readonly titles: ReadonlySet<string>
}

export interface BenchInput {
  readonly articles: () => AsyncIterable<ArticleLine>
  readonly queries: readonly BenchQuery[]
  readonly encoder: SparseEncoder
  readonly bundles: Required<Bundles>
  readonly pruneRatio: number
}

export interface SystemFigures {
  readonly system: string
  readonly quality: RankingFigures
  /** Milliseconds of single queries, one after another. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Queries a second with several under way. */
  readonly queriesPerSecond: number
}

export interface IndexSize {
  readonly system: string
  readonly documents: number
  readonly bytes: number
  /** Documents a second, encoded here. */
  readonly documentsPerSecond: number
  /** Documents a second, encoded by the cluster: of the first 2,000 articles. */
  readonly byClusterPerSecond: number
}

export interface BenchFigures {
  readonly opensearch: string
  /** Whether words of Korean were analysed by nori, otherwise by pairs of syllables. */
  readonly nori: boolean
  readonly systems: readonly SystemFigures[]
  readonly indices: readonly IndexSize[]
}

interface Variant {
  readonly name: string
  readonly mode: QueryMode
  readonly vectors: VectorKind
  readonly searched: readonly (readonly [system: string, mode: SearchMode])[]
}

const depth = 100
const underWay = 4
const encodedByCluster = 2_000
const warmUp = 10

/** Makes indices of its own under `prefix`, and removes them again. */
export async function runBench(
  cluster: Cluster,
  prefix: string,
  input: BenchInput,
  watch: Watch,
  tell: (message: string) => void,
): Promise<BenchFigures> {
  const { version, nori, sparseAnn } = await featuresOf(cluster)
  const systems: SystemFigures[] = []
  const indices: IndexSize[] = []
  for (const variant of variants.filter(({ vectors }) => vectors === 'exact' || sparseAnn)) {
    const alias = `${prefix}-${variant.name}`
    try {
      indices.push(await fillVariant(cluster, alias, variant, input, watch, tell))
      const searcher = await openSearcher(cluster, alias)
      for (const [system, mode] of variant.searched) {
        const name = mode === 'bm25' ? `${system}, ${nori ? 'nori' : 'pairs of syllables'}` : system
        systems.push(await measure(searcher, name, mode, input.queries))
        tell(`${name} measured`)
      }
    } finally {
      await remove(cluster, alias)
    }
  }
  return { opensearch: version, nori, systems, indices }
}

const variants: readonly Variant[] = [
  {
    name: 'bilingual',
    mode: 'bilingual',
    vectors: 'exact',
    searched: [
      ['BM25', 'bm25'],
      ['neural sparse', 'neural'],
      ['hybrid', 'hybrid'],
    ],
  },
  { name: 'doc-only', mode: 'doc-only', vectors: 'exact', searched: [['neural sparse, doc-only', 'doc-only']] },
  { name: 'ann', mode: 'bilingual', vectors: 'ann', searched: [['neural sparse, SEISMIC', 'neural']] },
]

const anything = z.unknown()
const statsShape = z.looseObject({
  _all: z.looseObject({
    primaries: z.looseObject({
      docs: z.looseObject({ count: z.number() }),
      store: z.looseObject({ size_in_bytes: z.number() }),
    }),
  }),
})

async function fillVariant(
  cluster: Cluster,
  alias: string,
  variant: Variant,
  input: BenchInput,
  watch: Watch,
  tell: (message: string) => void,
): Promise<IndexSize> {
  const { index, meta } = await prepareVariant(cluster, alias, variant, input, tell)
  const documentsPerSecond = await rateOf(cluster, input.articles(), { index, meta, encoder: input.encoder }, watch)
  // One segment: the size does not depend on how the merges happened to go.
  await cluster.ask(anything, 'POST', `/${index}/_forcemerge`, { query: { max_num_segments: 1 }, timeoutMs: 600_000 })
  const { _all } = await cluster.ask(statsShape, 'GET', `/${index}/_stats/docs,store`)
  const { docs, store } = _all.primaries
  const byClusterPerSecond = await rateByCluster(cluster, `${alias}-by-cluster`, variant, input, watch, tell)
  return {
    system: variant.name,
    documents: docs.count,
    bytes: store.size_in_bytes,
    documentsPerSecond,
    byClusterPerSecond,
  }
}

async function rateByCluster(
  cluster: Cluster,
  alias: string,
  variant: Variant,
  input: BenchInput,
  watch: Watch,
  tell: (message: string) => void,
): Promise<number> {
  try {
    const { index, meta } = await prepareVariant(cluster, alias, variant, input, tell)
    return await rateOf(cluster, firstOf(input.articles(), encodedByCluster), { index, meta }, watch)
  } finally {
    await remove(cluster, alias)
  }
}

function prepareVariant(
  cluster: Cluster,
  alias: string,
  { mode, vectors }: Variant,
  { bundles, encoder, pruneRatio }: BenchInput,
  tell: (message: string) => void,
): Promise<Published> {
  return prepare(cluster, bundles, encoder, { alias, model: 'bench', mode, vectors, pruneRatio }, tell)
}

/** Documents a second, until they can be found. */
async function rateOf(
  cluster: Cluster,
  articles: AsyncIterable<ArticleLine>,
  target: Target,
  watch: Watch,
): Promise<number> {
  const beganMs = performance.now()
  const { indexed } = await indexArticles(cluster, articles, target, watch)
  await refresh(cluster, target.index)
  return indexed / ((performance.now() - beganMs) / 1000)
}

async function* firstOf<T>(items: AsyncIterable<T>, count: number): AsyncIterable<T> {
  let taken = 0
  for await (const item of items) {
    if (taken++ === count) return
    yield item
  }
}

async function measure(
  searcher: Searcher,
  system: string,
  mode: SearchMode,
  queries: readonly BenchQuery[],
): Promise<SystemFigures> {
  const ask = ({ text, language }: BenchQuery, k: number) => searcher.search({ text, mode, k, language })
  for (const query of queries.slice(0, warmUp)) await ask(query, 10)
  const milliseconds: number[] = []
  for (const query of queries) {
    const beganMs = performance.now()
    await ask(query, 10)
    milliseconds.push(performance.now() - beganMs)
  }
  const ranked: RankedQuery[] = []
  const waiting = queries[Symbol.iterator]()
  const beganMs = performance.now()
  await Promise.all(
    Array.from({ length: underWay }, async () => {
      for (const query of waiting) {
        const hits = await ask(query, depth)
        const at = hits.findIndex(({ title }) => query.titles.has(title))
        ranked.push({ rank: at < 0 ? 'unmatched' : at + 1, hasMatch: hits.length > 0 })
      }
    }),
  )
  const queriesPerSecond = queries.length / ((performance.now() - beganMs) / 1000)
  const sorted = milliseconds.sort((a, b) => a - b)
  return {
    system,
    quality: summarise(ranked),
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    queriesPerSecond,
  }
}

/** The smallest value that at least the share of all is not above (nearest rank); 0 of none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}

async function remove(cluster: Cluster, alias: string): Promise<void> {
  const index = await aliasedIndex(cluster, alias)
  if (index === undefined) return
  await cluster.ask(anything, 'DELETE', `/${index}`)
  for (const kind of ['_ingest', '_search']) await cluster.ask(anything, 'DELETE', `/${kind}/pipeline/${index}`)
}
