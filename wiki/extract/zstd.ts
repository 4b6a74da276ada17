/** Zstandard by Node itself, from 22.15 on, and by WebAssembly before. */
import zlib from 'node:zlib'
import type { Zstd } from '@hpcc-js/wasm-zstd'
import { throughZlib } from './zlib-stream.ts'

/** Keeps up with two workers; higher levels gain some hundredths of the size. */
const level = 3
const chunkSize = 1 << 18

/** What zlib has had since Node 22.15, and the types for Node 20 lack. */
interface ZlibWithZstd {
  createZstdCompress(options: object): zlib.Gzip
  zstdCompressSync(bytes: Uint8Array, options: object): Buffer
  readonly constants: { readonly ZSTD_c_compressionLevel: number }
}

function hasZstd(module: object): module is ZlibWithZstd {
  return 'createZstdCompress' in module
}

const native: object = zlib

/** One frame, for some readers (python's zstandard among them) silently end after the first. */
export async function* zstdOf(batches: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  if (hasZstd(native)) {
    const params = { [native.constants.ZSTD_c_compressionLevel]: level }
    yield* throughZlib(batches, native.createZstdCompress({ chunkSize, params }))
    return
  }
  const zstd = await loadZstd()
  zstd.reset()
  zstd.setCompressionLevel(level)
  for await (const batch of batches) {
    if (batch.length > 0) yield zstd.compressChunk(batch)
  }
  yield zstd.compressEnd()
}

/** A function that packs bytes into a frame. */
export async function zstdPacker(): Promise<(bytes: Uint8Array) => Uint8Array> {
  if (hasZstd(native)) {
    const { zstdCompressSync, constants } = native
    const params = { [constants.ZSTD_c_compressionLevel]: level }
    return (bytes) => zstdCompressSync(bytes, { params })
  }
  const zstd = await loadZstd()
  return (bytes) => zstd.compress(bytes, level)
}

/** Loaded where it is wanted: it is half a megabyte of WebAssembly. */
async function loadZstd(): Promise<Zstd> {
  return (await import('@hpcc-js/wasm-zstd')).Zstd.load()
}
