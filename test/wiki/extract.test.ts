import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'
import { encodeArticle } from '../../wiki/article-encoding.ts'
import { extractFiles, extractStream } from '../../wiki/extract/extraction.ts'
import { parseFields } from '../../wiki/extract/fields.ts'
import { ArticleHead } from '../../wiki/extract/head.ts'
import { type ChunkTask, chunksOf, inputsOf } from '../../wiki/extract/inputs.ts'
import { inOrder } from '../../wiki/extract/pool.ts'
import { articles } from '../../wiki/index.ts'
import { articlesOfLines, extracted, gathered, keptTitles, quietly, settings, streamed, titlesOf } from './extracted.ts'
import { bzip2, chunked, collect, fileOf, header, realFile } from './fixtures.ts'
import { documentEnd, smallDump, smallPages, smallPageXml } from './small-dump.ts'

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
