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
  const [first, second, ...others] = events('page-names')
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
  assert.deepEqual(dropped, { other_namespace: 1, unknown_page: 1, not_a_name: 2 })
  assert.deepEqual(rejected, [])
})

test('from an English dump the Korean names are taken', async (t) => {
  const tables = {
    langlinks: tableOf('langlinks', ["(9,'ko','물')", "(9,'en','Water')"]),
    page: tableOf('page', [pageRow(9, 0, 'Water')]),
  }
  const { events } = await extract(t, tables, { wiki: 'enwiki', language: 'en' })
  assert.deepEqual(
    events('page-names').map(({ wiki, title, name, nameLanguage }) => [wiki, title, name, nameLanguage]),
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
    events('page-names').map(({ title, name }) => [title, name]),
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
