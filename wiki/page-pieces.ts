/**
 * Export XML cut at its `<page>` and `</page>` marks, before any parsing. The marks cannot occur inside a page, as
 * its text is escaped, so a fault in one page ends at the next mark.
 */
export interface PagePiece {
  /**
   * `page` from mark to mark; `unended` where the next page begins first; `cut-short` where the data end first;
   * `between` what lies outside of pages.
   */
  readonly kind: 'page' | 'unended' | 'cut-short' | 'between'
  /** The piece; its first 4 KiB only where it is longer than allowed. */
  readonly bytes: Buffer
  /** True length in bytes. */
  readonly length: number
  /** Offset of the piece in the uncompressed bytes. */
  readonly at: number
}

const pageStart = Buffer.from('<page>')
const pageEnd = Buffer.from('</page>')
/** Kept of a piece that is too long: enough to name the page, and its last bytes, where its end mark may begin. */
const prefixBytes = 4096
const suffixBytes = pageEnd.length

/** Cuts the bytes; holds at most `maxPieceBytes` and one chunk at a time. */
export async function* pagePieces(
  chunks: AsyncIterable<Uint8Array>,
  maxPieceBytes: number,
): AsyncGenerator<PagePiece, void, undefined> {
  let held: Buffer = Buffer.alloc(0)
  let at = 0
  let letGo = 0
  let inPage = false

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    // A mark may straddle two chunks.
    let search = Math.max(0, held.length - suffixBytes)
    let buffer: Buffer = held.length === 0 ? bytes : Buffer.concat([held, bytes])
    for (;;) {
      const start: number = buffer.indexOf(pageStart, inPage ? Math.max(search, pageStart.length) : search)
      const end: number = inPage ? buffer.subarray(0, start < 0 ? undefined : start).indexOf(pageEnd, search) : -1
      if (start < 0 && end < 0) break
      const to = end >= 0 ? end + pageEnd.length : start
      const length = to + letGo
      const kind = end >= 0 ? 'page' : inPage ? 'unended' : 'between'
      if (length > 0) yield { kind, bytes: buffer.subarray(0, to), length, at }
      inPage = end < 0
      buffer = buffer.subarray(to)
      at += length
      letGo = 0
      search = 0
    }
    const tooLong = buffer.length + letGo > maxPieceBytes && buffer.length > prefixBytes + suffixBytes
    held = tooLong ? Buffer.concat([buffer.subarray(0, prefixBytes), buffer.subarray(-suffixBytes)]) : buffer
    letGo += buffer.length - held.length
  }
  const length = held.length + letGo
  if (length > 0) yield { kind: inPage ? 'cut-short' : 'between', bytes: held, length, at }
}
