/** What the pipeline does about input that is damaged, from the dump's file to the dead letter. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { partitionOf } from '../../runtime/partition.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import type { DeadLetter } from '../../schemas/types.ts'
import type { ServiceId } from '../../topology.ts'
import { appendRecords, deadLettersOf, recordsOf } from './embedded-log.ts'
import {
  noSmallDumps,
  packHugePage,
  pageId,
  pageTitle,
  type SmallDump,
  type Streams,
  samplePages,
  writeDump,
} from './small-dumps.ts'
import { runStages } from './stages.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-bad-input-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Three streams of twenty pages: the fault is in the middle one, so that it has neighbours on both sides. */
const pagesPerStream = 20
const clean: Streams = noSmallDumps ? [] : samplePages('kowiki', [pagesPerStream, pagesPerStream, pagesPerStream])
let cleanDump: SmallDump
let cleanArticles: readonly string[] = []

before(async () => {
  if (noSmallDumps) return
  cleanDump = writeDump(join(root, 'clean'), clean)
  cleanArticles = await extract('clean-out', cleanDump.folder).then(({ articles }) => articles)
})

interface Extracted {
  readonly out: string
  /** Lines of ko_articles.jsonl. */
  readonly articles: readonly string[]
  readonly dead: readonly DeadLetter[]
  readonly of: (id: ServiceId) => ServiceStatus
}

async function extract(name: string, location: string): Promise<Extracted> {
  const out = join(root, name)
  const settings = { 'dump-downloader': { inputs: [{ language: 'ko', location }] } }
  const statuses = await runStages({ out, targets: ['article-writer'], settings })
  return {
    out,
    articles: readFileSync(join(out, 'wikipedia', 'ko_articles.jsonl'), 'utf8')
      .trimEnd()
      .split('\n'),
    dead: await deadLettersOf(out, 'article-extractor'),
    of: (id) => statuses.find((status) => status.id === id)!,
  }
}

function articlesIn(out: string): string[] {
  return readFileSync(join(out, 'wikipedia', 'ko_articles.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
}

/** The undisturbed articles without those of some pages. */
function cleanWithout(...pages: readonly Buffer[]): string[] {
  const ids = new Set(pages.map(pageId))
  return cleanArticles.filter((line) => {
    const { pageId: id }: { pageId: number } = JSON.parse(line)
    return !ids.has(id)
  })
}

/** The streams with another page in the place of the middle one. */
function withBadPage(change: (page: Buffer) => Buffer): { readonly streams: Streams; readonly page: Buffer } {
  const page = clean[1]![pagesPerStream / 2]!
  const streams = clean.map((pages) => pages.map((one) => (one === page ? change(page) : one)))
  return { streams, page }
}

function assertDeadPage(ran: Extracted, dump: SmallDump, page: Buffer, code: string, message: RegExp): void {
  assert.deepEqual(
    ran.dead.map((letter) => letter.code),
    [code],
  )
  const [letter] = ran.dead
  assert.match(letter?.message ?? '', message)
  assert.equal(
    letter?.place,
    `file ${dump.copyIn(ran.out)}, byte ${dump.ranges[1]?.start}, page ${pageId(page)}, "${pageTitle(page)}"`,
  )
  assert.ok(letter?.hint)
  assert.deepEqual(ran.articles, cleanWithout(page))
}

test('the sample that the damage is done to goes through whole', { skip: noSmallDumps }, async () => {
  assert.ok(cleanArticles.length > pagesPerStream)
  assert.deepEqual(await deadLettersOf(join(root, 'clean-out'), 'article-extractor'), [])
})

test('a truncated bz2 file costs the stream that is cut: dead letters name the file, the byte and the pages missing', {
  skip: noSmallDumps,
}, async () => {
  const dump = writeDump(join(root, 'truncated'), clean)
  const { start, end } = dump.ranges[2]!
  truncateSync(dump.articles, Math.floor((start + end) / 2))
  const ran = await extract('truncated-out', dump.folder)
  const place = `file ${dump.copyIn(ran.out)}, byte ${start}`
  assert.deepEqual(
    ran.dead.map((letter) => [letter.code, letter.place.slice(0, place.length)]),
    [
      ['BZ2_TRUNCATED', place],
      ['PAGES_MISSING', place],
    ],
  )
  assert.match(ran.dead[1]?.message ?? '', new RegExp(`promises ${pagesPerStream} pages here, 0 were found`))
  assert.ok(ran.dead.every(({ hint }) => hint))
  assert.deepEqual(ran.articles, cleanWithout(...clean[2]!))
  assert.equal(ran.of('article-extractor').figures.deadParts, 2)
})

test('a page that is no well-formed XML is dead-lettered, and its neighbours pass', {
  skip: noSmallDumps,
}, async () => {
  const { streams, page } = withBadPage((xml) => Buffer.from(xml.toString('utf8').replace('</revision>', '')))
  const dump = writeDump(join(root, 'malformed'), streams)
  assertDeadPage(await extract('malformed-out', dump.folder), dump, page, 'XML_MALFORMED', /at byte \d+ of the unc/)
})

test('a page that is not UTF-8 is dead-lettered with the byte at fault, and its neighbours pass', {
  skip: noSmallDumps,
}, async () => {
  const { streams, page } = withBadPage((xml) => {
    const bytes = Buffer.from(xml)
    bytes[bytes.indexOf('preserve">') + 30] = 0xff
    return bytes
  })
  const before = Buffer.concat(clean[1]!.slice(0, pagesPerStream / 2)).length
  const at = before + page.indexOf('preserve">') + 30
  const dump = writeDump(join(root, 'not-utf8'), streams)
  const message = new RegExp(`byte (${at - 2}|${at - 1}|${at}) of the uncompressed text is not UTF-8`)
  assertDeadPage(await extract('not-utf8-out', dump.folder), dump, page, 'INVALID_UTF8', message)
})

test('a page of 50 MB is dead-lettered unread, and takes no more memory than one of 12 MB', {
  skip: noSmallDumps,
}, async () => {
  const page = clean[1]![0]!
  const [over, huge] = [12, 50].map((megabytes) => {
    const packed = new Map([[1, packHugePage(page, megabytes)]])
    const dump = writeDump(join(root, `page-of-${megabytes}`), [clean[0]!, [page], clean[2]!], { packed })
    const out = join(root, `page-of-${megabytes}-out`)
    return { out, dump, peakBytes: peakBytesOf(out, dump.folder) }
  })
  const grown = huge!.peakBytes - over!.peakBytes
  assert.ok(grown < 80e6, `${Math.round(grown / 1e6)} MB more`)
  const [letter, ...others] = await deadLettersOf(huge!.out, 'article-extractor')
  assert.deepEqual(others, [])
  assert.equal(letter?.code, 'PAGE_TOO_LARGE')
  assert.match(letter?.message ?? '', /has 5\d{7} bytes; the limit is 10485760/)
  const place = `file ${huge!.dump.copyIn(huge!.out)}, byte ${huge!.dump.ranges[1]?.start}`
  assert.equal(letter?.place, `${place}, page ${pageId(page)}, "${pageTitle(page)}"`)
  assert.deepEqual(articlesIn(huge!.out), cleanWithout(...clean[1]!))
})

/** The most memory that a process held which extracted the articles of a dump. */
function peakBytesOf(out: string, location: string): number {
  const script = fileURLToPath(new URL('./peak-memory.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, out, location], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  return Number(stdout)
}

test('without its index a dump gives the same articles to the byte', { skip: noSmallDumps }, async () => {
  const dump = writeDump(join(root, 'no-index'), clean, { index: false })
  const ran = await extract('no-index-out', dump.folder)
  assert.deepEqual(ran.dead, [])
  assert.deepEqual(ran.of('article-extractor').figures.dropped, { no_pages: 1 }) // the stream that closes the document
  assert.deepEqual(ran.articles, cleanArticles)
})

test('an event of an unknown schema version is dead-lettered with its place in the log, and the others pass', {
  skip: noSmallDumps,
}, async () => {
  const out = join(root, 'schema-out')
  const key = 'kowiki:0'
  const value = Uint8Array.of(0, 0, 0, 0x27, 0x0f, 1, 2, 3) // Confluent's frame with schema id 9999
  const foreign = (topic: 'articles' | 'dump-chunks') => ({
    topic,
    partition: partitionOf(topic, key),
    key,
    value,
    headers: {},
  })
  await appendRecords(out, [foreign('articles'), foreign('dump-chunks')])
  const ran = await extract('schema-out', cleanDump.folder)
  for (const [service, topic] of [
    ['article-extractor', 'dump-chunks'],
    ['article-writer', 'articles'],
  ] as const) {
    const [letter, ...others] = await deadLettersOf(out, service)
    assert.deepEqual(others, [], service)
    assert.equal(letter?.code, 'SCHEMA_UNKNOWN')
    assert.match(letter?.message ?? '', /schema id 9999/)
    assert.deepEqual([letter?.topic, letter?.partition, letter?.offset], [topic, partitionOf(topic, key), 0])
    assert.deepEqual(new Uint8Array(letter?.value ?? []), value)
    assert.equal(ran.of(service).figures.dead, 1)
  }
  assert.deepEqual(ran.articles, cleanArticles)
})

for (const table of ['langlinks', 'page'] as const) {
  test(`a ${table} table whose INSERT is cut in half is dead-lettered with line and byte, and the other wiki passes`, {
    skip: noSmallDumps,
  }, async () => {
    const [korean, english] = (['kowiki', 'enwiki'] as const).map((wiki) =>
      writeDump(join(root, `${table}-${wiki}`), [samplePages(wiki, [1])[0]!], { wiki, tables: true }),
    )
    const file = join(korean!.folder, `kowiki-20260901-${table}.sql.gz`)
    const sql = gunzipSync(readFileSync(file))
    const insertAt = sql.indexOf('INSERT INTO')
    const cutAt = insertAt + Math.floor((sql.indexOf(';\n', insertAt) - insertAt) / 2)
    writeFileSync(file, gzipSync(sql.subarray(0, cutAt)))
    const out = join(root, `${table}-out`)
    const inputs = [
      { language: 'ko', location: korean!.folder },
      { language: 'en', location: english!.folder },
    ]
    await runStages({ out, targets: ['langlink-extractor'], settings: { 'dump-downloader': { inputs } } })
    const [letter, ...others] = await deadLettersOf(out, 'langlink-extractor')
    const line = sql.subarray(0, cutAt).toString('latin1').split('\n').length
    assert.deepEqual(others, [])
    assert.equal(letter?.code, 'SQL_TRUNCATED')
    assert.match(letter?.message ?? '', new RegExp(`line ${line} stops half way, at byte ${cutAt} of`))
    assert.match(letter?.place ?? '', new RegExp(`${table}\\.sql\\.gz, line ${line}$`))
    assert.equal(letter?.topic, 'dump-files')
    assert.ok(letter?.value, 'the whole event is kept, to be tried again')
    const names = (await recordsOf(out, 'page-links')).filter(({ key }) => !key.startsWith('seal/'))
    assert.ok(names.length > 1000 && names.every(({ key }) => key.startsWith('enwiki:')))
  })
}
