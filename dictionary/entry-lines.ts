/** Files of entries: how they are written, and where in them an entry lies. */

const opening = '[\n'
const separator = ',\n'
/** Written at once: a write for each entry would take longer than making it. */
const batchLength = 1 << 16

/** An entry of a file as JSON, without a line feed. */
export type EntryLine = string

/** A JSON array with one entry a line: readable by a JSON parser, and by grep and diff. */
export async function* jsonArray(lines: Iterable<EntryLine>): AsyncIterable<string> {
  let batch = opening
  let first = true
  for (const line of lines) {
    batch += first ? line : separator + line
    first = false
    if (batch.length < batchLength) continue
    yield batch
    batch = ''
  }
  yield first ? '[]\n' : `${batch}\n]\n`
}

/** Each line with its line feed: JSON Lines, where they are entries. */
export async function* textLines(lines: Iterable<string>): AsyncIterable<string> {
  let batch = ''
  for (const line of lines) {
    batch += `${line}\n`
    if (batch.length < batchLength) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}

/** Bytes of the JSON array that hold an entry. */
export interface Place {
  readonly offset: number
  readonly bytes: number
}

/** Where `jsonArray` puts the entries, one after the other. */
export class Places {
  private offset = opening.length

  next(line: EntryLine): Place {
    const place = { offset: this.offset, bytes: Buffer.byteLength(line) }
    this.offset += place.bytes + separator.length
    return place
  }
}
