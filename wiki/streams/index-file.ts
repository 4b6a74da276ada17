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
  const pages = new Map<number, number>()
  for await (const entries of entryRuns(indexFile, options)) {
    for (const { offset } of entries) pages.set(offset, (pages.get(offset) ?? 0) + 1)
  }
  return [...pages].map(([offset, count]) => ({ offset, pages: count })).sort((a, b) => a.offset - b.offset)
}
