import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BadEventError } from '../runtime/errors.ts'
import { bytesOf, readHead } from './byte-range.ts'
import { type DecodeOptions, decodeBz2 } from './bz2/decode.ts'
import { decodeByReference } from './bz2/reference.ts'

/** How the bytes of a dump file are packed. */
export type Compression = 'bz2' | 'gzip' | 'none'

/** What decodes bz2: our kernel, or unbzip2-stream to compare with. */
export type Bz2Engine = 'kernel' | 'reference'

export interface DecompressOptions {
  readonly engine?: Bz2Engine | undefined
  readonly signal?: AbortSignal | undefined
}

/** Packing by the first bytes of the file; by its name where there are too few of them to tell. */
export async function compressionOf(file: string): Promise<Compression> {
  return compressionBy(await readHead(file, 3), file)
}

function compressionBy(head: Buffer, name: string): Compression {
  if (head.toString('latin1', 0, 3) === 'BZh' || name.endsWith('.bz2')) return 'bz2'
  if ((head[0] === 0x1f && head[1] === 0x8b) || name.endsWith('.gz')) return 'gzip'
  return 'none'
}

/**
 * The uncompressed bytes of `file` between the byte offsets `start` (inclusive) and `end` (exclusive) as it lies on
 * disk. For bz2 the range holds whole streams, one after another; each CRC is checked. For gzip the range is the
 * whole file. Blocks come out as they are decoded, about 0.9 MB each, so memory does not grow with the range.
 *
 * Throws BadEventError BZ2_TRUNCATED, BZ2_CORRUPT, GZIP_TRUNCATED or GZIP_CORRUPT; `byteOffset` is that of the stream
 * at fault. What was whole before it has been yielded by then. Rejects with the signal's reason when aborted.
 */
export async function* decompressRange(
  file: string,
  start = 0,
  end = Number.POSITIVE_INFINITY,
  options: DecompressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal } = options
  const compression = await compressionOf(file)
  if (compression === 'gzip')
    yield* gunzip(createReadStream(file, { highWaterMark: gunzipChunkBytes / 2 }), file, signal)
  else if (compression === 'none') yield* bytesOf(file, start, end, signal)
  else yield* bunzip2(bytesOf(file, start, end, signal), { file, start, end, signal }, options.engine)
}

/**
 * The uncompressed bytes of a stream that is no file, such as standard input; `name` is that in errors. Otherwise like
 * `decompressRange` of the whole.
 */
export async function* decompressStream(
  source: AsyncIterable<Uint8Array>,
  name: string,
  { engine, signal }: DecompressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, whole } = await peek(source, 3)
  const compression = compressionBy(head, name)
  if (compression === 'gzip') yield* gunzip(Readable.from(whole), name, signal)
  else if (compression === 'bz2') yield* bunzip2(whole, { file: name, start: 0, signal }, engine)
  else yield* whole
}

async function* bunzip2(
  source: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
  engine: Bz2Engine = 'kernel',
): AsyncGenerator<Uint8Array, void, undefined> {
  if (engine === 'reference') yield* decodeByReference(source, options)
  else for await (const { bytes } of decodeBz2(source, options)) yield bytes
}

/** The first `length` bytes of a source, or fewer where it is shorter, and all of it. */
async function peek(source: AsyncIterable<Uint8Array>, length: number) {
  const pieces = source[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  while (head.length < length) {
    const { done, value } = await pieces.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head
    yield* { [Symbol.asyncIterator]: () => pieces }
  }
  return { head, whole: whole() }
}

/** Of what comes out at a time: zlib's own 16 kB cost half of the rate in hops between threads. */
const gunzipChunkBytes = 512 * 1024

async function* gunzip(
  source: Readable,
  file: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = createGunzip({ chunkSize: gunzipChunkBytes })
  source.on('error', (error) => decoder.destroy(error))
  source.pipe(decoder)
  try {
    for await (const bytes of decoder) {
      signal?.throwIfAborted()
      yield bytes
    }
  } catch (cause) {
    throw gzipError(file, cause)
  } finally {
    source.destroy()
    decoder.destroy()
  }
}

function gzipError(file: string, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const at = { file, byteOffset: 0 }
  if (code === 'Z_BUF_ERROR') {
    const hint = 'the download did not finish: resume it, then compare the checksum'
    return new BadEventError('GZIP_TRUNCATED', 'gzip file is cut short', { at, hint, cause })
  }
  if (typeof code === 'string' && code.startsWith('Z_')) {
    const hint = 'compare the checksum of the file with the one of the dump, and download it again'
    return new BadEventError('GZIP_CORRUPT', 'gzip file is damaged', { at, hint, cause })
  }
  return cause
}
