import { open, stat } from 'node:fs/promises'
import { BadEventError } from '../runtime/errors.ts'
import { findBlockMarks, findStreamStarts, isStreamStart } from './bz2/marks.ts'
import { type Compression, compressionOf, type DecompressOptions, decompressRange } from './bz2.ts'
import { headerBytes, parseSiteinfo, type Siteinfo } from './siteinfo.ts'
import type { BlockRange, ChunkUnit } from './streams/chunk-bytes.ts'
import { type IndexedStream, readMultistreamIndex } from './streams/index-file.ts'

export { findStreamStarts } from './bz2/marks.ts'
export { type BlockRange, type ChunkUnit, chunkBytes } from './streams/chunk-bytes.ts'
export { type IndexedStream, indexEntries, readMultistreamIndex } from './streams/index-file.ts'

/** A part of a dump file that can be read alone, by `chunkBytes`: whole bz2 streams, blocks of them, or the whole file. */
export type Chunk = ChunkOfStreams | ChunkOfBlocks

interface ByteRange {
  readonly file: string
  /** Byte offset on disk, inclusive. */
  readonly start: number
  /** Byte offset on disk, exclusive. */
  readonly end: number
  /** Pages that the index promises; absent without an index. */
  readonly pages?: number
}

export interface ChunkOfStreams extends ByteRange {
  /** `multistream` chunks hold pages only, no header: the site comes from the plan. */
  readonly kind: 'multistream' | 'whole'
  /** Lowest id of its pages, where an index says that pages come in the order of their ids. */
  readonly firstPageId?: number
}

export interface ChunkOfBlocks extends ByteRange {
  /** Owns the pages or documents that begin in its blocks; the first one begins with the file. */
  readonly kind: 'blocks'
  readonly blocks: BlockRange
  readonly unit: ChunkUnit
}

/** Something about the file that the plan had to work around; each is to be logged and counted. */
export interface PlanWarning {
  readonly code: 'INDEX_DISAGREES' | 'INDEX_MALFORMED' | 'STREAMS_SPLIT_PAGES' | 'SITEINFO_MISSING'
  readonly message: string
}

export interface DumpPlan {
  readonly file: string
  /** Size on disk. */
  readonly bytes: number
  readonly compression: Compression
  /** Where the chunk borders come from. */
  readonly borders: 'index' | 'scan' | 'blocks' | 'none'
  readonly siteinfo?: Siteinfo
  /** Bytes [0, headerEnd) on disk hold the header; 0 where the first chunk begins with it. */
  readonly headerEnd: number
  readonly chunks: readonly Chunk[]
  /** Sum over the chunks, where the index gives it. */
  readonly pages?: number
  readonly warnings: readonly PlanWarning[]
}

export interface PlanOptions extends DecompressOptions {
  /** The index file that belongs to the dump file. */
  readonly index?: string | undefined
  /** Streams of about 100 pages each that make one chunk, at least. */
  readonly streamsPerChunk: number
  /** Bytes on disk that a chunk of streams has at least, but for the last one. */
  readonly bytesPerChunk?: number | undefined
  /**
   * Blocks of 0.9 MB each that make one chunk where streams cannot. Each chunk decodes about one block more, in which its
   * last page ends. Null or absent makes such a file one chunk.
   */
  readonly blocksPerChunk?: number | null | undefined
  /** Documents of a search index have neither a header nor an index. Pages where absent. */
  readonly unit?: ChunkUnit | undefined
}

/** A multistream file shows itself in its first 16 MiB: there is no need to look for streams in all of another. */
const probeBytes = 1 << 24

/**
 * How to read a dump file in parts. A multistream file is cut at streams, from the index where it fits the file, else
 * by a scan of the bytes. A single stream, or streams that do not start at a page (pbzip2 writes such), is cut at
 * blocks. Anything else is one chunk. No byte between the header and the end of the file is left out.
 */
export async function planChunks(file: string, options: PlanOptions): Promise<DumpPlan> {
  const { size: bytes } = await stat(file)
  const compression = await compressionOf(file)
  const warnings: PlanWarning[] = []
  const { unit = 'page' } = options
  const siteinfo = unit === 'page' ? await readSiteinfo(file, options) : undefined
  if (siteinfo === undefined && unit === 'page') {
    warnings.push({ code: 'SITEINFO_MISSING', message: `${file} starts without <siteinfo>: the wiki must be given` })
  }
  const plan = { file, bytes, compression, headerEnd: 0, ...(siteinfo && { siteinfo }) }
  const whole: Chunk = { file, start: 0, end: bytes, kind: 'whole' }
  if (compression !== 'bz2') return { ...plan, borders: 'none', chunks: [whole], warnings }

  if (options.index !== undefined) {
    const streams = await indexedStreams(file, bytes, options.index, options, warnings)
    if (streams !== undefined) {
      const chunks = chunksOf(file, bytes, inOrderOfIds(streams) ? streams : withoutIds(streams), options)
      const pages = streams.reduce((sum, stream) => sum + stream.pages, 0)
      return { ...plan, headerEnd: chunks[0]?.start ?? 0, borders: 'index', chunks, pages, warnings }
    }
  }
  const { signal, blocksPerChunk } = options
  const probed = await findStreamStarts(file, { end: probeBytes, signal })
  if (await startWithPages(file, probed, options)) {
    const starts = bytes > probeBytes ? await findStreamStarts(file, { signal }) : probed
    const streams = starts.slice(1).map((offset) => ({ offset }))
    const chunks = chunksOf(file, bytes, streams, options)
    return { ...plan, headerEnd: chunks[0]?.start ?? 0, borders: 'scan', chunks, warnings }
  }
  if (blocksPerChunk !== undefined && blocksPerChunk !== null) {
    const marks = await findBlockMarks(file, { signal })
    if (marks.length > blocksPerChunk) {
      return { ...plan, borders: 'blocks', chunks: blockChunks(file, bytes, marks, blocksPerChunk, unit), warnings }
    }
  } else if (probed.length >= 3 && probed[0] === 0) {
    const message = `${file} has streams that do not start at a page: it is read as one chunk`
    warnings.push({ code: 'STREAMS_SPLIT_PAGES', message })
  }
  return { ...plan, borders: 'none', chunks: [whole], warnings }
}

/** Chunks that meet at marks; the first begins with the file, the last ends with it. */
function blockChunks(
  file: string,
  bytes: number,
  marks: readonly number[],
  blocksPerChunk: number,
  unit: ChunkUnit,
): Chunk[] {
  const borders = marks.filter((_, i) => i > 0 && i % blocksPerChunk === 0)
  return [0, ...borders].map((from, i) => {
    const to = borders[i] ?? bytes * 8
    const blocks = { startBit: from % 8, endBit: to % 8 }
    return { file, start: Math.floor(from / 8), end: Math.floor(to / 8), kind: 'blocks', blocks, unit }
  })
}

function chunksOf(
  file: string,
  bytes: number,
  streams: readonly { readonly offset: number; readonly pages?: number; readonly firstPageId?: number }[],
  { streamsPerChunk, bytesPerChunk = 0 }: Pick<PlanOptions, 'streamsPerChunk' | 'bytesPerChunk'>,
): Chunk[] {
  const chunks: ChunkOfStreams[] = []
  for (let i = 0; i < streams.length; ) {
    const start = streams[i]?.offset ?? 0
    const from = i
    i += streamsPerChunk
    while (i < streams.length && (streams[i]?.offset ?? bytes) - start < bytesPerChunk) i++
    const group = streams.slice(from, i)
    const counted = group.every((stream) => stream.pages !== undefined)
    const pages = group.reduce((sum, stream) => sum + (stream.pages ?? 0), 0)
    const end = streams[i]?.offset ?? bytes
    const firstPageId = group[0]?.firstPageId
    const ids = firstPageId === undefined ? {} : { firstPageId }
    chunks.push({ file, start, end, kind: 'multistream', ...(counted && { pages }), ...ids })
  }
  return chunks
}

function inOrderOfIds(streams: readonly IndexedStream[]): boolean {
  return streams.every(({ firstPageId }, n) => n === 0 || (streams[n - 1]?.lastPageId ?? 0) < firstPageId)
}

function withoutIds(streams: readonly IndexedStream[]): Pick<IndexedStream, 'offset' | 'pages'>[] {
  return streams.map(({ offset, pages }) => ({ offset, pages }))
}

/** The streams of the index, or undefined and a warning where it does not belong to this file. */
async function indexedStreams(
  file: string,
  bytes: number,
  index: string,
  options: DecompressOptions,
  warnings: PlanWarning[],
): Promise<IndexedStream[] | undefined> {
  let streams: IndexedStream[]
  try {
    streams = await readMultistreamIndex(index, options)
  } catch (error) {
    if (!(error instanceof BadEventError)) throw error
    warnings.push({ code: 'INDEX_MALFORMED', message: `${index}: ${error.message}; streams are found by their bytes` })
    return undefined
  }
  const wrong = await firstWithoutStream(file, bytes, streams)
  if (wrong !== undefined) {
    const message = `${index} promises a stream at byte ${wrong} of ${file}, and none starts there; streams are found by their bytes`
    warnings.push({ code: 'INDEX_DISAGREES', message })
    return undefined
  }
  if (streams.length > 0) return streams
  warnings.push({ code: 'INDEX_MALFORMED', message: `${index} lists no page; streams are found by their bytes` })
  return undefined
}

/** Reads under way at the same time: one after another, those of a large dump would keep its workers waiting. */
const headsAtOnce = 64

/** The first of the offsets at which no stream starts. */
async function firstWithoutStream(
  file: string,
  bytes: number,
  streams: readonly { readonly offset: number }[],
): Promise<number | undefined> {
  const handle = await open(file, 'r')
  const startsAt = async (offset: number): Promise<boolean> => {
    const head = Buffer.alloc(10)
    const { bytesRead } = offset < bytes ? await handle.read(head, 0, head.length, offset) : { bytesRead: 0 }
    return isStreamStart(head.subarray(0, bytesRead), 0)
  }
  try {
    for (let i = 0; i < streams.length; i += headsAtOnce) {
      const group = streams.slice(i, i + headsAtOnce)
      const found = await Promise.all(group.map(({ offset }) => startsAt(offset)))
      const wrong = found.indexOf(false)
      if (wrong >= 0) return group[wrong]?.offset
    }
  } finally {
    await handle.close()
  }
  return undefined
}

/** The header of the file, or undefined where it has none (a fragment) or cannot be read (the chunks will say why). */
export async function readSiteinfo(file: string, options: DecompressOptions = {}): Promise<Siteinfo | undefined> {
  try {
    const header = await headerBytes(decompressRange(file, 0, undefined, options))
    return header && parseSiteinfo(header.toString('utf8'))
  } catch (error) {
    if (error instanceof BadEventError) return undefined
    throw error
  }
}

/** A header's stream and two of pages, or one of them and the end: what a multistream file has at least. */
async function startWithPages(file: string, starts: readonly number[], options: DecompressOptions): Promise<boolean> {
  const [header, first, second] = starts
  if (header !== 0 || first === undefined || second === undefined) return false
  return (await startsWithPage(file, first, options)) && startsWithPage(file, second, options)
}

async function startsWithPage(file: string, start: number, options: DecompressOptions): Promise<boolean> {
  try {
    for await (const bytes of decompressRange(file, start, undefined, options)) {
      const text = Buffer.from(bytes.subarray(0, 256)).toString('latin1').trimStart()
      if (text !== '') return text.startsWith('<page>') || text.startsWith('</mediawiki>')
    }
  } catch (error) {
    // A damaged stream is reported by the chunk that holds it; for the plan it starts where it starts.
    if (error instanceof BadEventError) return true
    throw error
  }
  return true
}
