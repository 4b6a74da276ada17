/** A line of a sorted file by halving: some twenty reads of the disk, whatever the size of the file. */
import type { FileHandle } from 'node:fs/promises'

/** Bytes read at a look: what `isBefore` sees of a line at most. */
const windowBytes = 4096

/** Offset of the first line that is not before the one that is sought; the file's end where all are. */
export async function firstLine(handle: FileHandle, isBefore: (beginning: Buffer) => boolean): Promise<number> {
  const { size } = await handle.stat()
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const line = await bytesAt(handle, await lineFrom(handle, middle))
    if (line.length > 0 && isBefore(line)) low = middle + 1
    else high = middle
  }
  return lineFrom(handle, low)
}

/** Offset of the first line that begins at `offset` or after it; the file's end where none does. */
async function lineFrom(handle: FileHandle, offset: number): Promise<number> {
  if (offset === 0) return 0
  for (let at = offset - 1; ; ) {
    const bytes = await bytesAt(handle, at)
    if (bytes.length === 0) return at
    const feed = bytes.indexOf(10)
    if (feed >= 0) return at + feed + 1
    at += bytes.length
  }
}

async function bytesAt(handle: FileHandle, offset: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(windowBytes), 0, windowBytes, offset)
  return buffer.subarray(0, bytesRead)
}
