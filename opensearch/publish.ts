/**
 * Publishes an exported model: bundle, pipelines, an index of its own, and the alias that everybody searches. A model is known by
 * the hash of its bundle, so that publishing the same twice changes nothing. An upgrade fills the new model's index while the old
 * one answers, then moves the alias in one step; what was published before stays, so that a roll-back is one step too.
 */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { LanguagePair } from '../language/pair.ts'
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import { ConfigError } from '../runtime/errors.ts'
import { requireAgreement } from './agreement.ts'
import { aliasedIndex, metaOf, moveAlias } from './alias.ts'
import { type Analyzers, analyzersOf, requireAnalyzers } from './analyzers.ts'
import {
  type Encoding,
  type IndexMeta,
  indexBody,
  ingestPipeline,
  type QueryMode,
  searchPipeline,
  type VectorKind,
} from './article-index.ts'
import type { Bundle } from './bundle.ts'
import type { Cluster } from './cluster.ts'
import { type Features, featuresOf } from './features.ts'
import { deployModel, findModel, registerModel } from './models.ts'

export interface Publication {
  /** Of the alias that is searched. */
  readonly alias: string
  readonly model: string
  readonly mode: QueryMode
  readonly vectors: VectorKind
  readonly pruneRatio: number
  /** Of the articles. */
  readonly languages: LanguagePair
  /** Of BM25; otherwise those of the languages. */
  readonly analyzers?: Analyzers | undefined
}

export interface Bundles {
  readonly encoder: Bundle
  /** Needed for doc-only. */
  readonly tokenizer?: Bundle
}

export interface Published {
  readonly index: string
  readonly meta: IndexMeta
  /** Nothing in the cluster was changed. */
  readonly unchanged: boolean
  /** The index that the alias still points to, where this one is to take its place. */
  readonly replaces: string | undefined
}

/** Hears what has been done, and how far an upload is. */
export interface PublishTold {
  readonly say: (message: string) => void
  /** Bytes of the bundle that were sent, of all that it has. */
  readonly sent: (bundle: string, bytes: number, total: number) => void
}

const silent: PublishTold = { say: () => undefined, sent: () => undefined }

/**
 * Makes everything but the move of the alias, which is moved at once only where there is none. Throws ConfigError BUNDLE_MISSING
 * for doc-only without a tokenizer, ANN_MISSING where the cluster has no sparse_vector, ANALYZER_UNKNOWN, and FatalError
 * OPENSEARCH_DIFFERS where it does not compute what `own`, the same model here, computes: then there is neither index nor alias.
 */
export async function prepare(
  cluster: Cluster,
  bundles: Bundles,
  own: SparseEncoder,
  publication: Publication,
  told: PublishTold = silent,
): Promise<Published> {
  const features = await featuresOf(cluster)
  const queryBundle = queryBundleOf(bundles, publication)
  assertAble(features, publication, cluster)
  const analyzers = publication.analyzers ?? analyzersOf(publication.languages, features.plugins)
  await requireAnalyzers(cluster, analyzers)
  const before = await aliasedIndex(cluster, publication.alias)
  const index = indexName(publication, bundles, analyzers)
  const published = await metaOf(cluster, index)
  const document = await provideModel(cluster, bundles.encoder, told)
  await compare(cluster, bundles.encoder, document, own, told)
  const query = queryBundle === bundles.encoder ? document : await provideModel(cluster, queryBundle, told)
  if (query !== document) await compare(cluster, queryBundle, query, own, told)
  const { model, mode, vectors, pruneRatio } = publication
  const encoding: Encoding = { documentModel: document.id, queryModel: query.id, mode, vectors, pruneRatio, analyzers }
  const previous = published === undefined ? (before ?? null) : published.previous
  const meta: IndexMeta = { model, sha256: bundles.encoder.sha256, ...encoding, previous }
  const pipelines = await providePipelines(cluster, index, encoding)
  if (published === undefined) {
    await cluster.ask(anything, 'PUT', `/${index}`, { body: indexBody(encoding, meta, index) })
    told.say(`index ${index} made; words by ${[...new Set(analyzers)].join(' and ')}`)
  } else if (!isDeepStrictEqual(published, meta)) {
    // A model that was removed from the cluster has come back under another id.
    await cluster.ask(anything, 'PUT', `/${index}/_mapping`, { body: { _meta: { naru: meta } } })
  }
  if (before === undefined) await moveAlias(cluster, publication.alias, undefined, index)
  return {
    index,
    meta,
    unchanged:
      before === index && isDeepStrictEqual(published, meta) && !document.changed && !query.changed && !pipelines,
    replaces: before === undefined || before === index ? undefined : before,
  }
}

const anything = z.unknown()

function queryBundleOf({ encoder, tokenizer }: Bundles, { mode }: Publication): Bundle {
  if (mode === 'bilingual') return encoder
  if (tokenizer) return tokenizer
  throw new ConfigError('BUNDLE_MISSING', 'doc-only mode needs the bundle of a query tokenizer', {
    hint: 'Export a model that was trained for queries without inference, or publish with --mode bilingual.',
  })
}

function assertAble({ sparseAnn, version }: Features, { vectors }: Publication, { url }: Cluster): void {
  if (vectors === 'exact' || sparseAnn) return
  throw new ConfigError('ANN_MISSING', `OpenSearch ${version} has no sparse_vector field`, {
    at: { url },
    hint: 'It came with 3.3; --vectors exact works everywhere.',
  })
}

/** One index for what decides how documents are stored and asked. */
function indexName(
  { alias, mode, vectors, pruneRatio }: Publication,
  { encoder, tokenizer }: Bundles,
  analyzers: Analyzers,
): string {
  const query = mode === 'doc-only' ? `-doc-${tokenizer?.sha256.slice(0, 6)}` : ''
  const kind = vectors === 'ann' ? '-ann' : ''
  const words = [...new Set(analyzers)].join('-')
  return `${alias}-${encoder.sha256.slice(0, 12)}${query}${kind}-p${Math.round(pruneRatio * 1000)}-${words}`
}

interface Provided {
  readonly id: string
  readonly changed: boolean
}

async function provideModel(cluster: Cluster, bundle: Bundle, told: PublishTold): Promise<Provided> {
  const known = await findModel(cluster, bundle)
  const id =
    known?.id ?? (await registerModel(cluster, bundle, (bytes) => told.sent(bundle.name, bytes, bundle.zip.length)))
  if (known?.state === 'DEPLOYED') return { id, changed: false }
  await deployModel(cluster, id)
  told.say(`${bundle.name} deployed`)
  return { id, changed: true }
}

async function compare(
  cluster: Cluster,
  bundle: Bundle,
  { id }: Provided,
  own: SparseEncoder,
  { say }: PublishTold,
): Promise<void> {
  const { maxDifference } = await requireAgreement(cluster, { id, function: bundle.function }, own)
  say(`${bundle.name}: the cluster's weights are ours, within ${maxDifference.toExponential(1)}`)
}

/** Puts the pipelines where they are missing or differ; answers whether it did. */
async function providePipelines(cluster: Cluster, name: string, encoding: Encoding): Promise<boolean> {
  const wanted = [
    { path: `/_ingest/pipeline/${name}`, body: ingestPipeline(encoding) },
    { path: `/_search/pipeline/${name}`, body: searchPipeline(encoding) },
  ]
  let changed = false
  for (const { path, body } of wanted) {
    const found = await cluster.find(z.record(z.string(), z.unknown()), 'GET', path)
    if (found !== undefined && isDeepStrictEqual(found[name], body)) continue
    await cluster.ask(anything, 'PUT', path, { body })
    changed = true
  }
  return changed
}
