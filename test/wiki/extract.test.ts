import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Zstd } from '@hpcc-js/wasm-zstd'
import { parquetReadObjects } from 'hyparquet'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'
import { encodeArticle } from '../../wiki/article-encoding.ts'
import type { ExtractSettings } from '../../wiki/extract/batches.ts'
import { extractFiles, extractStream } from '../../wiki/extract/extraction.ts'
import { type OutputField, parseFields } from '../../wiki/extract/fields.ts'
import { type OutputFormat, packed } from '../../wiki/extract/formats.ts'
import { ArticleHead } from '../../wiki/extract/head.ts'
import { type ChunkTask, chunksOf, inputsOf } from '../../wiki/extract/inputs.ts'
import { inOrder, type OrderedBatch } from '../../wiki/extract/pool.ts'
import { addTally, emptyTally } from '../../wiki/extract/tally.ts'
import { type Article, articles } from '../../wiki/index.ts'
import { bzip2, chunked, collect, fileOf, header, pageXml, python, realFile } from './fixtures.ts'
import { documentEnd, smallDump, smallPages, smallPageXml } from './small-dump.ts'

const settings: ExtractSettings = {
  engine: 'kernel',
  parser: 'fast',
  maxPageBytes: 1 << 24,
  fields: parseFields(undefined),
  filters: [],
}
const quietly = { onWarning: () => undefined }

/** Batches taken together, as the CLI does. */
async function gathered(batches: AsyncIterable<OrderedBatch>) {
  const tally = emptyTally()
  const parts: Buffer[] = []
  let inputBytes = 0
  for await (const batch of batches) {
    parts.push(Buffer.from(batch.lines))
    addTally(tally, batch.tally)
    inputBytes += batch.inputBytes
  }
  return { lines: Buffer.concat(parts).toString('utf8'), tally, inputBytes }
}

async function extracted(files: readonly string[], workers: number, changes: Partial<ExtractSettings> = {}) {
  const inputs = await inputsOf(files, undefined)
  return gathered(extractFiles(inputs, { ...settings, ...changes }, { workers, ...quietly }))
}

/** The same in this thread, where it is not about files and workers. */
async function streamed(file: string, changes: Partial<ExtractSettings> = {}) {
  return gathered(extractStream(createReadStream(file), { ...settings, ...changes }, { name: file, wiki: undefined }))
}

const titlesOf = (lines: string): string[] =>
  lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).title)

const keptByDefault = smallPages.filter((page) => (page.namespace ?? 0) === 0 && page.redirect === undefined)
const keptTitles = keptByDefault.map(({ title }) => title)

test('the articles come out in the order of the dump, the same bytes from one, two and three workers', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const one = await extracted([dump.file], 1)
  assert.deepEqual(titlesOf(one.lines), keptTitles)
  assert.equal(one.tally.pages, smallPages.length)
  assert.equal(one.tally.articles, 8)
  assert.deepEqual(one.tally.dropped, { 'kind=article,list,stub,disambiguation': 2, other_namespace: 2 })
  for (const workers of [2, 3]) assert.deepEqual(await extracted([dump.file], workers), one)
})

test('real dumps of several parts give the same bytes from any number of workers and from the reference engine', async (t) => {
  const [one, two] = [realFile(t, 'jawiki-berlin.xml.bz2'), realFile(t, 'aawiki-20260101-pages-meta-current.xml.bz2')]
  if (one === undefined || two === undefined) return
  const byOne = await extracted([one, two], 1)
  assert.deepEqual(await extracted([one, two], 3), byOne)
  assert.equal((await extracted([one, two], 2, { engine: 'reference' })).lines, byOne.lines)
  assert.ok(byOne.tally.articles > 0)
})

test('a stream of bz2, gzip or plain XML gives the bytes that the file gives', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { lines } = await extracted([dump.file], 1)
  for (const bytes of [await readFile(dump.file), gzipSync(dump.xml), Buffer.from(dump.xml)]) {
    const stream = extractStream(chunked(bytes, 100), settings, { name: 'stream', wiki: undefined })
    const found = await gathered(stream)
    assert.equal(found.lines, lines)
    assert.equal(found.inputBytes, bytes.length)
  }
})

test('a file of gzip and one of plain XML are read as well', async (t) => {
  const xml = [header, ...smallPages.map((page, i) => smallPageXml(page, i + 1)), documentEnd].join('')
  const plain = await fileOf(t, 'pages.xml', xml)
  const gzip = await fileOf(t, 'pages.xml.gz', gzipSync(xml))
  const both = await extracted([plain, gzip], 2)
  assert.deepEqual(titlesOf(both.lines), [...keptTitles, ...keptTitles])
})

test('without a header the wiki must be given, and then is enough', async (t) => {
  const fragment = await fileOf(t, 'fragment.xml', smallPages.map((page, i) => smallPageXml(page, i + 1)).join(''))
  await assert.rejects(extracted([fragment], 1), { code: 'WIKI_MISSING' })
  const inputs = await inputsOf([fragment], 'kowiki')
  const { lines } = await gathered(extractFiles(inputs, settings, { workers: 1, ...quietly }))
  assert.deepEqual(titlesOf(lines), keptTitles)
})

test('filters are counted each under its own expression, the first that does not hold', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const filters = ['kind=article', 'category=도시', 'title!=^부']
  const { lines, tally } = await streamed(dump.file, { filters })
  assert.deepEqual(titlesOf(lines), ['서울', '대구'])
  // Redirects, the list, the disambiguation page and the stub; C++ and 인천; 부산.
  assert.deepEqual(tally.dropped, { other_namespace: 2, 'kind=article': 5, 'category=도시': 2, 'title!=^부': 1 })
  const redirects = await streamed(dump.file, { filters: ['kind=redirect'] })
  assert.deepEqual(titlesOf(redirects.lines), ['한양', '시뿔뿔'])
  const others = await streamed(dump.file, { filters: ['namespace=10,14'] })
  assert.deepEqual(titlesOf(others.lines), ['틀:도시', '분류:도시'])
  const long = await streamed(dump.file, { filters: ['length>=1000'] })
  assert.deepEqual(titlesOf(long.lines), ['C++'])
})

test('fields come in the order of the schema, those that are worked out at the end', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const fields = parseFields(['quality', 'title', 'pageId', 'text', 'length'])
  const { lines } = await streamed(dump.file, { fields, filters: ['title=^서울$'] })
  const text = '서울은 대한민국의 수도다.\n\n역사\n한강과 한강.\n\n교통\n지하철.'
  // 0.4 · 35/2035 + 0.25 · 2/10 + 0.2 · 4/29 + 0.15 · 2/7
  assert.equal(text.length, 35)
  assert.equal(lines, `${JSON.stringify({ pageId: 1, title: '서울', text, length: 35, quality: 0.127 })}\n`)
  const stored = await streamed(dump.file, { fields: parseFields(['title', 'wiki']), filters: ['title=^서울$'] })
  assert.equal(stored.lines, '{"wiki":"kowiki","title":"서울"}\n')
  assert.throws(() => parseFields(['titel']), { code: 'FIELD_UNKNOWN', hint: /title, kind/ })
})

test('damage in one stream is told with its place, and costs no other stream', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const bytes = await readFile(dump.file)
  const second = dump.offsets[2]!
  const place = Math.floor((second + dump.offsets[3]!) / 2)
  bytes.writeUInt8(bytes.readUInt8(place) ^ 0x10, place)
  const file = await fileOf(t, 'damaged.xml.bz2', bytes)
  const { lines, tally } = await extracted([file], 2)
  assert.deepEqual(
    titlesOf(lines),
    keptTitles.filter((title) => !['배 (동음이의)', '도시 목록'].includes(title)),
  )
  assert.deepEqual(
    tally.faults.map(({ code, at }) => ({ code, at })),
    [{ code: 'BZ2_CORRUPT', at: { file, byteOffset: second } }],
  )
})

test('a bad page is told with its title, and costs no other page', async (t) => {
  const pages = smallPages.map((page, i) => smallPageXml(page, i + 1))
  pages[2] = pages[2]!.replace('</contributor>', '')
  const { lines, tally } = await extracted([await fileOf(t, 'bad.xml', header + pages.join('') + documentEnd)], 1)
  assert.deepEqual(
    titlesOf(lines),
    keptTitles.filter((title) => title !== '부산'),
  )
  assert.deepEqual(
    tally.faults.map(({ code, at }) => [code, at.title]),
    [['XML_MALFORMED', '부산']],
  )
  assert.equal(tally.pages, smallPages.length)
})

test('pages that the index promises and the file lacks are told', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  await writeFile(dump.index, bzip2(t, `${dump.offsets[1]}:1:서울\n`.repeat(50)) ?? '')
  const { tally } = await extracted([dump.file], 1)
  assert.deepEqual(
    tally.faults.map(({ code }) => code),
    ['PAGES_MISSING'],
  )
})

/** A multistream dump whose streams each become about a megabyte of lines. */
async function longDump(t: TestContext, streams: number): Promise<string | undefined> {
  const text = "'''쪽'''은 길다. ".repeat(3000)
  const page = smallPageXml({ title: '쪽', text: text.slice(0, 60_000) }, 1).repeat(9)
  const [head, body, end] = [bzip2(t, header), bzip2(t, page), bzip2(t, documentEnd)]
  if (head === undefined || body === undefined || end === undefined) return undefined
  return fileOf(t, 'long.xml.bz2', Buffer.concat([head, ...Array<Buffer>(streams).fill(body), end]))
}

test('a reader that rests stops the workers, so that memory does not grow', async (t) => {
  const file = await longDump(t, 60)
  if (file === undefined) return
  let handedOut = 0
  const counted = async function* (): AsyncGenerator<ChunkTask> {
    for await (const task of chunksOf(await inputsOf([file], undefined), { engine: 'kernel', ...quietly })) {
      handedOut++
      yield task
    }
  }
  const batches = inOrder(counted(), settings, { workers: 2 })
  await batches.next()
  await delay(700)
  // For each worker six batches under way, one chunk being read and one waiting; and one that waits for a worker.
  assert.ok(handedOut <= 2 * (6 + 2) + 2, `${handedOut} chunks were handed out`)
  const rest = await gathered(batches)
  assert.equal(handedOut, 61)
  assert.ok(rest.tally.articles > 9 * 55)
})

test('an abort ends the work with its reason', async (t) => {
  const file = await longDump(t, 60)
  if (file === undefined) return
  const stopped = new Error('enough')
  const controller = new AbortController()
  const batches = extractFiles(await inputsOf([file], undefined), settings, {
    workers: 2,
    signal: controller.signal,
    ...quietly,
  })
  await batches.next()
  controller.abort(stopped)
  await assert.rejects(gathered(batches), stopped)
})

async function packedLines(lines: string, format: OutputFormat, fields: readonly OutputField[] = settings.fields) {
  return Buffer.concat(await collect(packed(chunkedLines(lines), format, fields)))
}

/** Lines in batches whose memory is used again, as that of the workers is. */
async function* chunkedLines(lines: string): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(1 << 20)
  for (const line of lines.split('\n').filter(Boolean)) {
    const length = memory.write(`${line}\n`)
    yield memory.subarray(0, length)
    memory.fill(0)
  }
}

test('gzip and zstd unpack to the lines, zstd from a single frame', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { lines } = await streamed(dump.file)
  assert.equal(gunzipSync(await packedLines(lines, 'gzip')).toString('utf8'), lines)
  const zst = await packedLines(lines, 'zstd')
  assert.equal(zst.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 1), -1)
  const unpacked = python(
    t,
    'import sys,json,zstandard;f=zstandard.open(sys.argv[1],"rt",encoding="utf8");print(json.dumps(f.read()))',
    await fileOf(t, 'lines.zst', zst),
  )
  if (unpacked !== undefined) assert.equal(unpacked, lines)
})

test('gzip packed by several threads is one member, whose bytes are the same every time', async (t) => {
  // Lines of every length around that of the window; each batch repeats what stood at the end of the one before.
  const lines = Array.from({ length: 60 }, (_, i) => `${'가나다 '.repeat((i * i * 37) % 6000)}${i}`).join('\n')
  const packed = await packedLines(`${lines}\n`, 'gzip')
  assert.equal(gunzipSync(packed).toString('utf8'), `${lines}\n`)
  assert.equal(packed.indexOf(Buffer.from([0x1f, 0x8b, 8]), 1), -1)
  assert.deepEqual(await packedLines(`${lines}\n`, 'gzip'), packed)
  assert.equal(gunzipSync(await packedLines('', 'gzip')).length, 0)
  // Each batch refers to the 32 KiB before it.
  const line = randomBytes(9000).toString('hex')
  const [once, often] = [await packedLines(`${line}\n`, 'gzip'), await packedLines(`${line}\n`.repeat(20), 'gzip')]
  assert.ok(often.length < 2 * once.length, `${once.length} bytes once, ${often.length} bytes twenty times`)
  const unpacked = python(
    t,
    'import sys,json,gzip;print(json.dumps(gzip.open(sys.argv[1],"rt",encoding="utf8").read()))',
    await fileOf(t, 'lines.gz', packed),
  )
  if (unpacked !== undefined) assert.equal(unpacked, `${lines}\n`)
})

test('a Parquet file gives back every field of every article', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const { lines } = await streamed(dump.file, { filters: ['kind!=list'] })
  const bytes = await packedLines(lines, 'parquet')
  const zstd = await Zstd.load()
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    compressors: { ZSTD: (packedPage) => zstd.decompress(packedPage) },
  })
  assert.deepEqual(rows.map(plainRow), articlesOfLines(lines))
})

function articlesOfLines(lines: string): Article[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

test('tables are written where they are asked for, as lines and as a Parquet column of structs', async (t) => {
  const table = '{|\n|+ 사람\n! 이름 !! 나이\n|-\n| 가 || 1\n|}'
  const file = await fileOf(
    t,
    'tables.xml',
    `${header}${pageXml(1, '표', table)}${pageXml(2, '글', '글')}${documentEnd}`,
  )
  const fields = parseFields(['title', 'tables'])
  const { lines } = await extracted([file], 2, { fields })
  const expected = [
    { title: '표', tables: [{ section: '', caption: '사람', headerRows: 1, tsv: '이름\t나이\n가\t1' }] },
    { title: '글', tables: [] },
  ]
  assert.deepEqual(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    expected,
  )
  const bytes = await packedLines(lines, 'parquet', fields)
  const zstd = await Zstd.load()
  const rows = await parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
    compressors: { ZSTD: (packedPage) => zstd.decompress(packedPage) },
  })
  assert.deepEqual(rows, expected)
})

/** A row in the form of JSON. */
function plainRow(row: Record<string, unknown>): unknown {
  const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)
  const { timestamp, redirect, coordinates, ...others } = row
  const time = timestamp instanceof Date ? timestamp.toISOString().replace('.000Z', 'Z') : timestamp
  return JSON.parse(
    JSON.stringify({ ...others, timestamp: time, redirect: redirect ?? null, coordinates: coordinates ?? null }, plain),
  )
}

const readByPyarrow = `
import sys, json
try:
    import pyarrow.parquet as parquet
except ImportError:
    print(json.dumps(None)); sys.exit()
table = parquet.read_table(sys.argv[1])
rows = table.to_pylist()
for row in rows:
    row['timestamp'] = row['timestamp'].strftime('%Y-%m-%dT%H:%M:%SZ')
    for box in row['infoboxes']: box['fields'] = dict(box['fields'])
print(json.dumps({'rows': rows, 'types': {f.name: str(f.type) for f in table.schema}}))
`

test('pyarrow reads the Parquet file of real pages with its types', async (t) => {
  const real = realFile(t, 'kowiki-berlin.xml.bz2')
  if (real === undefined) return
  const { lines } = await streamed(real)
  const file = await fileOf(t, 'articles.parquet', await packedLines(lines, 'parquet'))
  const read = python(t, readByPyarrow, file)
  if (read === undefined) return
  if (read === null) {
    t.skip('pyarrow is not here to be the oracle')
    return
  }
  const { rows, types } = read as { rows: unknown[]; types: Record<string, string> }
  assert.deepEqual(rows, articlesOfLines(lines))
  assert.equal(types.timestamp, 'timestamp[ms, tz=UTC]')
  assert.equal(types.pageId, 'int64')
  assert.match(types.links ?? '', /^list<element: struct<target: string not null/)
})

test('title and kind are read from the Avro bytes without decoding the rest', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const all = await streamed(dump.file, { filters: ['kind!=article', 'namespace>=0'] })
  const found = articlesOfLines(all.lines)
  assert.ok(found.length > 4)
  for (const article of found) {
    const far = { ...article, pageId: 2 ** 40, wiki: 'w'.repeat(200) }
    const { title, kind } = new ArticleHead(encodeArticle(far))
    assert.deepEqual({ title, kind }, { title: article.title, kind: article.kind })
  }
})

test('articles() gives typed articles of files or a stream, and only the fields asked for', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const all = await collect(articles(dump.file, { workers: 2 }))
  assert.deepEqual(
    all.map(({ title, kind }) => [title, kind]),
    [
      ['서울', 'article'],
      ['부산', 'article'],
      ['배 (동음이의)', 'disambiguation'],
      ['도시 목록', 'list'],
      ['작은 섬', 'stub'],
      ['C++', 'article'],
      ['대구', 'article'],
      ['인천', 'article'],
    ],
  )
  const some = await collect(articles(chunked(dump.xml, 1000), { fields: ['title', 'length'], filters: ['links>2'] }))
  assert.deepEqual(some, [{ title: '서울', length: 35 }])
})

test('articles() throws the first bad page, or hands it to onBad', async (t) => {
  const dump = await smallDump(t)
  if (dump === undefined) return
  const cut = await fileOf(t, 'cut.xml.bz2', (await readFile(dump.file)).subarray(0, dump.offsets[3]! + 40))
  await assert.rejects(collect(articles(cut, { workers: 1 })), BadEventError)
  const bad: string[] = []
  const dropped: Record<string, number> = {}
  const found = await collect(
    articles(cut, {
      workers: 1,
      onBad: ({ code }) => bad.push(code),
      onDropped: (reason, pages) => (dropped[reason] = (dropped[reason] ?? 0) + pages),
    }),
  )
  assert.equal(found.length, 4)
  assert.deepEqual(bad, ['BZ2_TRUNCATED'])
  assert.deepEqual(dropped, { 'kind=article,list,stub,disambiguation': 1, other_namespace: 1 })
})

test('articles() says at once what is wrong with what it is given', async () => {
  await assert.rejects(collect(articles('nowhere.xml.bz2')), ConfigError)
  await assert.rejects(collect(articles('nowhere.xml.bz2', { filters: ['kind=x'] })), { code: 'FILTER_INVALID' })
})

test('leaving the loop early ends the workers', async (t) => {
  const file = await longDump(t, 60)
  if (file === undefined) return
  for await (const { title } of articles(file, { workers: 2 })) {
    assert.equal(title, '쪽')
    break
  }
})
