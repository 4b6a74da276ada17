import assert from 'node:assert/strict'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { DumpChunk, DumpFile } from '../../schemas/types.ts'
import dumpPlanner from '../../services/02-dump-planner/service.ts'
import { noSmallDumps, type SmallDump, samplePages, writeDump } from '../pipeline/small-dumps.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'

/** A dump of three streams of 3, 2 and 4 pages. */
async function dumpIn(t: TestContext): Promise<SmallDump> {
  return writeDump(await temporaryFolder(t), samplePages('kowiki', [3, 2, 4]))
}

function fileOf(address: string, set: Partial<DumpFile> = {}): DumpFile {
  return {
    wiki: 'kowiki',
    language: 'ko',
    date: '20260901',
    kind: 'articles',
    address,
    bytes: 0,
    sha1: null,
    indexAddress: null,
    pageTableAddress: null,
    ...set,
  }
}

const withIndex = ({ articles }: SmallDump) =>
  fileOf(articles, { indexAddress: articles.replace('.xml.bz2', '-index.txt.bz2') })

async function plan(t: TestContext, file: DumpFile, settings = {}): Promise<readonly DumpChunk[]> {
  const { events } = await drive(await temporaryFolder(t), dumpPlanner, [incoming('dump-files', file)], { settings })
  return events('dump-chunks')
}

const limits = (chunks: readonly DumpChunk[]) => chunks.map(({ chunk, maxPages }) => [chunk, maxPages])

test('a file of another kind is counted, not planned', async (t) => {
  const file = fileOf('langlinks.sql.gz', { kind: 'langlinks' })
  const { outcomes } = await drive(await temporaryFolder(t), dumpPlanner, [incoming('dump-files', file)])
  assert.deepEqual(outcomes, [{ kind: 'dropped', reason: 'other_kind_of_file', count: 1 }])
})

test('each stream of the index is a chunk with its pages and the siteinfo of the header', {
  skip: noSmallDumps,
}, async (t) => {
  const dump = await dumpIn(t)
  const chunks = await plan(t, withIndex(dump))
  assert.deepEqual(
    chunks.map(({ chunk, expectedPages }) => [chunk, expectedPages]),
    [
      [0, 3],
      [1, 2],
      [2, 4],
    ],
  )
  assert.deepEqual(
    chunks.map(({ start }) => start),
    dump.ranges.map(({ start }) => start),
  )
  const firsts = chunks.map(({ firstPageId }) => firstPageId)
  assert.ok(firsts.every((id, n) => id !== null && (n === 0 || id > (firsts[n - 1] ?? 0))))
  assert.deepEqual(
    chunks.map(({ nextPageId }) => nextPageId),
    [...firsts.slice(1), null],
  )
  assert.equal(JSON.parse(chunks[0]?.siteinfo ?? '').dbname, 'kowiki')
})

for (const index of [true, false]) {
  for (const streamsPerChunk of [1, 2]) {
    const how = `${index ? 'with' : 'without'} an index and with ${streamsPerChunk} streams a chunk`
    test(`every byte after the header is in one chunk, ${how}`, { skip: noSmallDumps }, async (t) => {
      const dump = await dumpIn(t)
      const chunks = await plan(t, index ? withIndex(dump) : fileOf(dump.articles), { streamsPerChunk })
      let at = dump.ranges[0]?.start
      for (const { start, end } of chunks) {
        assert.equal(start, at)
        assert.ok(end > start)
        at = end
      }
      assert.equal(at, (await stat(dump.articles)).size)
    })
  }
}

test('a limit ends in the chunk in which it is reached, by the counts of the index', {
  skip: noSmallDumps,
}, async (t) => {
  const file = withIndex(await dumpIn(t))
  assert.deepEqual(limits(await plan(t, file, { limit: 2 })), [[0, 2]])
  assert.deepEqual(limits(await plan(t, file, { limit: 3 })), [[0, null]])
  assert.deepEqual(limits(await plan(t, file, { limit: 4 })), [
    [0, null],
    [1, 1],
  ])
  assert.deepEqual(limits(await plan(t, file, { limit: 100 })), [
    [0, null],
    [1, null],
    [2, null],
  ])
})

test('without an index a stream counts as 100 pages', { skip: noSmallDumps }, async (t) => {
  const file = fileOf((await dumpIn(t)).articles)
  assert.deepEqual(limits(await plan(t, file, { limit: 40 })), [[0, 40]])
  assert.deepEqual(limits(await plan(t, file, { limit: 150 })), [
    [0, null],
    [1, 50],
  ])
})

test('a file that is not packed is one chunk from its first byte, which any limit ends', async (t) => {
  const address = join(await temporaryFolder(t), 'pages.xml')
  const xml = '<mediawiki>\n  <page><title>물</title></page>\n</mediawiki>\n'
  await writeFile(address, xml)
  const [chunk, ...others] = await plan(t, fileOf(address), { limit: 1_000 })
  assert.deepEqual(others, [])
  assert.deepEqual([chunk?.start, chunk?.end], [0, Buffer.byteLength(xml)])
  assert.deepEqual([chunk?.expectedPages, chunk?.maxPages, chunk?.siteinfo], [null, 1_000, null])
})
