import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'
import { findBlockMarks } from '../../wiki/bz2/marks.ts'
import { pagesOf } from '../../wiki/pages.ts'
import { type Chunk, chunkBytes, planChunks } from '../../wiki/streams.ts'
import { bzip2, collect, fileOf, folder, header, pageXml, python } from './fixtures.ts'
import { madeUpWords } from './made-up-words.ts'

const blockMark = 0x314159265359n.toString(2).padStart(48, '0')
const endMark = 0x177245385090n.toString(2).padStart(48, '0')

/** A dump of pages from a line to several blocks of 100 KB long, as a text that bzip2 does not make small. */
function dumpXml(): string {
  const lengths = [30, 4_000, 15, 350_000, 800, 99_000, 20, 20, 120_000, 7, 64_000, 230_000, 3_000, 40_000, 1]
  const pages = lengths.map((length, i) => pageXml(i + 1, `문서 ${i + 1}`, madeUpWords(length, i + 1)))
  return `${header}${pages.join('')}</mediawiki>\n`
}

/** The dump as one stream of blocks of 100 KB. */
function singleStream(t: TestContext, xml = dumpXml()): Buffer | undefined {
  const { status, stdout } = spawnSync('bzip2', ['-c', '-1'], { input: xml, maxBuffer: 1 << 28 })
  if (status === 0) return stdout
  t.skip('bzip2 is not here to compress with')
  return undefined
}

async function blocksOf(file: string, blocksPerChunk: number): Promise<readonly Chunk[]> {
  return (await planChunks(file, { streamsPerChunk: 1, blocksPerChunk })).chunks
}

async function textOf(chunk: Chunk): Promise<string> {
  return Buffer.concat(await collect(chunkBytes(chunk))).toString('utf8')
}

const textsOf = (chunks: readonly Chunk[]) => Promise.all(chunks.map(textOf))

function bitsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
}

function bytesOfBits(bits: string): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8))
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(bits.slice(i * 8, i * 8 + 8).padEnd(8, '0'), 2)
  return bytes
}

function positionsOf(mark: string, bits: string): number[] {
  const positions: number[] = []
  for (let at = bits.indexOf(mark); at >= 0; at = bits.indexOf(mark, at + 1)) positions.push(at)
  return positions
}

/** The chunks with the border between two of them moved to another bit. */
function withBorder(chunks: readonly Chunk[], number: number, bit: number): Chunk[] {
  const [byte, rest] = [Math.floor(bit / 8), bit % 8]
  return chunks.map((chunk, i) => {
    if (chunk.kind !== 'blocks') return chunk
    if (i === number - 1) return { ...chunk, end: byte, blocks: { ...chunk.blocks, endBit: rest } }
    if (i === number) return { ...chunk, start: byte, blocks: { ...chunk.blocks, startBit: rest } }
    return chunk
  })
}

test('the marks of all blocks are found, at any bit', async (t) => {
  const packed = singleStream(t)
  if (packed === undefined) return
  const marks = await findBlockMarks(await fileOf(t, 'a.bz2', packed))
  assert.deepEqual(marks, positionsOf(blockMark, bitsOf(packed)))
  assert.ok(marks.length >= 9, `${marks.length} blocks`)
  assert.ok(new Set(marks.map((mark) => mark % 8)).size >= 4)
})

test('marks are found wherever they lie in a file of several buffers', async (t) => {
  const bits = fc.uniqueArray(fc.nat(600_000 * 8 - 200), { maxLength: 30, selector: (bit) => Math.floor(bit / 100) })
  const dir = await folder(t)
  const file = join(dir, 'marks')
  await fc.assert(
    fc.asyncProperty(bits, async (positions) => {
      const bytes = Buffer.alloc(600_000)
      for (const position of positions) {
        for (let i = 0; i < 48; i++) {
          const bit = position + i
          if (blockMark[i] === '1') bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
        }
      }
      await writeFile(file, bytes)
      assert.deepEqual(
        await findBlockMarks(file),
        positions.sort((a, b) => a - b),
      )
    }),
    { numRuns: 40, seed: 4, examples: [[[0, 262_144 * 8 - 47, 262_144 * 8 + 100, 524_288 * 8 - 3]]] },
  )
})

for (const blocksPerChunk of [1, 2, 3, 5, 8]) {
  test(`a single stream in chunks of ${blocksPerChunk} blocks gives every page once, in order`, async (t) => {
    const xml = dumpXml()
    const packed = singleStream(t, xml)
    if (packed === undefined) return
    const file = await fileOf(t, 'a.xml.bz2', packed)
    const plan = await planChunks(file, { streamsPerChunk: 1, blocksPerChunk })
    assert.equal(plan.borders, 'blocks')
    assert.equal(plan.siteinfo?.dbname, 'kowiki')
    assert.deepEqual(plan.warnings, [])
    assert.equal(plan.chunks.length, Math.ceil((await findBlockMarks(file)).length / blocksPerChunk))
    const texts = await textsOf(plan.chunks)
    assert.ok(texts.join('') === xml)
    for (const text of texts.slice(1)) assert.match(text.slice(0, 6), /^(?:<page>)?$/)
    for (const [i, chunk] of plan.chunks.entries()) {
      const place = { file, byteOffset: chunk.start, maxPageBytes: 1 << 24 }
      for await (const outcome of pagesOf(chunkBytes(chunk), place)) assert.equal(outcome.kind, 'page', `chunk ${i}`)
    }
  })
}

test('streams that split pages, as pbzip2 writes them, are cut at blocks as well', async (t) => {
  const xml = Buffer.from(dumpXml())
  const nothing = bzip2(t, '')
  // Borders inside of a page mark, of a character, and streams of no and of one byte.
  const mark = xml.indexOf('<page>', 400_000)
  const borders = [0, 60_001, 60_002, 200_000, mark + 3, mark + 4, mark + 5, 700_003, xml.length]
  const streams = borders.slice(1).map((to, i) => bzip2(t, xml.subarray(borders[i], to)))
  if (nothing === undefined || streams.some((stream) => stream === undefined)) return
  const packed = Buffer.concat(streams.flatMap((stream) => [stream ?? nothing, nothing]))
  const file = await fileOf(t, 'pbzip2.xml.bz2', packed)
  for (const blocksPerChunk of [1, 2, 3]) {
    const chunks = await blocksOf(file, blocksPerChunk)
    assert.equal(chunks.length, Math.ceil((borders.length - 1) / blocksPerChunk))
    assert.ok((await textsOf(chunks)).join('') === xml.toString('utf8'))
  }
})

test('a border inside of a block is survived: no page is lost or read twice', async (t) => {
  const xml = dumpXml()
  const packed = singleStream(t, xml)
  if (packed === undefined) return
  const file = await fileOf(t, 'a.xml.bz2', packed)
  const marks = await findBlockMarks(file)
  const chunks = await blocksOf(file, 2)
  const [before = 0, , after = 0] = marks.slice(3)
  for (const bit of [before + 1, before + 5_000, after - 1, after - 49]) {
    assert.ok(
      (await textsOf(withBorder(chunks, 2, bit))).join('') === xml,
      `border at bit ${bit - before} of the block`,
    )
  }
  // Two inside of the same block: a chunk between them owns nothing.
  const both = withBorder(withBorder(chunks, 2, before + 5_000), 3, before + 9_000)
  assert.ok((await textsOf(both)).join('') === xml)
})

test('the mark of a block that occurs inside of a block by chance is survived', async (t) => {
  const xml = dumpXml()
  const packed = singleStream(t, xml)
  if (packed === undefined) return
  const padded = bitsOf(packed)
  const bits = padded.slice(0, padded.lastIndexOf(endMark) + 48 + 32)
  const mark = positionsOf(blockMark, bits)[2] ?? 0
  // Selectors that are not needed are read and left alone; as they are unary numbers, they may spell the mark.
  const groups = bits.slice(mark + 105, mark + 121)
  const countAt = mark + 121 + 16 * positionsOf('1', groups).length + 3
  const count = Number.parseInt(bits.slice(countAt, countAt + 15), 2)
  let end = countAt + 15
  for (let i = 0; i < count; i++) end = bits.indexOf('0', end) + 1
  const decoy = `${blockMark}0`
  const more = (count + positionsOf('0', decoy).length).toString(2).padStart(15, '0')
  const forged = bytesOfBits(bits.slice(0, countAt) + more + bits.slice(countAt + 15, end) + decoy + bits.slice(end))
  const file = await fileOf(t, 'forged.xml.bz2', forged)
  const length = python(t, 'import bz2,sys;print(len(bz2.open(sys.argv[1]).read()))', file)
  if (length === undefined) return
  assert.equal(length, Buffer.byteLength(xml), 'bzip2 reads the forged file')

  assert.equal((await findBlockMarks(file)).length, positionsOf(blockMark, bits).length + 1)
  for (const blocksPerChunk of [1, 2, 3]) {
    assert.ok((await textsOf(await blocksOf(file, blocksPerChunk))).join('') === xml)
  }
})

test('a damaged block is BZ2_CORRUPT in the chunk that holds it, also where a chunk begins with it', async (t) => {
  const packed = singleStream(t)
  if (packed === undefined) return
  const file = await fileOf(t, 'a.xml.bz2', packed)
  const marks = await findBlockMarks(file)
  for (const number of [4, 5]) {
    const broken = await readFile(file)
    const at = Math.floor((marks[number] ?? 0) / 8) + 2_000
    broken[at] = (broken[at] ?? 0) ^ 0x55
    const damaged = await fileOf(t, 'b.xml.bz2', broken)
    const chunks = await blocksOf(damaged, 2)
    const failed: number[] = []
    for (const [i, chunk] of chunks.entries()) {
      try {
        await textOf(chunk)
      } catch (error) {
        assert.ok(error instanceof BadEventError)
        assert.equal(error.code, 'BZ2_CORRUPT')
        assert.ok(Math.abs((error.at.byteOffset ?? 0) - at) < 60_000)
        failed.push(i)
      }
    }
    assert.ok(failed.includes(2), `chunks ${failed} have failed`)
    // The page that straddles the border is lost in the chunk before.
    assert.ok(
      failed.every((i) => i === 1 || i === 2),
      `chunks ${failed}`,
    )
  }
})

test('without blocksPerChunk a single stream is one chunk, and a short one always is', async (t) => {
  const packed = singleStream(t)
  if (packed === undefined) return
  const file = await fileOf(t, 'a.xml.bz2', packed)
  for (const blocksPerChunk of [undefined, null, 1_000]) {
    const { chunks } = await planChunks(file, { streamsPerChunk: 1, blocksPerChunk })
    assert.deepEqual(
      chunks.map(({ kind, start, end }) => [kind, start, end]),
      [['whole', 0, packed.length]],
    )
  }
})

test('the reference engine refuses to begin inside a stream', async (t) => {
  const packed = singleStream(t)
  if (packed === undefined) return
  const [, chunk] = await blocksOf(await fileOf(t, 'a.xml.bz2', packed), 2)
  assert.ok(chunk !== undefined)
  await assert.rejects(() => collect(chunkBytes(chunk, { engine: 'reference' })), ConfigError)
})
