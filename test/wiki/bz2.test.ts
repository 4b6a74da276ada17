import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { BadEventError } from '../../runtime/errors.ts'
import { streamStartsIn } from '../../wiki/bz2/marks.ts'
import { type Bz2Engine, decompressRange, decompressStream } from '../../wiki/bz2.ts'
import { bzip2, chunked, collect, fileOf, folder } from './fixtures.ts'

/** Text that bzip2 cannot make small, so that streams are long enough to be cut anywhere. */
function noise(bytes: number): string {
  let state = 42
  let text = ''
  while (text.length < bytes) {
    state = (state * 1103515245 + 12345) % 2147483648
    text += `${state.toString(36)}${state % 7 === 0 ? '\n' : ' '}`
  }
  return text.slice(0, bytes)
}

const engines: readonly Bz2Engine[] = ['kernel', 'reference']

async function read(engine: Bz2Engine, file: string, start = 0, end?: number): Promise<string> {
  return Buffer.concat(await collect(decompressRange(file, start, end, { engine }))).toString('utf8')
}

/** What came out before the error, and the error. */
async function readUntilError(engine: Bz2Engine, file: string, start = 0, end?: number) {
  const parts: Uint8Array[] = []
  try {
    for await (const part of decompressRange(file, start, end, { engine })) parts.push(part)
  } catch (error) {
    assert.ok(error instanceof BadEventError, String(error))
    return { text: Buffer.concat(parts).toString('utf8'), error }
  }
  throw new assert.AssertionError({ message: 'no error was thrown' })
}

async function twoStreams(t: TestContext) {
  const [first, second] = [noise(40_000), noise(30_000).toUpperCase()]
  const a = bzip2(t, first)
  const b = bzip2(t, second)
  return a === undefined || b === undefined ? undefined : { first, second, a, b }
}

for (const engine of engines) {
  test(`${engine}: every stream of a multistream file is read, not the first alone`, async (t) => {
    const streams = await twoStreams(t)
    if (streams === undefined) return
    const { first, second, a, b } = streams
    const file = await fileOf(t, 'two.bz2', Buffer.concat([a, b]))
    assert.equal(await read(engine, file), first + second)
  })

  test(`${engine}: a byte range gives the streams within it`, async (t) => {
    const streams = await twoStreams(t)
    if (streams === undefined) return
    const { second, a, b } = streams
    const file = await fileOf(t, 'two.bz2', Buffer.concat([a, b]))
    assert.equal(await read(engine, file, a.length, a.length + b.length), second)
  })

  test(`${engine}: a stream of several blocks comes out block by block`, async (t) => {
    const text = noise(2_000_000)
    const packed = bzip2(t, text)
    if (packed === undefined) return
    const parts = await collect(decompressRange(await fileOf(t, 'blocks.bz2', packed), 0, undefined, { engine }))
    assert.equal(Buffer.concat(parts).toString('utf8'), text)
    assert.ok(parts.length >= 3, `${parts.length} parts`)
  })

  test(`${engine}: a stream cut at any kind of place is BZ2_TRUNCATED at the offset of that stream`, async (t) => {
    const streams = await twoStreams(t)
    if (streams === undefined) return
    const { first, a, b } = streams
    const whole = Buffer.concat([a, b])
    const cuts = [1, 2, 3, 4, 5, 9, 10, 13, 20, 200, 5000, b.length - 12, b.length - 8, b.length - 4, b.length - 1]
    const dir = await folder(t)
    for (const cut of cuts) {
      const file = join(dir, `cut-${cut}.bz2`)
      await writeFile(file, whole.subarray(0, a.length + cut))
      const { text, error } = await readUntilError(engine, file)
      // For the reference fewer than ten bytes are no stream yet: they count to the one before, which is whole.
      const isTold = engine === 'kernel' || cut >= 10
      assert.match(error.code, isTold ? /BZ2_TRUNCATED/ : /BZ2_(?:TRUNCATED|CORRUPT)/, `cut after ${cut} bytes`)
      assert.equal(error.at.byteOffset, isTold ? a.length : 0)
      assert.equal(error.at.file, file)
      assert.ok(text.startsWith(first) || !isTold)
    }
  })

  test(`${engine}: a stream cut where its block ends is seen, though the decoder has nothing more to ask for`, async (t) => {
    const packed = bzip2(t, noise(5000))
    if (packed === undefined) return
    for (let cut = packed.length - 1; cut >= packed.length - 11; cut--) {
      const { error } = await readUntilError(engine, await fileOf(t, 'cut.bz2', packed.subarray(0, cut)))
      assert.equal(error.code, 'BZ2_TRUNCATED', `${packed.length - cut} bytes missing`)
    }
  })

  test(`${engine}: an empty file is BZ2_TRUNCATED, an empty stream is nothing`, async (t) => {
    const { error } = await readUntilError(engine, await fileOf(t, 'empty.bz2', ''))
    assert.equal(error.code, 'BZ2_TRUNCATED')
    const packed = bzip2(t, '')
    if (packed === undefined) return
    assert.equal(await read(engine, await fileOf(t, 'nothing.bz2', packed)), '')
  })

  test(`${engine}: bytes after the last stream are reported, after all that was whole`, async (t) => {
    const packed = bzip2(t, 'whole')
    if (packed === undefined) return
    for (const garbage of ['x', 'garbage behind the end of the file', '\0'.repeat(512)]) {
      const file = await fileOf(t, 'garbage.bz2', Buffer.concat([packed, Buffer.from(garbage)]))
      const { text, error } = await readUntilError(engine, file)
      assert.equal(text, 'whole')
      assert.equal(error.code, 'BZ2_CORRUPT')
    }
  })

  test(`${engine}: a flipped bit anywhere in a stream is BZ2_CORRUPT or BZ2_TRUNCATED, never other text`, async (t) => {
    const text = noise(3000)
    const packed = bzip2(t, text)
    if (packed === undefined) return
    const dir = await folder(t)
    const codes = new Map<string, number>()
    for (let at = 4; at < packed.length; at += 7) {
      const broken = Buffer.from(packed)
      broken[at] = (broken[at] ?? 0) ^ 0x10
      const file = join(dir, 'flipped.bz2')
      await writeFile(file, broken)
      try {
        assert.equal(await read(engine, file), text, `byte ${at}: other text came out`)
      } catch (error) {
        assert.ok(error instanceof BadEventError, `byte ${at}: ${error}`)
        codes.set(error.code, (codes.get(error.code) ?? 0) + 1)
      }
    }
    assert.ok((codes.get('BZ2_CORRUPT') ?? 0) > 100, JSON.stringify([...codes]))
  })

  test(`${engine}: a file that is no bz2 is BZ2_CORRUPT by its name`, async (t) => {
    const { error } = await readUntilError(engine, await fileOf(t, 'page.bz2', '<html>404 Not Found</html>'))
    assert.equal(error.code, 'BZ2_CORRUPT')
  })

  test(`${engine}: a range that reaches past the end of the file is BZ2_TRUNCATED`, async (t) => {
    const packed = bzip2(t, 'text')
    if (packed === undefined) return
    const { error } = await readUntilError(engine, await fileOf(t, 'short.bz2', packed), 0, packed.length + 100)
    assert.equal(error.code, 'BZ2_TRUNCATED')
  })
}

test('plain and gzip files are read too, and a cut gzip file is GZIP_TRUNCATED', async (t) => {
  const text = noise(100_000)
  assert.equal(await read('kernel', await fileOf(t, 'plain.xml', text)), text)
  const packed = gzipSync(text)
  assert.equal(await read('kernel', await fileOf(t, 'packed.xml.gz', packed)), text)
  const cut = await readUntilError('kernel', await fileOf(t, 'cut.xml.gz', packed.subarray(0, packed.length - 20)))
  assert.equal(cut.error.code, 'GZIP_TRUNCATED')
  packed[packed.length >> 1] = (packed[packed.length >> 1] ?? 0) ^ 0xff
  const broken = await readUntilError('kernel', await fileOf(t, 'broken.xml.gz', packed))
  assert.equal(broken.error.code, 'GZIP_CORRUPT')
})

test('an aborted read rejects with the reason of the signal', async (t) => {
  const packed = bzip2(t, noise(2_000_000))
  if (packed === undefined) return
  const file = await fileOf(t, 'long.bz2', packed)
  const controller = new AbortController()
  const reason = new Error('ctrl-C')
  await assert.rejects(async () => {
    for await (const _ of decompressRange(file, 0, undefined, { signal: controller.signal })) controller.abort(reason)
  }, reason)
})

test('stream starts are found by ten bytes, an empty stream included', (t) => {
  const a = bzip2(t, 'a')
  const nothing = bzip2(t, '')
  if (a === undefined || nothing === undefined) return
  const decoy = Buffer.from('BZh9 is how a stream starts, and 1AY&SY a block')
  const bytes = Buffer.concat([a, nothing, decoy, a])
  assert.deepEqual(streamStartsIn(bytes), [0, a.length, a.length + nothing.length + decoy.length])
})

test('a source that is no file is told by its first bytes, however small its pieces', async (t) => {
  const text = noise(20_000)
  const packed = bzip2(t, text)
  if (packed === undefined) return
  for (const bytes of [Buffer.from(text), gzipSync(text), packed]) {
    for (const size of [1, 2, 1000]) {
      const read = Buffer.concat(await collect(decompressStream(chunked(bytes, size), 'stdin')))
      assert.equal(read.toString('utf8'), text)
    }
  }
  assert.deepEqual(await collect(decompressStream(chunked('', 1), 'stdin')), [])
})
