/** The library `naru/wiki`: the articles of Wikipedia dumps as typed objects. Documented in docs/extract.md. */
import { availableParallelism } from 'node:os'
import type { BadEventError } from '../runtime/errors.ts'
import type { Article } from '../schemas/types.ts'
import type { ArticlesOptions } from './articles.ts'
import type { ExtractSettings } from './extract/batches.ts'
import { extractFiles, extractStream } from './extract/extraction.ts'
import { type OutputField, parseFields } from './extract/fields.ts'
import { inputsOf } from './extract/inputs.ts'
import { linesOf } from './extract/lines-of.ts'
import type { OrderedBatch } from './extract/pool.ts'
import { errorOf } from './extract/tally.ts'
import { parseFilters } from './filters.ts'
import type { PlanWarning } from './streams.ts'
import type { PageTable } from './wikitext/page-tables.ts'

export { BadEventError, ConfigError, FatalError } from '../runtime/errors.ts'
export type {
  Article,
  ArticleKind,
  ArticleLink,
  Coordinates,
  Gloss,
  Infobox,
  LanguageLink,
  RedirectTarget,
  Section,
} from '../schemas/types.ts'
export { type OutputField, outputFields } from './extract/fields.ts'
export { defaultFilters, filterFields } from './filters.ts'
export type { PageTable } from './wikitext/page-tables.ts'

/** An article with the fields that are only there where they are asked for by name. */
export interface FullArticle extends Article {
  /** Lead and sections with their headings. */
  readonly text: string
  /** Characters of the text. */
  readonly length: number
  /** 0 to 1. */
  readonly quality: number
  /** Those of the wikitext, in order; none of a search index. */
  readonly tables: readonly PageTable[]
  /** Titles that lead here, from a search index; empty for a dump of wikitext, which has them as pages of their own. */
  readonly redirects: readonly string[]
  /** Such as Q42, from a search index; null for a dump of wikitext. */
  readonly wikidataItem: string | null
}

export interface ArticlesRequest<Field extends OutputField = keyof Article> {
  /** Fields wanted; those of Article without it. Fewer are faster. */
  readonly fields?: readonly Field[]
  /** Expressions such as `kind=article` or `length>=200`, which replace the defaults about the same field. */
  readonly filters?: readonly string[]
  /** Database name such as `kowiki`; overrules the names and headers of the files. */
  readonly wiki?: string
  /** Worker threads (default: one a core). The articles and their order are the same for any number. */
  readonly workers?: number
  readonly engine?: ArticlesOptions['engine']
  readonly parser?: ArticlesOptions['parser']
  /** Bytes of XML above which a page is bad (default: 10 MiB). */
  readonly maxPageBytes?: number
  readonly signal?: AbortSignal
  /** Takes pages that cannot be read and streams that are damaged; without it the first of them is thrown. */
  readonly onBad?: (error: BadEventError) => void
  /** Told how many pages were dropped, and under which reason or filter; may be called often for one reason. */
  readonly onDropped?: (reason: string, pages: number) => void
  /** Told of an index that does not fit its file, and the like; nothing is lost by it. */
  readonly onWarning?: (warning: PlanWarning) => void
}

export const defaultMaxPageBytes = 10 * 1024 * 1024

/**
 * The articles of dump files (or a folder of them), or of a stream of bz2, gzip or plain bytes, in the order of the dump.
 * Leaving the loop stops the work. Throws ConfigError for a filter, field or file that cannot be, and BadEventError for
 * bad pages where there is no `onBad`.
 */
export async function* articles<Field extends OutputField = keyof Article>(
  source: string | readonly string[] | AsyncIterable<Uint8Array>,
  request: ArticlesRequest<Field> = {},
): AsyncGenerator<Pick<FullArticle, Field>, void, undefined> {
  const { onBad, onDropped } = request
  for await (const { lines, tally } of batchesOfRequest(source, request)) {
    for (const line of linesOf(lines)) yield JSON.parse(line)
    for (const [reason, pages] of Object.entries(tally.dropped)) onDropped?.(reason, pages)
    for (const fault of tally.faults) {
      if (onBad === undefined) throw errorOf(fault)
      onBad(errorOf(fault))
    }
  }
}

async function* batchesOfRequest(
  source: string | readonly string[] | AsyncIterable<Uint8Array>,
  request: ArticlesRequest<OutputField>,
): AsyncGenerator<OrderedBatch, void, undefined> {
  const { wiki, signal, onWarning = () => undefined } = request
  const settings = settingsOf(request)
  if (isStream(source)) {
    yield* extractStream(source, settings, { name: 'stream', wiki, signal })
    return
  }
  const inputs = await inputsOf(typeof source === 'string' ? [source] : source, wiki)
  const { workers = availableParallelism() } = request
  yield* extractFiles(inputs, settings, { workers, signal, onWarning })
}

function settingsOf(request: ArticlesRequest<OutputField>): ExtractSettings {
  const { fields, filters = [], engine = 'kernel', parser = 'fast', maxPageBytes = defaultMaxPageBytes } = request
  // What is wrong with them is said here, not by a worker.
  parseFilters(filters)
  return { fields: parseFields(fields), filters, engine, parser, maxPageBytes }
}

function isStream(source: string | readonly string[] | AsyncIterable<Uint8Array>): source is AsyncIterable<Uint8Array> {
  return typeof source === 'object' && Symbol.asyncIterator in source
}
