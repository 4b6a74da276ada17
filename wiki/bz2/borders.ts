import { BadEventError } from '../../runtime/errors.ts'
import { bytesOf } from '../byte-range.ts'
import { type DecodedPiece, type DecodeOptions, decodeBz2 } from './decode.ts'
import { findBlockMarks } from './marks.ts'

interface Options extends Pick<DecodeOptions, 'lends'> {
  readonly signal?: AbortSignal | undefined
}

/** More than any block that a compressor writes. */
const longestBlockBytes = 3 << 20

/**
 * Decodes from the mark of a block at `border`, in bits, or from the start of the file where it is 0, to its end.
 *
 * The 48 bits of a mark may lie inside a block by chance, once in 2⁴⁸. Such a border is noticed, as what follows it is
 * no block; reading then begins at the first block behind it, since the reader of the part before goes on past it.
 * Throws as `decodeBz2` does.
 */
export async function* decodeFrom(
  file: string,
  border: number,
  options: Options = {},
): AsyncGenerator<DecodedPiece, void, undefined> {
  let isDecoding = false
  try {
    for await (const piece of decodeAt(file, border, options)) {
      isDecoding = true
      yield piece
    }
  } catch (error) {
    if (isDecoding || border === 0 || !(error instanceof BadEventError)) throw error
    const next = await markBehind(file, border, options)
    if (next === undefined) throw error
    yield* decodeAt(file, next, options)
  }
}

function decodeAt(
  file: string,
  bit: number,
  { lends, signal }: Options,
): AsyncGenerator<DecodedPiece, void, undefined> {
  const start = Math.floor(bit / 8)
  const insideFrom = bit === 0 ? undefined : bit % 8
  return decodeBz2(bytesOf(file, start, undefined, signal), { file, start, insideFrom, lends, signal })
}

/**
 * Where the block ends inside which the false border lies. Undefined where there is none: the border is where a block
 * ends, so that what follows it is damaged, or all around it is.
 */
async function markBehind(file: string, border: number, { signal }: Options): Promise<number | undefined> {
  const end = Math.floor(border / 8)
  const start = Math.max(0, end - longestBlockBytes)
  const marks = await findBlockMarks(file, { start, end: end + 8, signal })
  for (const mark of marks.reverse()) {
    if (mark >= border) continue
    const blockEnd = await endOfBlock(file, mark, { signal })
    if (blockEnd !== undefined) return blockEnd > border ? blockEnd : undefined
  }
  return undefined
}

async function endOfBlock(file: string, mark: number, options: Options): Promise<number | undefined> {
  try {
    for await (const { blockEnd } of decodeAt(file, mark, options)) return blockEnd
  } catch (error) {
    if (!(error instanceof BadEventError)) throw error
  }
  return undefined
}
