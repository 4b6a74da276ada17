import { corrupt, truncated } from './faults.ts'
import { acquire, type Bz2Kernel, block, faultOf, needsInput, release, streamHead } from './kernel.ts'

/** Decoded bytes and where the block that they come from begins. */
export interface DecodedPiece {
  readonly bytes: Buffer
  /** Bits from the start of the file to the mark of the block, and to what follows the block. */
  readonly block: number
  readonly blockEnd: number
}

export interface DecodeOptions {
  /** Named in errors. */
  readonly file: string
  /** Byte of the file at which the source begins. */
  readonly start: number
  /** Set where the source begins inside a stream: a mark follows after so many bits, 0 to 7. */
  readonly insideFrom?: number | undefined
  /** Set where the source must reach to this byte of the file. */
  readonly end?: number | undefined
  /** The bytes of a piece are lent until the next one is asked for: no memory is made for each, and none is copied. */
  readonly lends?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Enough for any block that bzip2 writes; a longer one is begun again with more of the input. */
const ahead = 1 << 20

/**
 * Decodes bz2 streams, one after another, from bytes in pieces of any size: a piece a block, or several where runs make
 * it longer than 1 MiB. The checksum of a block is checked before any of it is yielded, that of each stream at its end.
 *
 * Throws BadEventError BZ2_TRUNCATED or BZ2_CORRUPT; `byteOffset` is that of the stream at fault, or of the block
 * where reading began inside the stream. Rejects with the signal's reason when aborted.
 */
export async function* decodeBz2(
  source: AsyncIterable<Uint8Array>,
  { file, start, insideFrom, end, lends = false, signal }: DecodeOptions,
): AsyncGenerator<DecodedPiece, void, undefined> {
  const kernel = acquire()
  const input = new Input(source, kernel)
  try {
    kernel.begin(insideFrom)
    let isInside = insideFrom !== undefined
    let stream: number | undefined
    for (;;) {
      signal?.throwIfAborted()
      await input.reach(ahead)
      const bit = start * 8 + kernel.position
      const at = stream ?? Math.floor(bit / 8)
      const answer = kernel.next()
      const fault = faultOf(answer)
      if (fault !== undefined) throw corrupt(file, at, fault)
      if (answer === needsInput) {
        if (await input.more()) continue
        if (input.isFull) throw corrupt(file, at, 'a block is longer than any can be')
        if (isInside || kernel.unread > 0) throw truncated(file, at, 'it stops before its end')
        break
      }
      if (answer === block) {
        const blockEnd = start * 8 + kernel.position
        for (const lent of kernel.text()) {
          yield { bytes: lends ? lent : Buffer.from(lent), block: bit, blockEnd }
        }
        continue
      }
      isInside = answer === streamHead
      stream = isInside ? bit / 8 : undefined
    }
    const reached = start + input.length
    if (input.length === 0) throw truncated(file, start, 'it holds no bytes')
    if (end !== undefined && Number.isFinite(end) && reached < end) {
      throw truncated(file, reached, `it ends at byte ${reached}, the range asked for at byte ${end}`)
    }
  } finally {
    release(kernel)
    await input.close()
  }
}

/** Carries the pieces of the source into the kernel. */
class Input {
  /** Bytes carried so far. */
  length = 0
  private readonly pieces: AsyncIterator<Uint8Array>
  private rest: Uint8Array = new Uint8Array(0)
  private hasEnded = false
  private readonly kernel: Bz2Kernel

  constructor(source: AsyncIterable<Uint8Array>, kernel: Bz2Kernel) {
    this.pieces = source[Symbol.asyncIterator]()
    this.kernel = kernel
  }

  /** Carries on until the kernel has `bytes` to read, or all. */
  async reach(bytes: number) {
    while (this.kernel.unread < bytes) if (!(await this.more())) return
  }

  /** False where the source has ended or the kernel has no room. */
  async more(): Promise<boolean> {
    while (this.rest.length === 0) {
      if (this.hasEnded) return false
      const { done, value } = await this.pieces.next()
      if (done) this.hasEnded = true
      else this.rest = value
    }
    const fed = this.kernel.feed(this.rest)
    this.rest = this.rest.subarray(fed)
    this.length += fed
    return fed > 0
  }

  /** True where bytes wait for which there is no room. */
  get isFull(): boolean {
    return this.rest.length > 0
  }

  async close() {
    if (!this.hasEnded) await this.pieces.return?.()
  }
}
