import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { BadEventError } from '../../runtime/errors.ts'
import { instantiate } from '../../runtime/instantiate.ts'
import { decodeBz2 } from '../../wiki/bz2/decode.ts'
import { type Bz2Engine, decompressStream } from '../../wiki/bz2.ts'
import { bzip2, chunked, collect } from './fixtures.ts'

const engines: readonly Bz2Engine[] = ['kernel', 'reference']

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** What a decoder makes of the bytes; undefined where it finds a fault. */
async function decode(engine: Bz2Engine, packed: Uint8Array): Promise<Buffer | undefined> {
  try {
    return Buffer.concat(await collect(decompressStream(one(packed), 'test.bz2', { engine })))
  } catch (error) {
    assert.ok(error instanceof BadEventError, String(error))
    assert.match(error.code, /^BZ2_(?:TRUNCATED|CORRUPT)$/)
    return undefined
  }
}

/** Bytes without any pattern, always the same. */
function randomBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let state = 1
  for (let i = 0; i < length; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    bytes[i] = state >>> 24
  }
  return bytes
}

/** Runs of every length up to 600, each of another byte: what the outermost coding shortens, or just does not. */
const runs = Buffer.concat(Array.from({ length: 600 }, (_, i) => Buffer.alloc(i, i % 251)))
const periodic = Buffer.from('abcab'.repeat(40_000))
const text = Buffer.from('Dampflok der Baureihe 01, 증기 기관차, ж — '.repeat(9_000))

const samples: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('x')],
  ['two bytes', Buffer.from('ab')],
  ['every byte', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
  ['5 MB of zeros', Buffer.alloc(5_000_000)],
  ['random bytes', randomBytes(1_200_000)],
  ['runs of all lengths', runs],
  ['text that repeats itself', periodic],
  ['text', text],
]

for (const engine of engines) {
  for (const [name, bytes] of samples) {
    test(`${engine}: ${name} comes out as bzip2 took it in, alone and in each of three streams`, async (t) => {
      const packed = bzip2(t, bytes)
      if (packed === undefined) return
      assert.ok((await decode(engine, packed))?.equals(bytes))
      if (bytes.length > 1_000_000) return
      const thrice = await decode(engine, Buffer.concat([packed, packed, packed]))
      assert.ok(thrice?.equals(Buffer.concat([bytes, bytes, bytes])))
    })
  }

  test(`${engine}: streams of each level follow one another, empty ones between them`, async (t) => {
    const parts = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => bzip2At(t, level, text))
    const nothing = bzip2(t, '')
    if (nothing === undefined || parts.some((part) => part === undefined)) return
    const packed = Buffer.concat([nothing, ...parts.flatMap((part) => [part ?? nothing, nothing, nothing])])
    assert.ok((await decode(engine, packed))?.equals(Buffer.concat(parts.map(() => text))))
  })

  test(`${engine}: a small file cut after any byte is never taken for whole`, async (t) => {
    const packed = bzip2(t, 'a small file, and a small one again')
    if (packed === undefined) return
    const two = Buffer.concat([packed, packed])
    for (let length = 0; length < two.length; length++) {
      const decoded = await decode(engine, two.subarray(0, length))
      // A whole stream is whole; unbzip2-stream takes up to nine bytes behind it for a part of it.
      if (length !== packed.length) assert.equal(decoded, undefined, `${length} bytes`)
    }
  })

  test(`${engine}: with any bit flipped a file is refused, or as Python reads it`, async (t) => {
    const packed = bzip2(t, 'any bit of this may be flipped: aaaaaaaaaaaaaaaaaaaa')
    if (packed === undefined) return
    const mutants: Buffer[] = []
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const mutant = Buffer.from(packed)
      mutant[bit >> 3] = (mutant[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7))
      mutants.push(mutant)
    }
    await agreesWithPython(t, engine, mutants)
  })
}

/** Where a decoder finds no fault, Python must find none either, and read the same. */
async function agreesWithPython(t: TestContext, engine: Bz2Engine, files: readonly Buffer[]) {
  const expected = pythonReads(t, files)
  if (expected === undefined) return
  let read = 0
  for (const [i, file] of files.entries()) {
    const decoded = await decode(engine, file)
    if (decoded === undefined) continue
    read++
    assert.ok(expected[i] !== null && decoded.equals(Buffer.from(expected[i] ?? '', 'hex')), `file ${i}`)
  }
  assert.ok(read < files.length)
}

/** What Python's bz2 reads from each file, in hexadecimal; null for a fault. */
function pythonReads(t: TestContext, files: readonly Buffer[]): (string | null)[] | undefined {
  const program = `
import bz2, json, sys
def read(file):
    try: return bz2.decompress(bytes.fromhex(file)).hex()
    except (OSError, ValueError): return None
print(json.dumps([read(file) for file in json.load(sys.stdin)]))`
  const input = JSON.stringify(files.map((file) => file.toString('hex')))
  const { status, stdout } = spawnSync('python3', ['-c', program], { input, maxBuffer: 1 << 28 })
  if (status === 0) return JSON.parse(stdout.toString('utf8'))
  t.skip('python3 is not here to be the oracle')
  return undefined
}

function bzip2At(t: TestContext, level: number, bytes: Uint8Array): Buffer | undefined {
  const { status, stdout } = spawnSync('bzip2', ['-c', `-${level}`], { input: bytes, maxBuffer: 1 << 28 })
  if (status === 0) return stdout
  t.skip('bzip2 is not here to compress at other levels than 9')
  return undefined
}

test('files of several blocks with bytes changed at random are refused, or as Python reads them', async (t) => {
  const packed = bzip2At(t, 1, Buffer.concat([randomBytes(5_000), text.subarray(0, 210_000), runs.subarray(0, 30_000)]))
  if (packed === undefined) return
  const change = fc.record({ at: fc.nat(packed.length - 1), value: fc.nat(255) })
  const changes = fc.sample(fc.array(change, { minLength: 1, maxLength: 4 }), { numRuns: 120, seed: 4 })
  const mutants = changes.map((places) => {
    const mutant = Buffer.from(packed)
    for (const { at, value } of places) mutant[at] = value
    return mutant
  })
  await agreesWithPython(t, 'kernel', mutants)
})

test('the kernel neither hangs nor breaks on what follows the head of a stream by chance', async () => {
  const head = Buffer.from('BZh91AY&SY')
  const bytes = fc.uint8Array({ maxLength: 400, size: 'max' })
  await fc.assert(
    fc.asyncProperty(bytes, async (tail) => {
      assert.equal(await decode('kernel', Buffer.concat([head, tail])), undefined)
    }),
    { numRuns: 3_000, seed: 4 },
  )
})

test('any bytes, in pieces of any size, come out of the kernel as they went into bzip2', async (t) => {
  const run = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 400 }))
  const bytes = fc
    .array(run, { maxLength: 40 })
    .map((parts) => Buffer.concat(parts.map(([part, times]) => Buffer.alloc(part.length * times, part))))
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 300 }), async (plain, size) => {
      const packed = bzip2(t, plain)
      if (packed === undefined) return
      const pieces = await collect(decodeBz2(chunked(packed, size), { file: 'test.bz2', start: 0 }))
      assert.ok(Buffer.concat(pieces.map((piece) => piece.bytes)).equals(plain))
    }),
    { numRuns: 150, seed: 4 },
  )
})

test('of a block with a wrong checksum nothing comes out, though it is longer than is given out at a time', async (t) => {
  const [whole, broken] = [bzip2(t, 'whole'), bzip2(t, Buffer.alloc(20_000_000))]
  if (whole === undefined || broken === undefined) return
  // Behind the head of the stream and the mark of the block.
  const checksumAt = 4 + 6
  broken[checksumAt] = (broken[checksumAt] ?? 0) ^ 1
  const parts: Uint8Array[] = []
  await assert.rejects(async () => {
    for await (const part of decompressStream(one(Buffer.concat([whole, broken])), 'test.bz2')) parts.push(part)
  }, BadEventError)
  assert.equal(Buffer.concat(parts).toString(), 'whole')
})

test('memory does not grow with what is decoded', async (t) => {
  const packed = bzip2(t, Buffer.alloc(10_000_000))
  if (packed === undefined) return
  async function* many() {
    for (let i = 0; i < 30; i++) yield packed ?? Buffer.alloc(0)
  }
  assert.ok(
    instantiate<object>(new URL('../../wiki/kernels/bz2.wasm', import.meta.url)).memory.buffer.byteLength < 20e6,
  )
  await decode('kernel', packed)
  const before = process.memoryUsage().rss
  let bytes = 0
  for await (const part of decompressStream(many(), 'test.bz2')) bytes += part.length
  assert.equal(bytes, 300_000_000)
  const grown = process.memoryUsage().rss - before
  assert.ok(grown < 80e6, `${grown} bytes`)
})
