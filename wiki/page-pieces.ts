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
    const buffer: Buffer = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes])
    const starts = new Marks(buffer, pageStart)
    const ends = new Marks(buffer, pageEnd)
    let from = 0
    // A mark may straddle two chunks.
    let search = Math.max(0, this.held.length - suffixBytes)
    for (;;) {
      const start = starts.from(this.inPage ? Math.max(search, from + pageStart.length) : search)
      const end = this.inPage ? ends.from(search) : buffer.length
      const isEnd = end < start
      if (start === buffer.length && !isEnd) break
      const to = isEnd ? end + pageEnd.length : start
      const length = to - from + this.letGo
      const kind = isEnd ? 'page' : this.inPage ? 'unended' : 'between'
      if (length > 0) yield { kind, bytes: buffer.subarray(from, to), length, at: this.at }
      this.inPage = !isEnd
      this.at += length
      this.letGo = 0
      from = search = to
    }
    this.hold(buffer.subarray(from))
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

/** Where a mark stands in a buffer, asked for in ascending order: each byte is looked at once. */
class Marks {
  private readonly buffer: Buffer
  private readonly mark: Buffer
  private next = -1

  constructor(buffer: Buffer, mark: Buffer) {
    this.buffer = buffer
    this.mark = mark
  }

  /** The first mark at or after `at`; the length of the buffer where there is none. */
  from(at: number): number {
    if (this.next < at) {
      const found = this.buffer.indexOf(this.mark, at)
      this.next = found < 0 ? this.buffer.length : found
    }
    return this.next
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
