import { BadEventError } from '../../runtime/errors.ts'

export interface SqlLine {
  readonly bytes: Buffer
  readonly number: number
  /** Offset of the line in the uncompressed file. */
  readonly at: number
}

const newline = 0x0a
/** mysqldump parts its statements at about 1 MB; a server takes none above max_allowed_packet, by default 64 MB. */
const longestLine = 64 * 1024 * 1024

/**
 * Lines; mysqldump escapes line ends inside values, so a line is a whole statement or a part of CREATE TABLE. The bytes of
 * a line are valid until the next is asked for. Throws BadEventError SQL_LINE_TOO_LONG above 64 MB.
 */
export async function* sqlLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SqlLine> {
  const held = new HeldBytes()
  let number = 1
  let at = 0
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      const rest = bytes.subarray(from, end)
      const line = held.length === 0 ? rest : held.with(rest)
      yield { bytes: line, number, at }
      held.length = 0
      number++
      at += line.length + 1
      from = end + 1
    }
    // Copied, as zlib and the file reader may use their buffers again.
    if (from < bytes.length) held.with(bytes.subarray(from))
    if (held.length > longestLine) {
      throw new BadEventError('SQL_LINE_TOO_LONG', `a line is longer than ${longestLine} bytes`, {
        at: { line: number, byteOffset: at },
        hint: 'this is no dump of mysqldump: compare the checksum of the file',
      })
    }
  }
  if (held.length > 0) yield { bytes: held.with(Buffer.alloc(0)), number, at }
}

/** The beginning of a line whose end is yet to come, in memory that is used for every line. */
class HeldBytes {
  length = 0
  private bytes = Buffer.allocUnsafe(1 << 20)

  /** All that is held, with `more` at its end. */
  with(more: Buffer): Buffer {
    const length = this.length + more.length
    if (length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.bytes.length * 2))
      this.bytes.copy(larger, 0, 0, this.length)
      this.bytes = larger
    }
    more.copy(this.bytes, this.length)
    this.length = length
    return this.bytes.subarray(0, length)
  }
}
