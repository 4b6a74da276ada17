import { open, stat } from 'node:fs/promises'
import { BadEventError } from '../runtime/errors.ts'
import { bytesOf } from './byte-range.ts'
import {
  type Compression,
  compressionOf,
  type DecompressOptions,
  decompressRange,
  isStreamStart,
  streamStartsIn,
} from './bz2.ts'
import { linesOf } from './lines.ts'
import { headerBytes, parseSiteinfo, type Siteinfo } from './siteinfo.ts'

/** A part of a dump file that can be read alone: whole bz2 streams, or the whole file. */
export interface Chunk {
  readonly file: string
  /** Byte offset on disk, inclusive. */
  readonly start: number
  /** Byte offset on disk, exclusive. */
  readonly end: number
  /** `multistream` chunks hold pages only, no header: the site comes from the plan. */
  readonly kind: 'multistream' | 'whole'
  /** Pages that the index promises; absent without an index. */
  readonly pages?: number
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
  readonly borders: 'index' | 'scan' | 'none'
  readonly siteinfo?: Siteinfo
  /** Bytes [0, headerEnd) on disk hold the header; 0 where the first chunk begins with it. */
  readonly headerEnd: number
  readonly chunks: readonly Chunk[]
  /** Sum over the chunks, where the index gives it. */
  readonly pages?: number
  readonly warnings: readonly PlanWarning[]
}

/** One line of a multistream index. */
export interface IndexEntry {
  /** Byte offset of the stream that holds the page. */
  readonly offset: number
  readonly pageId: number
  readonly title: string
}

/** One stream of the index: where it starts and how many pages lie in it. */
export interface IndexedStream {
  readonly offset: number
  readonly pages: number
}

export interface PlanOptions extends DecompressOptions {
  /** The index file that belongs to the dump file. */
  readonly index?: string | undefined
  /** Streams of about 100 pages each that make one chunk. */
  readonly streamsPerChunk: number
}

/** The lines of an index `offset:pageId:title`; the title may contain colons. Throws BadEventError INDEX_MALFORMED. */
export async function* indexEntries(indexFile: string, options: DecompressOptions = {}): AsyncGenerator<IndexEntry> {
  let lineNumber = 0
  for await (const line of linesOf(decompressRange(indexFile, 0, undefined, options))) {
    lineNumber++
    if (line === '') continue
    const [, offset, pageId, title] = /^(\d+):(\d+):(.*)$/.exec(line) ?? []
    if (title === undefined) {
      throw new BadEventError('INDEX_MALFORMED', `line ${lineNumber} of the index is not "offset:page:title"`, {
        at: { file: indexFile, line: lineNumber },
        hint: 'download the index again, or leave it out: the streams are then found by their bytes',
      })
    }
    yield { offset: Number(offset), pageId: Number(pageId), title }
  }
}

/** The streams that hold pages, ascending by offset. The header's and the closing stream are in no index. */
export async function readMultistreamIndex(
  indexFile: string,
  options: DecompressOptions = {},
): Promise<IndexedStream[]> {
  const pages = new Map<number, number>()
  for await (const { offset } of indexEntries(indexFile, options)) pages.set(offset, (pages.get(offset) ?? 0) + 1)
  return [...pages].map(([offset, count]) => ({ offset, pages: count })).sort((a, b) => a.offset - b.offset)
}

/** Byte offsets of all bz2 streams of `file`, ascending, found by the ten bytes that start one. */
export async function findStreamStarts(file: string, { signal }: DecompressOptions = {}): Promise<number[]> {
  const overlap = 9
  const starts: number[] = []
  let held: Buffer = Buffer.alloc(0)
  let heldAt = 0
  for await (const chunk of bytesOf(file, 0, undefined, signal)) {
    const bytes: Buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    for (const at of streamStartsIn(bytes)) starts.push(heldAt + at)
    const keepFrom = Math.max(0, bytes.length - overlap)
    held = bytes.subarray(keepFrom)
    heldAt += keepFrom
  }
  return starts
}

/**
 * How to read a dump file in parts. A multistream file is cut at streams, from the index where it fits the file, else
 * by a scan of the bytes; anything else is one chunk. Streams that do not start at a page (pbzip2 and lbzip2 write
 * such) also make one chunk. No byte between the header and the end of the file is left out.
 */
export async function planChunks(file: string, options: PlanOptions): Promise<DumpPlan> {
  const { size: bytes } = await stat(file)
  const compression = await compressionOf(file)
  const warnings: PlanWarning[] = []
  const siteinfo = await readSiteinfo(file, options)
  if (siteinfo === undefined) {
    warnings.push({ code: 'SITEINFO_MISSING', message: `${file} starts without <siteinfo>: the wiki must be given` })
  }
  const plan = { file, bytes, compression, headerEnd: 0, ...(siteinfo && { siteinfo }) }
  const whole: Chunk = { file, start: 0, end: bytes, kind: 'whole' }
  if (compression !== 'bz2') return { ...plan, borders: 'none', chunks: [whole], warnings }

  if (options.index !== undefined) {
    const streams = await indexedStreams(file, bytes, options.index, options, warnings)
    if (streams !== undefined) {
      const chunks = chunksOf(file, bytes, streams, options.streamsPerChunk)
      const pages = streams.reduce((sum, stream) => sum + stream.pages, 0)
      return { ...plan, headerEnd: chunks[0]?.start ?? 0, borders: 'index', chunks, pages, warnings }
    }
  }
  const starts = await findStreamStarts(file, options)
  if (starts.length < 3 || starts[0] !== 0) return { ...plan, borders: 'none', chunks: [whole], warnings }
  if (
    !(await startsWithPage(file, starts[1] ?? 0, options)) ||
    !(await startsWithPage(file, starts[2] ?? 0, options))
  ) {
    const message = `${file} has ${starts.length} streams that do not start at a page: it is read as one chunk`
    warnings.push({ code: 'STREAMS_SPLIT_PAGES', message })
    return { ...plan, borders: 'none', chunks: [whole], warnings }
  }
  const streams = starts.slice(1).map((offset) => ({ offset }))
  const chunks = chunksOf(file, bytes, streams, options.streamsPerChunk)
  return { ...plan, headerEnd: chunks[0]?.start ?? 0, borders: 'scan', chunks, warnings }
}

function chunksOf(
  file: string,
  bytes: number,
  streams: readonly { readonly offset: number; readonly pages?: number }[],
  streamsPerChunk: number,
): Chunk[] {
  const chunks: Chunk[] = []
  for (let i = 0; i < streams.length; i += streamsPerChunk) {
    const group = streams.slice(i, i + streamsPerChunk)
    const end = streams[i + streamsPerChunk]?.offset ?? bytes
    const counted = group.every((stream) => stream.pages !== undefined)
    const pages = group.reduce((sum, stream) => sum + (stream.pages ?? 0), 0)
    chunks.push({ file, start: group[0]?.offset ?? 0, end, kind: 'multistream', ...(counted && { pages }) })
  }
  return chunks
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
  const handle = await open(file, 'r')
  try {
    const head = Buffer.alloc(10)
    for (const { offset } of streams) {
      const { bytesRead } = offset < bytes ? await handle.read(head, 0, head.length, offset) : { bytesRead: 0 }
      if (isStreamStart(head.subarray(0, bytesRead), 0)) continue
      const message = `${index} promises a stream at byte ${offset} of ${file}, and none starts there; streams are found by their bytes`
      warnings.push({ code: 'INDEX_DISAGREES', message })
      return undefined
    }
  } finally {
    await handle.close()
  }
  if (streams.length > 0) return streams
  warnings.push({ code: 'INDEX_MALFORMED', message: `${index} lists no page; streams are found by their bytes` })
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
