import { ConfigError } from '../../runtime/errors.ts'
import { decodeFrom } from '../bz2/borders.ts'
import type { DecodedPiece } from '../bz2/decode.ts'
import { type DecompressOptions, decompressRange } from '../bz2.ts'

/** Where the first block of a chunk begins and where the one after its last does: bits 0 to 7 of bytes `start` and `end`. */
export interface BlockRange {
  readonly startBit: number
  readonly endBit: number
}

/** The part of a dump file to read: a Chunk of a plan, or an event DumpChunk with the path of its file. */
export interface ReadableChunk {
  readonly file: string
  readonly start: number
  readonly end: number
  /** Null or absent where the range holds whole streams, or is the whole file. */
  readonly blocks?: BlockRange | null
  /** What a chunk of blocks is trimmed to; pages where it is absent. */
  readonly unit?: ChunkUnit
}

/** What a file is made of: pages of export XML, or documents of a search index. */
export type ChunkUnit = 'page' | 'document'

/** How each begins. In JSON a line feed stands between documents only. */
const unitMarks: Readonly<Record<ChunkUnit, Buffer>> = {
  page: Buffer.from('<page>'),
  document: Buffer.from('\n{"index"'),
}

/**
 * The uncompressed bytes of any chunk of a plan. Those of a chunk of blocks are trimmed to the pages it owns, those
 * whose mark (`<page>`) begins in its blocks: it starts with the first of them, and reads on in the blocks behind until the last of them
 * has ended. The first chunk has the header as well. All chunks in order give the bytes of the file, each once.
 * Throws as `decompressRange` does, and ConfigError ENGINE_UNFIT where the reference engine is to read blocks.
 */
export async function* chunkBytes(
  { file, start, end, blocks, unit = 'page' }: ReadableChunk,
  options: DecompressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  if (blocks === null || blocks === undefined) {
    yield* decompressRange(file, start, end, options)
    return
  }
  if (options.engine === 'reference') {
    throw new ConfigError('ENGINE_UNFIT', 'the reference decoder of bz2 cannot begin inside a stream', {
      at: { file, byteOffset: start },
      hint: 'plan the file without blocksPerChunk, or leave out the engine',
    })
  }
  const first = start * 8 + blocks.startBit
  const pieces = decodeFrom(file, first, options)
  yield* ownedUnits(pieces, unitMarks[unit], end * 8 + blocks.endBit, first === 0)
}

/**
 * The pieces from the first mark on (or from the beginning) to the first mark that begins behind the border, which
 * lies `border` bits into the file. Marks may straddle pieces.
 */
async function* ownedUnits(
  pieces: AsyncIterable<DecodedPiece>,
  mark: Buffer,
  border: number,
  isFirst: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  let ownsUnit = isFirst
  // The last bytes read, in which a mark may begin, are held back; so many of them lie before the border.
  let held: Buffer = Buffer.alloc(0)
  let heldBefore = 0
  for await (const piece of pieces) {
    const isBefore = piece.block < border
    if (ownsUnit && isBefore) {
      yield piece.bytes
      continue
    }
    const bytes = held.length === 0 ? piece.bytes : Buffer.concat([held, piece.bytes])
    const before = isBefore ? bytes.length : heldBefore
    const hold = Math.min(bytes.length, mark.length - 1)
    let from = 0
    let to = bytes.length - hold
    if (!ownsUnit) {
      from = bytes.indexOf(mark)
      ownsUnit = from >= 0 && from < before
      if (!ownsUnit && before <= to) return
    }
    if (ownsUnit && isBefore) {
      to = bytes.length
    } else if (ownsUnit) {
      const next = bytes.indexOf(mark, before)
      if (next >= 0) {
        if (next > from) yield bytes.subarray(from, next)
        return
      }
    }
    if (ownsUnit && to > from) yield bytes.subarray(from, to)
    // A copy, as the bytes may be lent.
    held = Buffer.from(bytes.subarray(ownsUnit ? Math.max(from, to) : to))
    heldBefore = Math.max(0, before - (bytes.length - held.length))
  }
  if (ownsUnit && held.length > 0) yield held
}
