import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pagesOf } from '../../wiki/pages.ts'
import {
  chunkBytes,
  type DumpPlan,
  findStreamStarts,
  indexEntries,
  planChunks,
  readMultistreamIndex,
} from '../../wiki/streams.ts'
import { bzip2, collect, fileOf, folder, header, pageXml } from './fixtures.ts'

const titles = ['서울', '위키: 첫째', 'C++', '부산', 'A:B:C', '대구', '인천']

/** A multistream dump of seven pages, three a stream, and its index. */
async function multistream(t: TestContext) {
  const dir = await folder(t)
  const groups = [titles.slice(0, 3), titles.slice(3, 6), titles.slice(6)]
  const bodies = groups.map((group) =>
    group.map((title) => pageXml(titles.indexOf(title) + 1, title, `'''${title}'''`)),
  )
  const streams = [header, ...bodies.map((pages) => pages.join('')), '</mediawiki>\n'].map((text) => bzip2(t, text))
  if (streams.some((stream) => stream === undefined)) return undefined
  const packed = streams.map((stream) => stream ?? Buffer.alloc(0))
  const offsets = packed.map((_, i) => packed.slice(0, i).reduce((sum, { length }) => sum + length, 0))
  const lines = groups.flatMap((group, i) =>
    group.map((title) => `${offsets[i + 1]}:${titles.indexOf(title) + 1}:${title}\n`),
  )
  const file = join(dir, 'kowiki-20260901-pages-articles-multistream.xml.bz2')
  const index = join(dir, 'kowiki-20260901-pages-articles-multistream-index.txt.bz2')
  await writeFile(file, Buffer.concat(packed))
  await writeFile(index, bzip2(t, lines.join('')) ?? '')
  return { dir, file, index, offsets, lines }
}

async function titlesOf(plan: DumpPlan): Promise<string[]> {
  const found: string[] = []
  for (const chunk of plan.chunks) {
    const place = { file: chunk.file, byteOffset: chunk.start }
    for await (const outcome of pagesOf(chunkBytes(chunk), { ...place, maxPageBytes: 1 << 20 })) {
      assert.equal(outcome.kind, 'page')
      if (outcome.kind === 'page') found.push(outcome.page.title)
    }
  }
  return found
}

test('an index is read with titles that hold colons', async (t) => {
  const dump = await multistream(t)
  if (dump === undefined) return
  const entries = await collect(indexEntries(dump.index))
  assert.deepEqual(
    entries.map(({ title }) => title),
    titles,
  )
  const streams = await readMultistreamIndex(dump.index)
  assert.deepEqual(
    streams,
    [1, 2, 3].map((i) => {
      const firstPageId = 3 * i - 2
      return { offset: dump.offsets[i], pages: i === 3 ? 1 : 3, firstPageId, lastPageId: Math.min(firstPageId + 2, 7) }
    }),
  )
})

test('a plan from the index counts pages and leaves out no byte after the header', async (t) => {
  const dump = await multistream(t)
  if (dump === undefined) return
  const plan = await planChunks(dump.file, { index: dump.index, streamsPerChunk: 2 })
  assert.equal(plan.borders, 'index')
  assert.equal(plan.siteinfo?.dbname, 'kowiki')
  assert.equal(plan.pages, 7)
  assert.deepEqual(
    plan.chunks.map(({ pages }) => pages),
    [6, 1],
  )
  assert.equal(plan.headerEnd, dump.offsets[1])
  assert.equal(plan.chunks[0]?.start, dump.offsets[1])
  assert.equal(plan.chunks[0]?.end, plan.chunks[1]?.start)
  assert.equal(plan.chunks[1]?.end, plan.bytes)
  assert.deepEqual(plan.warnings, [])
  assert.deepEqual(await titlesOf(plan), titles)
})

test('without an index the streams are found by their bytes', async (t) => {
  const dump = await multistream(t)
  if (dump === undefined) return
  assert.deepEqual(await findStreamStarts(dump.file), dump.offsets)
  const plan = await planChunks(dump.file, { streamsPerChunk: 1 })
  assert.equal(plan.borders, 'scan')
  assert.equal(plan.pages, undefined)
  assert.deepEqual(await titlesOf(plan), titles)
})

test('an index of another dump is refused with a warning, and the streams are scanned', async (t) => {
  const dump = await multistream(t)
  if (dump === undefined) return
  const shifted = dump.lines.map((line) => line.replace(/^\d+/, (offset) => String(Number(offset) + 1)))
  const index = await fileOf(t, 'index.txt.bz2', bzip2(t, shifted.join('')) ?? '')
  const plan = await planChunks(dump.file, { index, streamsPerChunk: 1 })
  assert.deepEqual(
    plan.warnings.map(({ code }) => code),
    ['INDEX_DISAGREES'],
  )
  assert.equal(plan.borders, 'scan')
  assert.deepEqual(await titlesOf(plan), titles)
})

test('a malformed, an empty and a truncated index are refused with a warning', async (t) => {
  const dump = await multistream(t)
  const packed = bzip2(t, 'no index at all\n')
  const nothing = bzip2(t, '')
  if (dump === undefined || packed === undefined || nothing === undefined) return
  for (const bytes of [packed, nothing, packed.subarray(0, 20)]) {
    const plan = await planChunks(dump.file, { index: await fileOf(t, 'index.txt.bz2', bytes), streamsPerChunk: 9 })
    assert.deepEqual(
      plan.warnings.map(({ code }) => code),
      ['INDEX_MALFORMED'],
    )
    assert.deepEqual(await titlesOf(plan), titles)
  }
})

test('a single-stream file and a plain file are one chunk', async (t) => {
  const xml = `${header}${pageXml(1, '서울', 'x')}</mediawiki>\n`
  const packed = bzip2(t, xml)
  if (packed === undefined) return
  for (const [name, bytes] of [
    ['a.xml.bz2', packed],
    ['a.xml', xml],
  ] as const) {
    const plan = await planChunks(await fileOf(t, name, bytes), { streamsPerChunk: 1 })
    assert.deepEqual(
      plan.chunks.map(({ kind }) => kind),
      ['whole'],
    )
    assert.equal(plan.headerEnd, 0)
    assert.deepEqual(await titlesOf(plan), ['서울'])
  }
})

test('a file whose streams split pages, as pbzip2 writes, is one chunk with a warning', async (t) => {
  const xml = `${header}${titles.map((title, i) => pageXml(i + 1, title, title.repeat(50))).join('')}</mediawiki>\n`
  const bytes = Buffer.from(xml)
  const parts = [0, 1, 2, 3].map((i) => bzip2(t, bytes.subarray(i * 2000, i === 3 ? undefined : (i + 1) * 2000)))
  if (parts.some((part) => part === undefined)) return
  const file = await fileOf(t, 'pbzip2.xml.bz2', Buffer.concat(parts.map((part) => part ?? Buffer.alloc(0))))
  const plan = await planChunks(file, { streamsPerChunk: 1 })
  assert.deepEqual(
    plan.warnings.map(({ code }) => code),
    ['STREAMS_SPLIT_PAGES'],
  )
  assert.deepEqual(await titlesOf(plan), titles)
})

test('a fragment without a header is planned with a warning that the wiki must be given', async (t) => {
  const file = await fileOf(t, 'fragment.xml', pageXml(1, '서울', 'x'))
  const plan = await planChunks(file, { streamsPerChunk: 1 })
  assert.deepEqual(
    plan.warnings.map(({ code }) => code),
    ['SITEINFO_MISSING'],
  )
  assert.deepEqual(await titlesOf(plan), ['서울'])
})
