import { open } from 'node:fs/promises'

const readBytes = 1 << 18

/** The bytes of `file` from `start` (inclusive) to `end` (exclusive) or its end, in buffers of at most 256 KiB. */
export async function* bytesOf(
  file: string,
  start = 0,
  end = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const handle = await open(file, 'r')
  try {
    let at = start
    while (at < end) {
      signal?.throwIfAborted()
      const buffer = Buffer.allocUnsafe(Math.min(readBytes, end - at))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

/** The first `length` bytes of `file`; fewer where it is shorter. */
export async function readHead(file: string, length: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const bytes of bytesOf(file, 0, length)) parts.push(bytes)
  return Buffer.concat(parts)
}
