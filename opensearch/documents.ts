/** Articles as documents of the index. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import type { SparseVector } from '../model/sparse-vector.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import type { DropReason } from '../runtime/service.ts'
import { passageOf } from '../search/passage.ts'
import { termsField, type VectorKind } from './article-index.ts'

/** Longest text that is indexed and encoded, cut at a space: what the evaluator judges too. */
const passageCharacters = 400

export interface ArticleFields {
  readonly wiki: string
  readonly language: string
  readonly pageId: number
  readonly title: string
  readonly lead: string
}

export interface IndexDocument {
  /** `wiki:pageId`: the same page replaces itself. */
  readonly id: string
  readonly fields: ArticleFields & { readonly [termsField]?: Readonly<Record<string, number>> }
  /** Given by the index that the document was read from: an older one never replaces a newer. */
  readonly version?: number
}

const articleShape = z.looseObject({
  wiki: z.string(),
  language: z.string(),
  pageId: z.number(),
  title: z.string(),
  kind: z.string(),
  lead: z.string(),
})
export type ArticleLine = z.output<typeof articleShape>

/** The document of an article, or why it is none. */
export function documentOf(article: ArticleLine): IndexDocument | DropReason {
  const { wiki, language, pageId, title, kind } = article
  const lead = passageOf(article.lead.normalize('NFC'), passageCharacters)
  if (kind === 'redirect' || kind === 'disambiguation' || lead === '') return 'other_kind_of_page'
  return { id: `${wiki}:${pageId}`, fields: { wiki, language, pageId, title: title.normalize('NFC'), lead } }
}

/** Lines of the article-writer or of `naru extract`, plain or .gz. Throws FatalError ARTICLE_LINE with the line's number. */
export async function* articlesIn(file: string): AsyncIterable<ArticleLine> {
  const bytes = createReadStream(file)
  const failed = new Promise<never>((_, reject) =>
    bytes.once('error', (cause) =>
      reject(new ConfigError('INPUT_MISSING', 'the articles cannot be read', { at: { file }, cause })),
    ),
  )
  failed.catch(() => undefined)
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  for (let line = 1; ; line++) {
    const next = await Promise.race([lines.next(), failed])
    if (next.done) return
    if (next.value !== '') yield articleOf(next.value, file, line)
  }
}

function articleOf(text: string, file: string, line: number): ArticleLine {
  try {
    return articleShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new FatalError('ARTICLE_LINE', 'this line is no article', {
      at: { file, line },
      hint: 'Give a file of naru extract or wikipedia/<language>_articles.jsonl of a run, with all fields.',
      cause,
    })
  }
}

/**
 * A vector as the index takes it, without weights below `pruneRatio` of the greatest: by token for rank_features, by the token's
 * number for sparse_vector.
 */
export function weightsOf(
  { terms, weights }: SparseVector,
  encoder: Pick<SparseEncoder, 'tokenOf'>,
  { vectors, pruneRatio }: { readonly vectors: VectorKind; readonly pruneRatio: number },
): Record<string, number> {
  const least = pruneRatio * weights.reduce((greatest, weight) => Math.max(greatest, weight), 0)
  const kept: Record<string, number> = {}
  for (const [at, term] of terms.entries()) {
    const weight = weights[at]!
    // Lucene keeps a weight as a normal float.
    if (weight >= least && weight > smallestFloat)
      kept[vectors === 'ann' ? String(term) : encoder.tokenOf(term)] = weight
  }
  return kept
}

const smallestFloat = 2 ** -126
