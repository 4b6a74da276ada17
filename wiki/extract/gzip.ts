/**
 * gzip by several threads, as pigz does it: each batch becomes a run of deflate blocks of its own, ended on a byte, that may refer
 * to the 32 KiB before it; together they are one member, which every reader takes. Sources: RFC 1951, RFC 1952.
 */
import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'

/** Node's default; higher levels gain some hundredths of the size. */
const level = 6
/** The threads of libuv's pool. */
const batchesAtOnce = 4
const windowBytes = 1 << 15

/** No name, no time (so that the same input gives the same bytes), no system. */
const header = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
/** A last block without bytes. */
const lastBlock = [3, 0]

const deflate = promisify<Buffer, object, Buffer>(deflateRaw)

/** The bytes depend on the lines and on how they are cut into batches, not on the threads. */
export async function* gzipOf(batches: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const packing: Promise<Buffer>[] = []
  let window: Buffer = Buffer.alloc(0)
  let sum = 0
  let length = 0
  try {
    yield header
    for await (const batch of batches) {
      if (batch.length === 0) continue
      // The batch's memory is used again once the next is asked for.
      const bytes = Buffer.from(batch)
      sum = crc32(bytes, sum)
      length += bytes.length
      const options = { level, finishFlush: constants.Z_SYNC_FLUSH, ...(window.length > 0 && { dictionary: window }) }
      packing.push(deflate(bytes, options))
      window = Buffer.concat([window, bytes.subarray(-windowBytes)]).subarray(-windowBytes)
      if (packing.length === batchesAtOnce) yield await packing.shift()!
    }
    while (packing.length > 0) yield await packing.shift()!
    const end = Buffer.alloc(lastBlock.length + 8)
    end.set(lastBlock)
    end.writeUInt32LE(sum, lastBlock.length)
    end.writeUInt32LE(length % 2 ** 32, lastBlock.length + 4)
    yield end
  } finally {
    await Promise.allSettled(packing)
  }
}
