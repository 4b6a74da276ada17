import unbzip2 from 'unbzip2-stream'
import type { BadEventError } from '../../runtime/errors.ts'
import type { DecodeOptions } from './decode.ts'
import { corrupt, truncated } from './faults.ts'
import { streamStartBytes, streamStartsIn } from './marks.ts'

/**
 * Decodes bz2 streams, one after another, by unbzip2-stream: slow, and by other people. It is what the kernel is compared with.
 * Throws as `decodeBz2` does; where the faults lie, the two may judge differently between cut short and damaged.
 */
export async function* decodeByReference(
  source: AsyncIterable<Uint8Array>,
  { file, start, end, signal }: DecodeOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = start
  let stream: Bz2Stream | undefined
  for await (const part of streamPartsOf(source)) {
    signal?.throwIfAborted()
    if (part.startsStream || stream === undefined) {
      if (stream !== undefined) yield* stream.end()
      stream = new Bz2Stream(file, at)
    }
    yield* stream.write(part.bytes)
    at += part.bytes.length
  }
  if (stream === undefined) throw truncated(file, start, 'it holds no bytes')
  yield* stream.end()
  if (end !== undefined && Number.isFinite(end) && at < end) {
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
async function* streamPartsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamPart> {
  let held: Buffer = Buffer.alloc(0)
  let startsStream = true
  for await (const chunk of chunks) {
    const bytes: Buffer = Buffer.concat([held, chunk])
    let from = 0
    for (const at of streamStartsIn(bytes)) {
      if (at > from) {
        yield { startsStream, bytes: bytes.subarray(from, at) }
        from = at
      }
      startsStream = true
    }
    const keepFrom = Math.max(from, bytes.length - (streamStartBytes - 1))
    if (keepFrom > from) {
      yield { startsStream, bytes: bytes.subarray(from, keepFrom) }
      startsStream = false
    }
    held = bytes.subarray(keepFrom)
  }
  if (held.length > 0) yield { startsStream, bytes: held }
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
    return corrupt(this.file, this.start, reason, this.failure)
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
