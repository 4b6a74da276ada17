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

/** Cuts bytes as they come; holds at most `maxPieceBytes` of a piece that is not whole yet. */
export class PageCutter {
  private held: Buffer = Buffer.alloc(0)
  private at = 0
  private letGo = 0
  private inPage = false
  private readonly maxPieceBytes: number

  constructor(maxPieceBytes: number) {
    this.maxPieceBytes = maxPieceBytes
  }

  /** The pieces that end in `chunk`; they and the chunk are not looked at after the next call. */
  *cut(chunk: Uint8Array): Generator<PagePiece, void, undefined> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    // A mark may straddle two chunks.
    let search = Math.max(0, this.held.length - suffixBytes)
    let buffer: Buffer = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes])
    for (;;) {
      const start = buffer.indexOf(pageStart, this.inPage ? Math.max(search, pageStart.length) : search)
      const end = this.inPage ? buffer.subarray(0, start < 0 ? undefined : start).indexOf(pageEnd, search) : -1
      if (start < 0 && end < 0) break
      const to = end >= 0 ? end + pageEnd.length : start
      const length = to + this.letGo
      const kind = end >= 0 ? 'page' : this.inPage ? 'unended' : 'between'
      if (length > 0) yield { kind, bytes: buffer.subarray(0, to), length, at: this.at }
      this.inPage = end < 0
      buffer = buffer.subarray(to)
      this.at += length
      this.letGo = 0
      search = 0
    }
    this.hold(buffer)
  }

  /** What is left when the data end. */
  *end(): Generator<PagePiece, void, undefined> {
    const length = this.held.length + this.letGo
    if (length > 0) yield { kind: this.inPage ? 'cut-short' : 'between', bytes: this.held, length, at: this.at }
  }

  /** Keeps a copy, for the chunk may be overwritten; of a piece that is too long, its beginning and its last bytes. */
  private hold(rest: Buffer) {
    const tooLong = rest.length + this.letGo > this.maxPieceBytes && rest.length > prefixBytes + suffixBytes
    this.held = tooLong
      ? Buffer.concat([rest.subarray(0, prefixBytes), rest.subarray(-suffixBytes)])
      : Buffer.concat([rest])
    this.letGo += rest.length - this.held.length
  }
}

export async function* pagePieces(
  chunks: AsyncIterable<Uint8Array>,
  maxPieceBytes: number,
): AsyncGenerator<PagePiece, void, undefined> {
  const cutter = new PageCutter(maxPieceBytes)
  for await (const chunk of chunks) yield* cutter.cut(chunk)
  yield* cutter.end()
}
