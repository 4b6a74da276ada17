import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { BadEventError } from '../../runtime/errors.ts'
import { parseChecksums } from '../../wiki/checksum-lists.ts'
import { parseDumpStatus } from '../../wiki/dump-lists.ts'
import { parseDumpName } from '../../wiki/dump-names.ts'
import { type DumpFiles, dumpFilesOf } from '../../wiki/dumps.ts'
import { folder } from './fixtures.ts'

async function folderWith(t: TestContext, ...names: string[]): Promise<string> {
  const dir = await folder(t)
  for (const name of names) await writeFile(join(dir, name), '')
  return dir
}

function names({ articles, langlinks, page, redirect }: DumpFiles) {
  return {
    articles: articles.map(({ file, index }) => [basename(file), index && basename(index)]),
    tables: [langlinks, page, redirect].map((file) => file && basename(file)),
  }
}

const multi = 'kowiki-20260901-pages-articles-multistream.xml.bz2'
const index = 'kowiki-20260901-pages-articles-multistream-index.txt.bz2'
const single = 'kowiki-20260901-pages-articles.xml.bz2'

function hasCode(code: string) {
  return (error: unknown) => error instanceof BadEventError && error.code === code
}

test('names of dump files are taken apart', () => {
  assert.deepEqual(parseDumpName(multi), {
    wiki: 'kowiki',
    date: '20260901',
    source: 'dump',
    kind: 'articles',
    isMultistream: true,
    part: 0,
  })
  assert.deepEqual(parseDumpName('enwiki-20260901-pages-articles-multistream-index12.txt-p7054860p8554859.bz2'), {
    wiki: 'enwiki',
    date: '20260901',
    source: 'dump',
    kind: 'articles-index',
    isMultistream: true,
    part: 12,
    firstPageId: 7054860,
    lastPageId: 8554859,
  })
  assert.equal(parseDumpName('zh_min_nanwiki-latest-langlinks.sql.gz')?.kind, 'langlinks')
  for (const name of ['kowiki-20260901-pagelinks.sql.gz', 'kowiki-20260901-sha1sums.txt', 'README.md', 'page.sql.gz']) {
    assert.equal(parseDumpName(name), undefined, name)
  }
})

test('of a folder the multistream file, its index and the tables of its date are taken', async (t) => {
  const tables = ['langlinks', 'page', 'redirect'].map((table) => `kowiki-20260901-${table}.sql.gz`)
  const dir = await folderWith(t, multi, index, single, ...tables, 'kowiki-20260801-page.sql.gz', 'dumpstatus.json')
  assert.deepEqual(names(await dumpFilesOf(dir)), { articles: [[multi, index]], tables })
})

test('parts come in the order of their numbers, with their own indexes', async (t) => {
  const part = (i: number, kind: string) => `enwiki-20260901-pages-articles-multistream${kind}`.concat(`${i}`)
  const files = [10, 2, 1].flatMap((i) => [
    `${part(i, '')}.xml-p${i}000p${i}999.bz2`,
    `${part(i, '-index')}.txt-p${i}000p${i}999.bz2`,
  ])
  const found = names(await dumpFilesOf(await folderWith(t, ...files)))
  assert.deepEqual(
    found.articles,
    [1, 2, 10].map((i) => files.filter((name) => name.includes(`-p${i}000p`))),
  )
})

test('without multistream the single file is taken, without the whole the latest date', async (t) => {
  assert.deepEqual(names(await dumpFilesOf(await folderWith(t, single))).articles, [[single, undefined]])
  const dir = await folderWith(t, single, single.replace('0901', '1001'))
  assert.equal((await dumpFilesOf(dir)).date, '20261001')
  assert.equal((await dumpFilesOf(dir, { date: '20260901' })).date, '20260901')
})

test('two wikis in a folder need a choice, an empty folder is no dump', async (t) => {
  const dir = await folderWith(t, multi, multi.replace('kowiki', 'enwiki'))
  await assert.rejects(dumpFilesOf(dir), hasCode('DUMP_AMBIGUOUS'))
  assert.equal((await dumpFilesOf(dir, { wiki: 'enwiki' })).wiki, 'enwiki')
  await assert.rejects(dumpFilesOf(await folderWith(t)), hasCode('DUMP_NOT_FOUND'))
})

test('a single file is taken as it is, with its neighbours where its name tells them', async (t) => {
  const dir = await folderWith(t, multi, index, 'kowiki-20260901-page.sql.gz', 'some.xml.bz2')
  const named = await dumpFilesOf(join(dir, multi))
  assert.deepEqual(names(named), {
    articles: [[multi, index]],
    tables: [undefined, 'kowiki-20260901-page.sql.gz', undefined],
  })
  assert.deepEqual(names(await dumpFilesOf(join(dir, 'some.xml.bz2'))).articles, [['some.xml.bz2', undefined]])
  const lone = await folderWith(t, 'kowiki-berlin.xml.bz2')
  assert.deepEqual(names(await dumpFilesOf(lone)).articles, [['kowiki-berlin.xml.bz2', undefined]])
})

test('dumpstatus.json is read into jobs, files and checksums', () => {
  const json = JSON.stringify({
    version: '0.8',
    jobs: {
      articlesmultistreamdump: {
        status: 'done',
        updated: '2026-09-03 08:13:10',
        files: {
          [multi]: { size: 7, url: `/kowiki/20260901/${multi}`, md5: 'D41D8CD98F00B204E9800998ECF8427E', sha1: 'da39' },
        },
      },
      pagetable: { status: 'waiting' },
    },
  })
  assert.deepEqual(parseDumpStatus(json), [
    {
      name: 'articlesmultistreamdump',
      isDone: true,
      files: [
        {
          name: multi,
          kind: 'articles',
          size: 7,
          url: `/kowiki/20260901/${multi}`,
          md5: 'd41d8cd98f00b204e9800998ecf8427e',
          sha1: 'da39',
        },
      ],
    },
    { name: 'pagetable', isDone: false, files: [] },
  ])
  for (const bad of ['', '<html>', '{}', '{"jobs":{"a":{"files":[]}}}']) {
    assert.throws(() => parseDumpStatus(bad), hasCode('DUMPSTATUS_MALFORMED'), bad)
  }
})

test('lists of checksums are read by the length of the sum', () => {
  const sums = parseChecksums(`${'a'.repeat(40)}  ${multi}\n${'B'.repeat(32)} *x y.txt\n\n${'c'.repeat(64)}  z\n`)
  assert.deepEqual(
    [...sums],
    [
      [multi, { algorithm: 'sha1', hex: 'a'.repeat(40) }],
      ['x y.txt', { algorithm: 'md5', hex: 'b'.repeat(32) }],
      ['z', { algorithm: 'sha256', hex: 'c'.repeat(64) }],
    ],
  )
  for (const bad of ['<html>', `${'a'.repeat(39)}  x`, 'a'.repeat(40)]) {
    assert.throws(() => parseChecksums(bad), hasCode('CHECKSUMS_MALFORMED'), bad)
  }
})
