/**
 * Articles from the weekly dumps of the search index: text that MediaWiki itself has rendered, instead of wikitext. The
 * index knows nothing of a link's words, infoboxes, glosses, notes, captions, tables and languages: these fields stay empty.
 */
import { basename } from 'node:path'
import type { Article } from '../schemas/types.ts'
import { type ArticleOutcome, type BytesPlace, extractedFrom, type IndexedFacts } from './articles.ts'
import { decompressRange } from './bz2.ts'
import { type CirrusDocument, cirrusDocumentsOf } from './cirrus-documents.ts'
import { parseCirrusName } from './cirrus-names.ts'
import { kindOf } from './kinds.ts'
import { type Site, siteOf } from './site.ts'

export interface CirrusOptions {
  /** Lines longer than this many bytes are reported, not read; enwiki's longest are of some megabytes. */
  readonly maxPageBytes: number
  /** Namespaces to read; undefined for all. */
  readonly namespaces?: ReadonlySet<number> | undefined
  /** Language of the text, where it is not the one that the document says. */
  readonly language?: string | undefined
}

/** As articlesOf, and pages that are redirects themselves are dropped: the index does not say where they lead. */
export type CirrusOutcome = ArticleOutcome | { readonly kind: 'dropped'; readonly reason: 'other_kind_of_page' }

export interface CirrusFileOptions extends CirrusOptions {
  /** Database name; by default that of the file's name. */
  readonly wiki?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The articles of a shard (bz2, gzip or plain), in order. One bad document costs no other. Throws BadEventError
 * BZ2_CORRUPT and the like, after the articles before the fault.
 */
export async function* cirrusArticles(
  file: string,
  { wiki, signal, ...options }: CirrusFileOptions,
): AsyncGenerator<CirrusOutcome, void, undefined> {
  const site = siteOf(undefined, { wiki: wiki ?? parseCirrusName(basename(file))?.wiki })
  const bytes = decompressRange(file, 0, Number.POSITIVE_INFINITY, { signal })
  yield* cirrusArticlesOf(bytes, site, { file, byteOffset: 0 }, options)
}

/** The articles in uncompressed bytes; the counterpart of articlesOf. */
export async function* cirrusArticlesOf(
  chunks: AsyncIterable<Uint8Array>,
  site: Site,
  place: BytesPlace,
  { maxPageBytes, namespaces, language }: CirrusOptions,
): AsyncGenerator<CirrusOutcome, void, undefined> {
  const siteOfDocument = sitesBy(site)
  for await (const outcome of cirrusDocumentsOf(chunks, place, maxPageBytes)) {
    if (outcome.kind === 'bad') {
      yield outcome
      continue
    }
    const { document } = outcome
    if (namespaces && !namespaces.has(document.namespace)) yield { kind: 'dropped', reason: 'other_namespace' }
    else if (document.isRedirect) yield { kind: 'dropped', reason: 'other_kind_of_page' }
    else if (document.contentModel !== 'wikitext') yield { kind: 'dropped', reason: 'not_wikitext' }
    else {
      const article = cirrusArticleOf(document, siteOfDocument(document))
      const named = language === undefined ? article : { ...article, language }
      yield { kind: 'article', article: extractedFrom(named, { tables: () => [], indexed: indexedFacts(document) }) }
    }
  }
}

/** The site given, or where nobody says which wiki it is, that of each document. */
function sitesBy(site: Site): (document: CirrusDocument) => Site {
  const known = new Map<string, Site>()
  return ({ wiki = '' }) => {
    if (site.wiki !== '') return site
    const ofDocument = known.get(wiki) ?? siteOf(undefined, { wiki })
    known.set(wiki, ofDocument)
    return ofDocument
  }
}

function indexedFacts({ redirects, namespace, wikibaseItem }: CirrusDocument): IndexedFacts {
  const leadingHere = redirects.filter((redirect) => redirect.namespace === namespace)
  return { redirects: leadingHere.map(({ title }) => title.normalize('NFC')), wikidataItem: wikibaseItem ?? null }
}

/**
 * A document as an article. The lead is the opening text, the rest of the text one section without a heading, for the
 * index keeps no places of headings; a page without headings is all lead.
 */
function cirrusArticleOf(document: CirrusDocument, site: Site): Article {
  const { lead, rest } = leadOf(document)
  return {
    wiki: site.wiki || (document.wiki ?? ''),
    language: site.language || (document.language ?? ''),
    pageId: document.pageId,
    revisionId: document.revisionId,
    timestamp: document.timestamp,
    title: document.title.normalize('NFC'),
    kind: kindOf(document.title, document.templates.map(templateName), false, site),
    redirect: null,
    lead,
    sections: rest === '' ? [] : [{ heading: '', level: 2, text: rest }],
    links: [],
    boldNames: [],
    glosses: [],
    infoboxes: [],
    categories: document.categories.map((category) => category.replaceAll('_', ' ').normalize('NFC')),
    languageLinks: [],
    references: 0,
    textBytes: document.textBytes,
    namespace: document.namespace,
    shortDescription: '',
    hatnotes: [],
    captions: [],
    coordinates: document.coordinates ?? null,
  }
}

function leadOf({ text, openingText }: CirrusDocument): { lead: string; rest: string } {
  const whole = text.normalize('NFC').trim()
  const opening = openingText?.normalize('NFC').trim() ?? whole
  // Where the text does not begin with it nothing tells what stands twice: better all of it once.
  if (!whole.startsWith(opening)) return { lead: whole, rest: '' }
  return { lead: opening, rest: whole.slice(opening.length).trim() }
}

function templateName(title: string): string {
  return title
    .slice(title.indexOf(':') + 1)
    .replaceAll('_', ' ')
    .toLowerCase()
}
