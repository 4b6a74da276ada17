import type { Chunk } from '../../wiki/streams.ts'

/** A stream holds 100 pages wherever an index does not say otherwise (Wikimedia's recompressxml default). */
const pagesOfStream = 100

export interface LimitedChunk {
  readonly chunk: Chunk
  readonly number: number
  /** Set on the chunk in which the limit is reached. */
  readonly maxPages: number | null
}

/** The chunks that hold the first `limit` pages; all of them where it is null. Without an index a chunk counts as 100 pages. */
export function* withinLimit(chunks: readonly Chunk[], limit: number | null): Iterable<LimitedChunk> {
  let left = limit ?? Number.POSITIVE_INFINITY
  for (const [number, chunk] of chunks.entries()) {
    if (left <= 0) return
    const pages = pagesAtMost(chunk)
    yield { chunk, number, maxPages: pages > left ? left : null }
    left -= pages
  }
}

function pagesAtMost(chunk: Chunk): number {
  if (chunk.kind === 'multistream') return chunk.pages ?? pagesOfStream
  return Number.POSITIVE_INFINITY
}
