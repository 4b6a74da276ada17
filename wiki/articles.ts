/**
 * From the bytes of a dump to articles, by one of two engines. The kernel does in WebAssembly what nearly every page
 * needs and leaves the others to the careful reader; the reference does all of it with the libraries sax and, where
 * `parser` says so, wtf_wikipedia. Both give the same articles.
 */
import { BadEventError, type Place } from '../runtime/errors.ts'
import type { Article } from '../schemas/types.ts'
import { articleOf } from './article.ts'
import { articleFields, decodeArticle, encodeArticle, encodePrefix } from './article-encoding.ts'
import { WikitextKernel } from './kernels/wikitext-kernel.ts'
import { PageCutter, type PagePiece } from './page-pieces.ts'
import { type PageVersion, versionOf } from './page-versions.ts'
import { type RawPage, readPiece } from './pages.ts'
import type { Site } from './site.ts'
import { mayHoldTables, type PageTable, tablesOf } from './wikitext/page-tables.ts'
import { linearParser } from './wikitext/parse.ts'
import type { WikitextParser } from './wikitext/parsed.ts'

export const engines = ['kernel', 'reference'] as const
export const parsers = ['fast', 'wtf'] as const

export interface ArticlesOptions {
  /** `kernel` is WebAssembly, `reference` the libraries it is held against. */
  readonly engine: (typeof engines)[number]
  /** `wtf` lets wtf_wikipedia render the lines that have links. */
  readonly parser: (typeof parsers)[number]
  /** Pages longer than this many bytes of XML are reported, not read. */
  readonly maxPageBytes: number
  /** Namespaces to read; undefined for all. */
  readonly namespaces?: ReadonlySet<number> | undefined
  /** Language of the text, where it is not the wiki's. */
  readonly language?: string | undefined
  /** Whether an article was read from this version before; such pages are named, and not read again. */
  readonly isKnown?: ((version: PageVersion) => boolean) | undefined
}

/** An article in the form in which the engine has it. What it gives is valid until the next article is asked for. */
export interface ExtractedArticle {
  readonly pageId: number
  /** Avro by schemas/Article.avsc. */
  readonly encoded: Uint8Array
  decode(): Article
  /** The tables of the page, read when they are asked for. */
  tables(): readonly PageTable[]
  /** Of a document of a search index only. */
  readonly indexed?: IndexedFacts
  /** A line of JSON with these fields, in the order of the schema. */
  json(fields: FieldSet): Uint8Array
}

/** What the index knows beyond an article. */
export interface IndexedFacts {
  /** Titles, without namespace, of the redirects that lead to the page from its own namespace. */
  readonly redirects: readonly string[]
  /** Such as Q42. */
  readonly wikidataItem: string | null
}

/** What is wrong where the index promises more pages than were found; undefined where nothing is, or there is none. */
export function missingPages(promised: number | null, found: number, at: Place): BadEventError | undefined {
  if (promised === null || found >= promised) return undefined
  return new BadEventError('PAGES_MISSING', `the index promises ${promised} pages here, ${found} were found`, {
    at,
    hint: 'Download the dump file and its index again; both must be of the same date.',
  })
}

/** An article that is an object already, with what else is known of its page. */
export function extractedFrom(
  article: Article,
  others: Pick<ExtractedArticle, 'tables' | 'indexed'>,
): ExtractedArticle {
  return {
    ...others,
    pageId: article.pageId,
    get encoded() {
      return encodeArticle(article)
    },
    decode: () => article,
    json: ({ names }) =>
      Buffer.from(`${JSON.stringify(Object.fromEntries(names.map((name) => [name, article[name]])))}\n`),
  }
}

export type ArticleOutcome =
  | { readonly kind: 'article'; readonly article: ExtractedArticle }
  | { readonly kind: 'dropped'; readonly reason: 'other_namespace' | 'not_wikitext' }
  | { readonly kind: 'dropped'; readonly reason: 'unchanged'; readonly pageId: number }
  /** Codes: those of pagesOf. */
  | { readonly kind: 'bad'; readonly error: BadEventError }

/** Fields of an article, for `json`. */
export interface FieldSet {
  readonly names: readonly (keyof Article)[]
  /** Bit k stands for the k-th field of the schema. */
  readonly bits: number
}

export function fieldSet(names: readonly (keyof Article)[]): FieldSet {
  const ordered = articleFields.filter((name) => names.includes(name))
  return { names: ordered, bits: ordered.reduce((bits, name) => bits | (1 << articleFields.indexOf(name)), 0) }
}

/** Where the bytes come from, for the place of an error. */
export interface BytesPlace {
  readonly file: string
  /** Where in it the bytes start, as it lies on disk. */
  readonly byteOffset: number
}

/**
 * The articles in bytes of export XML (schemas 0.8 to 0.11): a whole document, or a fragment that starts at a page. In
 * order; each page stands alone, so one bad page costs no other. Errors of the source are thrown on, after the pages
 * before them.
 */
export async function* articlesOf(
  chunks: AsyncIterable<Uint8Array>,
  site: Site,
  place: BytesPlace,
  options: ArticlesOptions,
): AsyncGenerator<ArticleOutcome, void, undefined> {
  for await (const outcomes of articleRunsOf(chunks, site, place, options)) yield* outcomes
}

/** The same, those of each chunk together: awaiting every page by itself costs as much as a tenth of reading it. */
export async function* articleRunsOf(
  chunks: AsyncIterable<Uint8Array>,
  site: Site,
  place: BytesPlace,
  options: ArticlesOptions,
): AsyncGenerator<Iterable<ArticleOutcome>, void, undefined> {
  const engine = await takeEngine(site, options)
  try {
    const cutter = new PageCutter(options.maxPageBytes)
    for await (const chunk of chunks) yield outcomesOf(cutter.cut(chunk), engine, place, options)
    yield outcomesOf(cutter.end(), engine, place, options)
  } finally {
    engine.letGo()
  }
}

function* outcomesOf(
  pieces: Iterable<PagePiece>,
  engine: Engine,
  place: BytesPlace,
  options: ArticlesOptions,
): Generator<ArticleOutcome, void, undefined> {
  for (const piece of pieces) {
    const outcome = outcomeOf(piece, engine, place, options)
    if (outcome !== undefined) yield outcome
  }
}

function outcomeOf(
  piece: PagePiece,
  engine: Engine,
  place: BytesPlace,
  { maxPageBytes, namespaces, isKnown }: ArticlesOptions,
): ArticleOutcome | undefined {
  const version = isKnown && piece.kind === 'page' ? versionOf(piece.bytes) : undefined
  if (version !== undefined && isKnown?.(version))
    return { kind: 'dropped', reason: 'unchanged', pageId: version.pageId }
  const known = piece.kind === 'page' && piece.length <= maxPageBytes ? engine.readPiece(piece.bytes) : undefined
  if (known !== undefined) return known
  const outcome = readPiece(piece, place, maxPageBytes)
  if (outcome === undefined || outcome.kind === 'bad') return outcome
  if (namespaces && !namespaces.has(outcome.page.namespace)) return otherNamespace
  if (outcome.page.model !== 'wikitext') return notWikitext
  return { kind: 'article', article: engine.articleOf(outcome.page) }
}

const otherNamespace: ArticleOutcome = { kind: 'dropped', reason: 'other_namespace' }
const notWikitext: ArticleOutcome = { kind: 'dropped', reason: 'not_wikitext' }

interface Engine {
  /** Undefined where the careful reader is needed. */
  readPiece(page: Uint8Array): ArticleOutcome | undefined
  articleOf(page: RawPage): ExtractedArticle
  /** Called when no more pages come. */
  letGo(): void
}

async function takeEngine(site: Site, options: ArticlesOptions): Promise<Engine> {
  if (options.engine === 'kernel' && options.parser === 'fast') return kernelEngine(site, options)
  // Loaded where wanted: wtf_wikipedia takes as long to load as 5 MB of a dump to read.
  const parser =
    options.parser === 'wtf' ? (await import('./wikitext/reference-parser.ts')).referenceParser : linearParser
  return referenceEngine(site, parser, options)
}

/** Kernels that rest, by what they were made for: what they learnt of names and their memory are used again. */
const resting = new Map<string, WikitextKernel[]>()
/** A kernel that has grown beyond this is given up. */
const largestRest = 64 * 1024 * 1024

function kernelEngine(site: Site, { namespaces, language = site.language }: ArticlesOptions): Engine {
  const key = JSON.stringify([site.wiki, language, site.case, [...site.namespaces]])
  const others = resting.get(key) ?? []
  resting.set(key, others)
  const kernel = others.pop() ?? new WikitextKernel(site, encodePrefix({ wiki: site.wiki, language }))
  const extracted = (encoded: Uint8Array, tables: () => readonly PageTable[]): ExtractedArticle => ({
    pageId: kernel.pageId,
    encoded,
    decode: () => decodeArticle(encoded),
    tables,
    json: ({ bits }) => kernel.json(bits),
  })
  return {
    readPiece(page) {
      if (!kernel.readHead(page)) return undefined
      if (namespaces && !namespaces.has(kernel.namespace)) return otherNamespace
      if (!kernel.isWikitext) return notWikitext
      const encoded = kernel.article()
      return encoded && { kind: 'article', article: extracted(encoded, () => tablesOfXml(page, site)) }
    },
    articleOf: (page) => extracted(kernel.articleOf(page), () => tablesOf(page.text, site, page.title)),
    letGo() {
      if (kernel.memoryBytes <= largestRest) others.push(kernel)
    },
  }
}

/** The kernel has no tables: a page that seems to hold some is read once more, by the parser in TypeScript. */
function tablesOfXml(page: Uint8Array, site: Site): readonly PageTable[] {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength)
  if (!mayHoldTables(bytes.toString('latin1'))) return []
  const piece = { kind: 'page', bytes, length: bytes.length, at: 0 } as const
  const outcome = readPiece(piece, {}, bytes.length)
  return outcome?.kind === 'page' ? tablesOf(outcome.page.text, site, outcome.page.title) : []
}

function referenceEngine(site: Site, parser: WikitextParser, { language = site.language }: ArticlesOptions): Engine {
  return {
    readPiece: () => undefined,
    articleOf(page) {
      const article = { ...articleOf(page, site, { parser }), language }
      return extractedFrom(article, { tables: () => tablesOf(page.text, site, page.title) })
    },
    letGo: () => undefined,
  }
}
