import type { BadEventError } from '../runtime/errors.ts'
import type { DecompressOptions } from './bz2.ts'
import { type SqlRun, sqlRuns } from './sql.ts'

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

export interface TableOptions extends DecompressOptions {
  /** Takes rows that cannot be read; without it they are thrown. */
  readonly onBadRow?: (error: BadEventError) => void
}

export interface LanglinkOptions extends TableOptions {
  /** Only links to these languages; all where absent. */
  readonly languages?: readonly string[]
}

const langlinkLayouts = [['ll_from', 'll_lang', 'll_title']]

/** Rows of `langlinks`, some thousands at a time. Errors as of sqlRuns. */
export async function* langlinkRuns(file: string, options: LanglinkOptions = {}): AsyncGenerator<LanglinkRow[]> {
  const { languages, ...rest } = options
  const only = languages && { column: 'll_lang', values: languages }
  const asked = { ...rest, only, numbers: ['ll_from'], texts: ['ll_lang', 'll_title'], layouts: langlinkLayouts }
  for await (const run of sqlRuns(file, 'langlinks', asked)) {
    yield rowsOf(run, (row) => ({
      pageId: run.number(row, 0),
      language: run.text(row, 0) ?? '',
      title: run.text(row, 1) ?? '',
    }))
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

/** Rows of `page`, of the old and the new layout, some thousands at a time. Errors as of sqlRuns. */
export async function* pageRuns(file: string, { ids, ...options }: PageOptions = {}): AsyncGenerator<PageRow[]> {
  const only = ids && { column: 'page_id', ids }
  const numbers = ['page_id', 'page_namespace', 'page_is_redirect', 'page_latest', 'page_len']
  const asked = { ...options, only, numbers, texts: ['page_title'], layouts: pageLayouts }
  for await (const run of sqlRuns(file, 'page', asked)) {
    yield rowsOf(run, (row) => ({
      pageId: run.number(row, 0),
      namespace: run.number(row, 1),
      title: spaced(run.text(row, 0)),
      isRedirect: run.number(row, 2) === 1,
      latestRevisionId: run.number(row, 3),
      length: run.number(row, 4),
    }))
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

/** Rows of Wikidata's `wb_items_per_site` that lead to `wiki`, some thousands at a time. Errors as of sqlRuns. */
export async function* sitelinkRuns(
  file: string,
  wiki: string,
  options: TableOptions = {},
): AsyncGenerator<SitelinkRow[]> {
  const only = { column: 'ips_site_id', values: [wiki] }
  const asked = { ...options, only, numbers: ['ips_item_id'], texts: ['ips_site_page'], layouts: sitelinkLayouts }
  for await (const run of sqlRuns(file, 'wb_items_per_site', asked)) {
    yield rowsOf(run, (row) => ({ item: run.number(row, 0), wiki, title: spaced(run.text(row, 0)) }))
  }
}

function rowsOf<Row>({ length }: SqlRun, rowAt: (row: number) => Row): Row[] {
  const rows: Row[] = []
  for (let row = 0; row < length; row++) rows.push(rowAt(row))
  return rows
}

function spaced(title: string | null): string {
  return (title ?? '').replaceAll('_', ' ')
}
