/** Fills an index with articles, encoded here or by the cluster, and copies one index into another under a new model. */
import { z } from 'zod'
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import type { DropReason } from '../runtime/service.ts'
import { type IndexMeta, termsField } from './article-index.ts'
import { type BulkFigures, bulkIndex, defaultBulk, type Refusal } from './bulk.ts'
import type { Cluster } from './cluster.ts'
import { type ArticleFields, type ArticleLine, documentOf, type IndexDocument, weightsOf } from './documents.ts'

export interface Target {
  readonly index: string
  readonly meta: IndexMeta
  /** Encodes the documents here, which is faster; without it the cluster does. */
  readonly encoder?: SparseEncoder
}

export interface IndexFigures extends BulkFigures {
  /** Articles that are no documents, by reason. */
  readonly dropped: ReadonlyMap<DropReason, number>
}

export interface Watch {
  readonly refused: (refusal: Refusal) => Promise<void> | void
  /** Documents that have been read so far. */
  readonly progress?: (documents: number) => void
  readonly signal?: AbortSignal
}

/** Texts of one run of the encoder: enough to sort them by length, few enough to keep the cluster busy meanwhile. */
const encodedAtOnce = 64

export async function indexArticles(
  cluster: Cluster,
  articles: AsyncIterable<ArticleLine>,
  target: Target,
  watch: Watch,
): Promise<IndexFigures> {
  const dropped = new Map<DropReason, number>()
  async function* documents(): AsyncIterable<IndexDocument> {
    for await (const article of articles) {
      const document = documentOf(article)
      if (typeof document === 'string') dropped.set(document, (dropped.get(document) ?? 0) + 1)
      else yield document
    }
  }
  return { ...(await fill(cluster, documents(), target, watch)), dropped }
}

/**
 * Copies the documents of `from` that are newer than those of the target, encoded anew. Documents keep their versions, so that a
 * second copy brings only what was written meanwhile.
 */
export async function copyIndex(cluster: Cluster, from: string, target: Target, watch: Watch): Promise<BulkFigures> {
  await refresh(cluster, from)
  const figures = await fill(cluster, documentsOf(cluster, from), target, watch)
  await refresh(cluster, target.index)
  return figures
}

export async function refresh(cluster: Cluster, index: string): Promise<void> {
  await cluster.ask(z.unknown(), 'POST', `/${index}/_refresh`)
}

const countShape = z.looseObject({ count: z.int() })

/** How many can be found in an index now. */
export async function documentsIn(cluster: Cluster, index: string): Promise<number> {
  return (await cluster.ask(countShape, 'GET', `/${index}/_count`)).count
}

function fill(
  cluster: Cluster,
  documents: AsyncIterable<IndexDocument>,
  { index, meta, encoder }: Target,
  { refused, progress, signal }: Watch,
): Promise<BulkFigures> {
  let read = 0
  async function* counted(): AsyncIterable<IndexDocument> {
    for await (const document of encoder ? encoded(documents, encoder, meta) : documents) {
      yield document
      progress?.(++read)
    }
  }
  const settings = { ...defaultBulk, index, encodedByCluster: encoder === undefined }
  return bulkIndex(cluster, counted(), settings, refused, signal)
}

async function* encoded(
  documents: AsyncIterable<IndexDocument>,
  encoder: SparseEncoder,
  meta: IndexMeta,
): AsyncIterable<IndexDocument> {
  let batch: IndexDocument[] = []
  for await (const document of documents) {
    batch.push(document)
    if (batch.length < encodedAtOnce) continue
    yield* await encodeBatch(batch, encoder, meta)
    batch = []
  }
  yield* await encodeBatch(batch, encoder, meta)
}

async function encodeBatch(
  documents: readonly IndexDocument[],
  encoder: SparseEncoder,
  meta: IndexMeta,
): Promise<IndexDocument[]> {
  const vectors = await encoder.encode(documents.map(({ fields }) => fields.lead))
  return documents.map((document, at) => ({
    ...document,
    fields: { ...document.fields, [termsField]: weightsOf(vectors[at]!, encoder, meta) },
  }))
}

const fieldsShape = z.object({
  wiki: z.string(),
  language: z.string(),
  pageId: z.number(),
  title: z.string(),
  lead: z.string(),
}) satisfies z.ZodType<ArticleFields>
const pitShape = z.looseObject({ pit_id: z.string() })
const pageShape = z.looseObject({
  hits: z.looseObject({
    hits: z.array(
      z.looseObject({ _id: z.string(), _version: z.number(), _source: fieldsShape, sort: z.array(z.unknown()) }),
    ),
  }),
})
const pageDocuments = 500
const keepAlive = '5m'

/** Every document of an index as it is at this moment, with its version, page by page. */
async function* documentsOf(cluster: Cluster, index: string): AsyncIterable<IndexDocument> {
  const { pit_id: id } = await cluster.ask(pitShape, 'POST', `/${index}/_search/point_in_time`, {
    query: { keep_alive: keepAlive },
  })
  try {
    for (let after: readonly unknown[] | undefined; ; ) {
      const { hits } = await cluster.ask(pageShape, 'POST', '/_search', {
        body: {
          size: pageDocuments,
          pit: { id, keep_alive: keepAlive },
          version: true,
          _source: { excludes: [termsField] },
          sort: [{ _shard_doc: 'asc' }],
          ...(after ? { search_after: after } : {}),
        },
      })
      for (const { _id, _version, _source } of hits.hits) yield { id: _id, version: _version, fields: _source }
      if (hits.hits.length < pageDocuments) return
      after = hits.hits.at(-1)!.sort
    }
  } finally {
    await cluster.ask(z.unknown(), 'DELETE', '/_search/point_in_time', { body: { pit_id: [id] } })
  }
}
