import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { DumpFile } from '../../schemas/types.ts'
import langlinkExtractor from '../../services/02-langlink-extractor/service.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'

const columns = {
  langlinks: ['ll_from', 'll_lang', 'll_title'],
  wb_items_per_site: ['ips_row_id', 'ips_item_id', 'ips_site_id', 'ips_site_page'],
  // As of MediaWiki 1.39.
  page: [
    ...['page_id', 'page_namespace', 'page_title', 'page_is_redirect', 'page_is_new', 'page_random'],
    ...['page_touched', 'page_links_updated', 'page_latest', 'page_len', 'page_content_model', 'page_lang'],
  ],
}

/** A table as mysqldump writes it. */
function tableOf(name: keyof typeof columns, rows: readonly string[]): Buffer {
  const fields = columns[name].map((column) => `  \`${column}\` varbinary(255) DEFAULT NULL,\n`)
  const create = `-- MariaDB dump 10.19\nCREATE TABLE \`${name}\` (\n${fields.join('')}  PRIMARY KEY (\`x\`)\n) ENGINE=InnoDB;\n`
  const insert = rows.length === 0 ? '' : `INSERT INTO \`${name}\` VALUES ${rows.join(',')};\n`
  return gzipSync(`${create}${insert}-- Dump completed on 2026-09-01\n`)
}

const pageRow = (id: number, namespace: number, title: string) =>
  `(${id},${namespace},'${title}',0,0,0.5,'20260901000000',NULL,${id}01,9,'wikitext',NULL)`

async function extract(
  t: TestContext,
  tables: { readonly langlinks: Buffer; readonly page: Buffer },
  set: Partial<DumpFile> = {},
) {
  const folder = await temporaryFolder(t)
  for (const [name, bytes] of Object.entries(tables)) await writeFile(join(folder, `${name}.sql.gz`), bytes)
  const file: DumpFile = {
    wiki: 'kowiki',
    language: 'ko',
    date: '20260901',
    kind: 'langlinks',
    address: 'langlinks.sql.gz',
    bytes: tables.langlinks.length,
    sha1: null,
    indexAddress: null,
    pageTableAddress: 'page.sql.gz',
    ...set,
  }
  return drive(folder, langlinkExtractor, [incoming('dump-files', file)])
}

const langlinks = tableOf('langlinks', [
  "(1,'en','Seoul')",
  "(1,'ja','ソウル特別市')",
  "(2,'en','C++')",
  "(3,'en','Water')",
  "(4,'en','Deleted page')",
  "(5,'en','1984')",
  "(6,'en','Nineteen eighty-four')",
  "(7,'de','Feuer')",
])
const page = tableOf('page', [
  pageRow(1, 0, '서울특별시'),
  pageRow(2, 0, 'C++_(프로그래밍_언어)'),
  pageRow(3, 1, '물'),
  pageRow(5, 0, '오웰'),
  pageRow(6, 0, '1984년'),
  pageRow(7, 0, '불'),
])

test('a link is joined with the title of its page, which says so with its latest revision', async (t) => {
  const { events } = await extract(t, { langlinks, page })
  const [first, second, ...others] = events('page-links')
  assert.deepEqual(first, {
    wiki: 'kowiki',
    title: '서울특별시',
    name: 'Seoul',
    nameLanguage: 'en',
    rule: 'langlink',
    count: 1,
    share: null,
    evidenceWiki: 'kowiki',
    evidencePageId: 1,
    evidenceRevisionId: 101,
    written: '',
    offset: null,
    detail: '',
  })
  assert.deepEqual([second?.title, second?.name], ['C++ (프로그래밍 언어)', 'C++'])
  assert.deepEqual(others, [])
})

test('links of talk pages, of pages that are gone, and of years are counted; those to other languages are not asked for', async (t) => {
  const { dropped, rejected } = await extract(t, { langlinks, page })
  assert.deepEqual(dropped, { other_namespace: 1, unknown_page: 1, name_of_time: 2 })
  assert.deepEqual(rejected, [])
})

test('from an English dump the Korean names are taken', async (t) => {
  const tables = {
    langlinks: tableOf('langlinks', ["(9,'ko','물')", "(9,'en','Water')"]),
    page: tableOf('page', [pageRow(9, 0, 'Water')]),
  }
  const { events } = await extract(t, tables, { wiki: 'enwiki', language: 'en' })
  assert.deepEqual(
    events('page-links').map(({ wiki, title, name, nameLanguage }) => [wiki, title, name, nameLanguage]),
    [['enwiki', 'Water', '물', 'ko']],
  )
})

test('a row that cannot be read is rejected, and those around it are joined', async (t) => {
  const broken = tableOf('langlinks', ["(1,'en','Seoul')", "(2,'en')", "(3,'en','Fire')"])
  const { events, rejected } = await extract(t, {
    langlinks: broken,
    page: tableOf('page', [pageRow(1, 0, '서울'), pageRow(3, 0, '불')]),
  })
  assert.deepEqual(
    rejected.map(({ code }) => code),
    ['SQL_MALFORMED'],
  )
  assert.deepEqual(
    events('page-links').map(({ title, name }) => [title, name]),
    [
      ['서울', 'Seoul'],
      ['불', 'Fire'],
    ],
  )
})

test('without a page table the file is refused, with a hint what to put beside it', async (t) => {
  const extracting = extract(t, { langlinks, page }, { pageTableAddress: null })
  await assert.rejects(extracting, { name: 'BadEventError', code: 'PAGE_TABLE_MISSING', hint: /page\.sql\.gz/ })
})

test('a table that is cut short is refused', async (t) => {
  const extracting = extract(t, { langlinks, page: page.subarray(0, page.length - 12) })
  await assert.rejects(extracting, { name: 'BadEventError', code: 'GZIP_TRUNCATED' })
})

test('files of articles and of wikis in a third language are counted', async (t) => {
  const articles = await extract(t, { langlinks, page }, { kind: 'articles' })
  assert.deepEqual(articles.dropped, { other_kind_of_file: 1 })
  const japanese = await extract(t, { langlinks, page }, { wiki: 'jawiki', language: 'ja' })
  assert.deepEqual(japanese.dropped, { other_language: 1 })
})

test('categories, lists, pages of many meanings and redirects are counted with their reasons', async (t) => {
  const tables = {
    langlinks: tableOf('langlinks', [
      "(1,'en','Category:Cities')",
      "(2,'en','List of rivers')",
      "(3,'en','Mercury (disambiguation)')",
      "(4,'en','Capital')",
      "(5,'en','Venus')",
    ]),
    page: tableOf('page', [
      ...[1, 2, 3].map((id) => pageRow(id, 0, '쪽')),
      pageRow(4, 0, '수도').replace(',0,0,0.5', ',1,0,0.5'),
      pageRow(5, 0, '금성_(동음이의)'),
    ]),
  }
  const { events, dropped } = await extract(t, tables)
  assert.deepEqual(events('page-links'), [])
  assert.deepEqual(dropped, { other_namespace: 1, name_of_list: 1, other_kind_of_page: 3 })
})

test('the page table of the layout before 1.39 is read as well', async (t) => {
  const old = `CREATE TABLE \`page\` (\n${columns.page
    .toSpliced(3, 0, 'page_restrictions')
    .map((column) => `  \`${column}\` varbinary(255),\n`)
    .join(
      '',
    )}) ENGINE=InnoDB;\nINSERT INTO \`page\` VALUES (1,0,'서울','',0,0,0.5,'2018','2018',101,9,'wikitext',NULL);\n`
  const { events } = await extract(t, { langlinks, page: gzipSync(old) })
  assert.deepEqual(
    events('page-links').map(({ title, name }) => [title, name]),
    [['서울', 'Seoul']],
  )
})

/** Items as wb_items_per_site has them: an item with a page of a wiki. */
async function extractItems(t: TestContext, rows: readonly (readonly [item: number, wiki: string, page: string])[]) {
  const folder = await temporaryFolder(t)
  const tuples = rows.map(([item, wiki, page], row) => `(${row},${item},'${wiki}','${page}')`)
  await writeFile(join(folder, 'items.sql.gz'), tableOf('wb_items_per_site', tuples))
  const file = {
    wiki: 'wikidatawiki',
    language: 'mul',
    date: '20260901',
    kind: 'wikidata',
    address: 'items.sql.gz',
  } as const
  const event = incoming('dump-files', { ...file, bytes: 1, sha1: null, indexAddress: null, pageTableAddress: null })
  return drive(folder, langlinkExtractor, [event])
}

test('an item of Wikidata links its two pages both ways, and is the evidence', async (t) => {
  const { events, dropped } = await extractItems(t, [
    [8684, 'enwiki', 'Seoul'],
    [8684, 'jawiki', 'ソウル'],
    [42, 'enwiki', 'Douglas Adams'],
    [8684, 'kowiki', '서울특별시'],
    [42, 'enwikiquote', 'Douglas Adams'],
  ])
  assert.deepEqual(
    events('page-links').map(({ wiki, title, name, rule, evidenceWiki, evidencePageId }) => [
      ...[wiki, title, name, rule],
      ...[evidenceWiki, evidencePageId],
    ]),
    [
      ['kowiki', '서울특별시', 'Seoul', 'wikidata', 'wikidatawiki', 8684],
      ['enwiki', 'Seoul', '서울특별시', 'wikidata', 'wikidatawiki', 8684],
    ],
  )
  assert.deepEqual(dropped, {})
})

test('items of categories, years and of one wiki only are counted', async (t) => {
  const { events, dropped } = await extractItems(t, [
    [1, 'kowiki', '분류:도시'],
    [1, 'enwiki', 'Category:Cities'],
    [2, 'kowiki', '1984년'],
    [3, 'kowiki', '떡볶이'],
    [4, 'kowiki', '강 목록'],
    [5, 'kowiki', '기계'],
    [5, 'enwiki', 'List of machines'],
  ])
  assert.deepEqual(events('page-links'), [])
  assert.deepEqual(dropped, { other_namespace: 1, name_of_time: 1, no_mate: 1, name_of_list: 2 })
})
