import { bytesOf } from '../byte-range.ts'
import { acquire, markBytes, release } from './kernel.ts'

const streamMagic = Buffer.from('BZh')
/** What follows `BZh1`…`BZh9`: the mark of a block, or of the end for a stream that holds no block. */
const blockMark = Buffer.from([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
const endMark = Buffer.from([0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
/** Bytes by which a stream start is told. */
export const streamStartBytes = streamMagic.length + 1 + blockMark.length

/** Part of a file, in bytes. */
interface Part {
  readonly start?: number
  readonly end?: number
  readonly signal?: AbortSignal | undefined
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
  if (bytes.length < at + streamStartBytes || level < 0x31 || level > 0x39) return false
  if (bytes.compare(streamMagic, 0, streamMagic.length, at, at + streamMagic.length) !== 0) return false
  const mark = bytes.subarray(at + 4, at + streamStartBytes)
  return mark.equals(blockMark) || mark.equals(endMark)
}

/** Byte offsets of the bz2 streams of `file`, or of a part of it, ascending, found by the ten bytes that start one. */
export async function findStreamStarts(file: string, part: Part = {}): Promise<number[]> {
  const starts: number[] = []
  for await (const { bytes, at } of overlapping(file, streamStartBytes - 1, part)) {
    for (const start of streamStartsIn(bytes)) starts.push(at + start)
  }
  return starts
}

/**
 * Positions of the 48-bit marks of blocks of `file`, or of a part of it, in bits, ascending. A mark may occur inside a
 * block by chance, once in 2⁴⁸ bits: see borders.ts.
 */
export async function findBlockMarks(file: string, part: Part = {}): Promise<number[]> {
  const marks: number[] = []
  const kernel = acquire()
  try {
    for await (const { bytes, at } of overlapping(file, markBytes, part)) {
      for (const mark of kernel.marksIn(bytes)) marks.push(at * 8 + mark)
    }
  } finally {
    release(kernel)
  }
  return marks
}

/** The bytes of a file in buffers that each begin with the last `overlap` bytes of the one before. */
async function* overlapping(file: string, overlap: number, { start = 0, end, signal }: Part) {
  let held: Buffer = Buffer.alloc(0)
  let at = start
  for await (const chunk of bytesOf(file, start, end, signal)) {
    const bytes: Buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    yield { bytes, at }
    const keepFrom = Math.max(0, bytes.length - overlap)
    held = bytes.subarray(keepFrom)
    at += keepFrom
  }
}
