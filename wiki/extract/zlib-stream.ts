import type { Gzip } from 'node:zlib'

/**
 * The batches through a stream of node:zlib. Waits for each batch to be taken in before it asks for the next, since its
 * memory may be used again by then.
 */
export async function* throughZlib(
  batches: AsyncIterable<Uint8Array>,
  packer: Gzip,
): AsyncGenerator<Uint8Array, void, undefined> {
  const packing = writeAll(batches, packer)
  packing.catch((error: unknown) => packer.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    for await (const bytes of packer) yield bytes
    await packing
  } finally {
    packer.destroy()
  }
}

async function writeAll(batches: AsyncIterable<Uint8Array>, packer: Gzip): Promise<void> {
  for await (const batch of batches) {
    // A reader that stops early destroys the stream.
    if (packer.destroyed) return
    if (batch.length > 0) await written(packer, batch)
  }
  packer.end()
}

function written(packer: Gzip, batch: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    packer.once('close', resolve)
    packer.write(batch, (error) => {
      packer.off('close', resolve)
      if (error) reject(error)
      else resolve()
    })
  })
}
