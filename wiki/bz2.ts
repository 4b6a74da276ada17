import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import unbzip2 from 'unbzip2-stream'
import { BadEventError } from '../runtime/errors.ts'
import { bytesOf, readHead } from './byte-range.ts'

/** How the bytes of a dump file are packed. */
export type Compression = 'bz2' | 'gzip' | 'none'

export interface DecompressOptions {
  readonly signal?: AbortSignal | undefined
}

const streamMagic = Buffer.from('BZh')
/** What follows `BZh1`…`BZh9`: the mark of a block, or of the end for a stream that holds no block. */
const blockMagic = Buffer.from([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
const endMagic = Buffer.from([0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
const startBytes = streamMagic.length + 1 + blockMagic.length

/** Packing by the first bytes of the file; by its name where there are too few of them to tell. */
export async function compressionOf(file: string): Promise<Compression> {
  const head = await readHead(file, 3)
  if (head.equals(streamMagic) || file.endsWith('.bz2')) return 'bz2'
  if ((head[0] === 0x1f && head[1] === 0x8b) || file.endsWith('.gz')) return 'gzip'
  return 'none'
}

/**
 * The uncompressed bytes of `file` between the byte offsets `start` (inclusive) and `end` (exclusive) as it lies on
 * disk. For bz2 the range holds whole streams, one after another; each CRC is checked. For gzip the range is the
 * whole file. Blocks come out as they are decoded, about 0.9 MB each, so memory does not grow with the range.
 *
 * Throws BadEventError BZ2_TRUNCATED, BZ2_CORRUPT, GZIP_TRUNCATED or GZIP_CORRUPT; `byteOffset` is that of the stream
 * at fault. What was whole before it has been yielded by then. Rejects with the signal's reason when aborted.
 */
export async function* decompressRange(
  file: string,
  start = 0,
  end = Number.POSITIVE_INFINITY,
  { signal }: DecompressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const compression = await compressionOf(file)
  if (compression === 'none') yield* bytesOf(file, start, end, signal)
  else if (compression === 'gzip') yield* gunzip(file, signal)
  else yield* bunzip2(file, start, end, signal)
}

async function* bunzip2(file: string, start: number, end: number, signal: AbortSignal | undefined) {
  for await (const bytes of decodedStreams(file, start, end, signal)) {
    signal?.throwIfAborted()
    yield bytes
  }
}

async function* decodedStreams(file: string, start: number, end: number, signal: AbortSignal | undefined) {
  let at = start
  let stream: Bz2Stream | undefined
  for await (const part of streamPartsOf(bytesOf(file, start, end, signal))) {
    if (part.startsStream || stream === undefined) {
      if (stream !== undefined) yield* stream.end()
      stream = new Bz2Stream(file, at)
    }
    yield* stream.write(part.bytes)
    at += part.bytes.length
  }
  if (stream === undefined) throw truncated(file, start, 'it holds no bytes')
  yield* stream.end()
  if (Number.isFinite(end) && at < end) {
    throw truncated(file, at, `it ends at byte ${at}, the range asked for at byte ${end}`)
  }
}

interface StreamPart {
  readonly startsStream: boolean
  readonly bytes: Buffer
}

/**
 * Cuts the bytes where a bz2 stream starts. The ten bytes looked for occur by chance once in 10²⁴ bytes. The last
 * nine bytes of a chunk wait for the next, as a start may straddle both.
 */
async function* streamPartsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<StreamPart> {
  let held: Buffer = Buffer.alloc(0)
  let startsStream = true
  for await (const chunk of chunks) {
    const bytes: Buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    let from = 0
    for (const at of streamStartsIn(bytes)) {
      if (at > from) {
        yield { startsStream, bytes: bytes.subarray(from, at) }
        from = at
      }
      startsStream = true
    }
    const keepFrom = Math.max(from, bytes.length - (startBytes - 1))
    if (keepFrom > from) {
      yield { startsStream, bytes: bytes.subarray(from, keepFrom) }
      startsStream = false
    }
    held = bytes.subarray(keepFrom)
  }
  if (held.length > 0) yield { startsStream, bytes: held }
}

/** Offsets in `bytes` where a bz2 stream starts: `BZh1`…`BZh9` and the mark of a block or of the end, ascending. */
export function streamStartsIn(bytes: Buffer): number[] {
  const starts: number[] = []
  for (let at = bytes.indexOf(streamMagic); at >= 0; at = bytes.indexOf(streamMagic, at + 1)) {
    if (isStreamStart(bytes, at)) starts.push(at)
  }
  return starts
}

/** True where all ten bytes that start a bz2 stream lie at `at`. */
export function isStreamStart(bytes: Buffer, at: number): boolean {
  const level = bytes[at + 3] ?? 0
  if (bytes.length < at + startBytes || level < 0x31 || level > 0x39) return false
  if (bytes.compare(streamMagic, 0, streamMagic.length, at, at + streamMagic.length) !== 0) return false
  const mark = bytes.subarray(at + 4, at + startBytes)
  return mark.equals(blockMagic) || mark.equals(endMagic)
}

/**
 * One bz2 stream through unbzip2-stream, driven by hand: `write` and `end` run synchronously, so what they emitted
 * has been collected when they return, and a decoder that ends silently is seen at once.
 */
class Bz2Stream {
  private readonly decoder = unbzip2()
  private readonly tail: Buffer[] = []
  private decoded: Uint8Array[] = []
  private failure: unknown
  private ended = false
  private readonly file: string
  private readonly start: number

  constructor(file: string, start: number) {
    this.file = file
    this.start = start
    this.decoder.on('data', (bytes: Uint8Array) => this.decoded.push(bytes))
    this.decoder.on('error', (error: unknown) => {
      this.failure ??= error
    })
    this.decoder.on('end', () => {
      this.ended = true
    })
  }

  *write(bytes: Buffer): Generator<Uint8Array> {
    this.keepTail(bytes)
    this.decoder.write(bytes)
    yield* this.take()
    if (this.failure !== undefined) throw this.corrupt('its bytes are not those that were written')
  }

  *end(): Generator<Uint8Array> {
    this.decoder.end()
    yield* this.take()
    if (this.failure === undefined && this.ended) return
    const tail = Buffer.concat(this.tail)
    if (this.failure === undefined) throw truncated(this.file, this.start, 'the decoder stopped before its end')
    if (!holdsEndMark(tail) && ranOut(this.failure)) {
      throw truncated(this.file, this.start, 'it stops before its end mark', this.failure)
    }
    throw this.corrupt('its checksum or its code tables are wrong, or bytes follow its end')
  }

  private take(): Uint8Array[] {
    const taken = this.decoded
    this.decoded = []
    return taken
  }

  /** The last 32 bytes at least: enough to find the end mark with something behind it. */
  private keepTail(bytes: Buffer) {
    this.tail.push(bytes)
    while (this.tail.length > 1 && this.tail.slice(1).reduce((sum, part) => sum + part.length, 0) >= 32) {
      this.tail.shift()
    }
  }

  private corrupt(reason: string): BadEventError {
    return new BadEventError('BZ2_CORRUPT', `bz2 stream at byte ${this.start} is damaged: ${reason}`, {
      at: { file: this.file, byteOffset: this.start },
      hint: 'compare the checksum of the file with the one of the dump, and download it again',
      cause: this.failure,
    })
  }
}

/** unbzip2-stream reads past its last buffer when input runs out (a TypeError), or says "ended prematurely". */
function ranOut(failure: unknown): boolean {
  return failure instanceof TypeError || (failure instanceof Error && failure.message.includes('prematurely'))
}

/** True where the 48-bit end mark and its 32-bit checksum lie complete, at any bit, in the last 32 bytes. */
function holdsEndMark(tail: Buffer): boolean {
  const bytes = tail.subarray(Math.max(0, tail.length - 32))
  if (bytes.length < 10) return false
  const bits = BigInt(`0x${bytes.toString('hex')}`)
  const mark = 0x177245385090n
  for (let behind = 32; behind + 48 <= bytes.length * 8; behind++) {
    if (((bits >> BigInt(behind)) & 0xffffffffffffn) === mark) return true
  }
  return false
}

function truncated(file: string, start: number, reason: string, cause?: unknown): BadEventError {
  return new BadEventError('BZ2_TRUNCATED', `bz2 stream at byte ${start} is cut short: ${reason}`, {
    at: { file, byteOffset: start },
    hint: 'the download did not finish: resume it, then compare the checksum',
    cause,
  })
}

async function* gunzip(file: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file)
  const decoder = createGunzip()
  source.on('error', (error) => decoder.destroy(error))
  source.pipe(decoder)
  try {
    for await (const bytes of decoder) {
      signal?.throwIfAborted()
      yield bytes
    }
  } catch (cause) {
    throw gzipError(file, cause)
  } finally {
    source.destroy()
    decoder.destroy()
  }
}

function gzipError(file: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const at = { file, byteOffset: 0 }
  if (code === 'Z_BUF_ERROR') {
    const hint = 'the download did not finish: resume it, then compare the checksum'
    return new BadEventError('GZIP_TRUNCATED', 'gzip file is cut short', { at, hint, cause })
  }
  if (typeof code === 'string' && code.startsWith('Z_')) {
    const hint = 'compare the checksum of the file with the one of the dump, and download it again'
    return new BadEventError('GZIP_CORRUPT', 'gzip file is damaged', { at, hint, cause })
  }
  return cause
}
