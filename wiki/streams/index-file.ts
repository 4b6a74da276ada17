import { BadEventError } from '../../runtime/errors.ts'
import { type DecompressOptions, decompressRange } from '../bz2.ts'
import { lineRunsOf } from '../lines.ts'

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
  /** Lowest and highest id of its pages. */
  readonly firstPageId: number
  readonly lastPageId: number
}

/** The lines of an index `offset:pageId:title`; the title may contain colons. Throws BadEventError INDEX_MALFORMED. */
export async function* indexEntries(indexFile: string, options: DecompressOptions = {}): AsyncGenerator<IndexEntry> {
  for await (const entries of entryRuns(indexFile, options)) yield* entries
}

async function* entryRuns(indexFile: string, options: DecompressOptions): AsyncGenerator<IndexEntry[]> {
  let lineNumber = 0
  for await (const lines of lineRunsOf(decompressRange(indexFile, 0, undefined, options))) {
    const entries: IndexEntry[] = []
    for (const line of lines) {
      lineNumber++
      if (line !== '') entries.push(entryOf(line, lineNumber, indexFile))
    }
    yield entries
  }
}

function entryOf(line: string, lineNumber: number, indexFile: string): IndexEntry {
  const [, offset, pageId, title] = /^(\d+):(\d+):(.*)$/.exec(line) ?? []
  if (title === undefined) {
    throw new BadEventError('INDEX_MALFORMED', `line ${lineNumber} of the index is not "offset:page:title"`, {
      at: { file: indexFile, line: lineNumber },
      hint: 'download the index again, or leave it out: the streams are then found by their bytes',
    })
  }
  return { offset: Number(offset), pageId: Number(pageId), title }
}

/** The streams that hold pages, ascending by offset. The header's and the closing stream are in no index. */
export async function readMultistreamIndex(
  indexFile: string,
  options: DecompressOptions = {},
): Promise<IndexedStream[]> {
  const streams = new Map<number, { offset: number; pages: number; firstPageId: number; lastPageId: number }>()
  for await (const entries of entryRuns(indexFile, options)) {
    for (const { offset, pageId } of entries) {
      const known = streams.get(offset)
      if (known === undefined) streams.set(offset, { offset, pages: 1, firstPageId: pageId, lastPageId: pageId })
      else {
        known.pages++
        known.firstPageId = Math.min(known.firstPageId, pageId)
        known.lastPageId = Math.max(known.lastPageId, pageId)
      }
    }
  }
  return [...streams.values()].sort((a, b) => a.offset - b.offset)
}
