import type { BadEventError } from '../runtime/errors.ts'
import type { DecompressOptions } from './bz2.ts'
import { type Row, sqlRowBatches } from './sql.ts'

/** The page of another language that is said to be about the same thing. */
export interface LanglinkRow {
  readonly pageId: number
  /** Interwiki prefix of the other wiki, such as `en`. */
  readonly language: string
  /** Title there, with spaces; may be empty and in any namespace. */
  readonly title: string
}

export interface PageRow {
  readonly pageId: number
  readonly namespace: number
  /** Without namespace, spaces for underscores. */
  readonly title: string
  readonly isRedirect: boolean
  readonly latestRevisionId: number
  /** Bytes of source text. */
  readonly length: number
}

export interface RedirectRow {
  /** The page that redirects. */
  readonly pageId: number
  readonly namespace: number
  /** Target without namespace, spaces for underscores. */
  readonly title: string
  /** Prefix of another wiki, or empty. */
  readonly interwiki: string
  /** Section of the target, or empty. */
  readonly fragment: string
}

export interface TableOptions extends DecompressOptions {
  /** Takes rows that cannot be read; without it they are thrown. */
  readonly onBadRow?: (error: BadEventError) => void
}

export interface LanglinkOptions extends TableOptions {
  /** Only links to these languages; all where absent. */
  readonly languages?: readonly string[]
}

const langlinkLayouts = [['ll_from', 'll_lang', 'll_title']]

/** Rows of `langlinks`. Errors as of sqlRows. */
export async function* langlinkRows(file: string, options: LanglinkOptions = {}): AsyncGenerator<LanglinkRow> {
  const { languages, ...rest } = options
  const only = languages && { only: { column: 'll_lang', values: languages } }
  const columns = ['ll_from', 'll_lang', 'll_title']
  for await (const rows of sqlRowBatches(file, 'langlinks', { ...rest, ...only, columns, layouts: langlinkLayouts })) {
    for (const [from = '', language = '', title = ''] of rows) {
      yield { pageId: Number(from), language: language ?? '', title: title ?? '' }
    }
  }
}

/** Of MediaWiki 1.39 and later, and of the years before page_restrictions went (with page_counter gone already). */
const pageLayouts = [
  (
    'page_id page_namespace page_title page_is_redirect page_is_new page_random page_touched page_links_updated ' +
    'page_latest page_len page_content_model page_lang'
  ).split(' '),
  (
    'page_id page_namespace page_title page_restrictions page_is_redirect page_is_new page_random page_touched ' +
    'page_links_updated page_latest page_len page_content_model page_lang'
  ).split(' '),
]

export interface PageOptions extends TableOptions {
  /** Only pages whose id is among these; all where absent. */
  readonly ids?: { has(id: number): boolean }
}

/** Rows of `page`, of the old and the new layout. Errors as of sqlRows. */
export async function* pageRows(file: string, { ids, ...options }: PageOptions = {}): AsyncGenerator<PageRow> {
  const only = ids && { only: { column: 'page_id', ids } }
  const columns = ['page_id', 'page_namespace', 'page_title', 'page_is_redirect', 'page_latest', 'page_len']
  for await (const rows of sqlRowBatches(file, 'page', { ...options, ...only, columns, layouts: pageLayouts })) {
    for (const [id, namespace, title, isRedirect, latest, length] of rows) {
      yield {
        pageId: Number(id),
        namespace: Number(namespace),
        title: spaced(title),
        isRedirect: isRedirect === '1',
        latestRevisionId: Number(latest),
        length: Number(length),
      }
    }
  }
}

const redirectLayouts = [['rd_from', 'rd_namespace', 'rd_title', 'rd_interwiki', 'rd_fragment']]

/** Rows of `redirect`. Errors as of sqlRows. */
export async function* redirectRows(file: string, options: TableOptions = {}): AsyncGenerator<RedirectRow> {
  const columns = ['rd_from', 'rd_namespace', 'rd_title', 'rd_interwiki', 'rd_fragment']
  for await (const rows of sqlRowBatches(file, 'redirect', { ...options, columns, layouts: redirectLayouts })) {
    for (const [from, namespace, title, interwiki, fragment] of rows) {
      yield {
        pageId: Number(from),
        namespace: Number(namespace),
        title: spaced(title),
        interwiki: interwiki ?? '',
        fragment: spaced(fragment),
      }
    }
  }
}

/** The page of a wiki that is about an item of Wikidata. */
export interface SitelinkRow {
  /** Number of the item: 8684 is Q8684. */
  readonly item: number
  /** Database name such as `kowiki`. */
  readonly wiki: string
  /** With the name of its namespace, spaces between words. */
  readonly title: string
}

const sitelinkLayouts = [['ips_row_id', 'ips_item_id', 'ips_site_id', 'ips_site_page']]

/** Rows of Wikidata's `wb_items_per_site` that lead to `wiki`. Errors as of sqlRows. */
export async function* sitelinkRows(
  file: string,
  wiki: string,
  options: TableOptions = {},
): AsyncGenerator<SitelinkRow> {
  const columns = ['ips_item_id', 'ips_site_page']
  const only = { column: 'ips_site_id', values: [wiki] }
  const asked = { ...options, columns, only, layouts: sitelinkLayouts }
  for await (const rows of sqlRowBatches(file, 'wb_items_per_site', asked)) {
    for (const [item, title] of rows) yield { item: Number(item), wiki, title: spaced(title) }
  }
}

function spaced(title: Row[number] | undefined): string {
  return (title ?? '').replaceAll('_', ' ')
}
