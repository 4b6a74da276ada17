/** Every way of searching on the same articles and the same queries: quality, latency, size, and how fast articles come in. */
import { z } from 'zod'
import type { LanguagePair } from '../language/pair.ts'
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import { aliasedIndex } from './alias.ts'
import { type Analyzers, analyzersOf } from './analyzers.ts'
import type { QueryMode, VectorKind } from './article-index.ts'
import { type BenchQuery, measureQueries, type QueryFigures } from './bench-queries.ts'
import type { Cluster } from './cluster.ts'
import type { ArticleLine } from './documents.ts'
import { featuresOf } from './features.ts'
import { indexArticles, refresh, type Target, type Watch } from './indexing.ts'
import { type Bundles, type Published, prepare } from './publish.ts'
import { openSearcher, type SearchMode } from './search.ts'

export interface BenchInput {
  readonly articles: () => AsyncIterable<ArticleLine>
  readonly queries: readonly BenchQuery[]
  readonly languages: LanguagePair
  readonly encoder: SparseEncoder
  readonly bundles: Required<Bundles>
  readonly pruneRatio: number
}

export interface SystemFigures extends QueryFigures {
  readonly system: string
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
  readonly languages: LanguagePair
  /** By which BM25 made words of the two languages. */
  readonly analyzers: Analyzers
  readonly systems: readonly SystemFigures[]
  readonly indices: readonly IndexSize[]
}

/** An index of its own, and the ways in which it is searched. */
interface Variant {
  readonly name: string
  readonly mode: QueryMode
  readonly vectors: VectorKind
  readonly searched: readonly (readonly [system: string, mode: SearchMode])[]
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

const encodedByCluster = 2_000

/** Makes indices of its own under `prefix`, and removes them again. */
export async function runBench(
  cluster: Cluster,
  prefix: string,
  input: BenchInput,
  watch: Watch,
  tell: (message: string) => void,
): Promise<BenchFigures> {
  const { version, plugins, sparseAnn } = await featuresOf(cluster)
  const { languages } = input
  const analyzers = analyzersOf(languages, plugins)
  const bench: Bench = { cluster, input, watch, tell }
  const systems: SystemFigures[] = []
  const indices: IndexSize[] = []
  for (const variant of variants.filter(({ vectors }) => vectors === 'exact' || sparseAnn)) {
    const alias = `${prefix}-${variant.name}`
    await withIndex(bench, alias, variant, async (published) => {
      indices.push(await fill(bench, alias, variant, published))
      const searcher = await openSearcher(cluster, alias)
      for (const [name, mode] of variant.searched) {
        const system = mode === 'bm25' ? `${name}, ${[...new Set(analyzers)].join(' and ')}` : name
        systems.push({ system, ...(await measureQueries(searcher, mode, input.queries)) })
        tell(`${system} measured`)
      }
    })
  }
  return { opensearch: version, languages, analyzers, systems, indices }
}

interface Bench {
  readonly cluster: Cluster
  readonly input: BenchInput
  readonly watch: Watch
  readonly tell: (message: string) => void
}

const anything = z.unknown()
const statsShape = z.looseObject({
  _all: z.looseObject({
    primaries: z.looseObject({
      docs: z.looseObject({ count: z.number() }),
      store: z.looseObject({ size_in_bytes: z.number() }),
    }),
  }),
})

/** An empty index while it is used; then neither it nor its pipelines are there. */
async function withIndex<T>(
  { cluster, input, tell }: Bench,
  alias: string,
  { mode, vectors }: Variant,
  use: (published: Published) => Promise<T>,
): Promise<T> {
  const { bundles, encoder, languages, pruneRatio } = input
  try {
    return await use(
      await prepare(
        cluster,
        bundles,
        encoder,
        { alias, model: 'bench', mode, vectors, pruneRatio, languages },
        { say: tell, sent: () => undefined },
      ),
    )
  } finally {
    await remove(cluster, alias)
  }
}

async function fill(bench: Bench, alias: string, variant: Variant, { index, meta }: Published): Promise<IndexSize> {
  const { cluster, input } = bench
  const documentsPerSecond = await rateOf(bench, input.articles(), { index, meta, encoder: input.encoder })
  // One segment: the size does not depend on how the merges happened to go.
  await cluster.ask(anything, 'POST', `/${index}/_forcemerge`, { query: { max_num_segments: 1 }, timeoutMs: 600_000 })
  const { _all } = await cluster.ask(statsShape, 'GET', `/${index}/_stats/docs,store`)
  const { docs, store } = _all.primaries
  const byClusterPerSecond = await withIndex(bench, `${alias}-by-cluster`, variant, (other) =>
    rateOf(bench, firstOf(input.articles(), encodedByCluster), { index: other.index, meta: other.meta }),
  )
  const { name: system } = variant
  return { system, documents: docs.count, bytes: store.size_in_bytes, documentsPerSecond, byClusterPerSecond }
}

/** Documents a second, until they can be found. */
async function rateOf(
  { cluster, watch }: Bench,
  articles: AsyncIterable<ArticleLine>,
  target: Target,
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

async function remove(cluster: Cluster, alias: string): Promise<void> {
  const index = await aliasedIndex(cluster, alias)
  if (index === undefined) return
  await cluster.ask(anything, 'DELETE', `/${index}`)
  for (const kind of ['_ingest', '_search']) await cluster.ask(anything, 'DELETE', `/${kind}/pipeline/${index}`)
}
