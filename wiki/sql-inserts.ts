import { BadEventError } from '../runtime/errors.ts'
import type { Row, SqlOptions } from './sql.ts'

export interface SqlLine {
  readonly bytes: Buffer
  readonly number: number
  /** Offset of the line in the uncompressed file. */
  readonly at: number
}

const quote = 0x27
const backslash = 0x5c
const comma = 0x2c
const openBracket = 0x28
const closeBracket = 0x29
const semicolon = 0x3b
const space = 0x20

/** How a field is written. */
const bare = 0
const quoted = 1
const escaped = 2

/** Of a field: where it begins in its line, where it ends, how it is written. */
const fieldSlots = 3
/** MediaWiki's widest table has 16 columns. A row with more fields than this is no row. */
const mostFields = 256

/** Reads the rows of INSERT lines with a state machine over bytes. */
export class InsertReader {
  sawInsert = false
  private readonly file: string
  private readonly table: string
  private readonly options: SqlOptions
  private readonly onlyValues: readonly Buffer[]
  private readonly onlyIds: { has(id: number): boolean } | undefined
  /** The fields of the row at hand; numbers in one array, as a table has hundreds of millions of them. */
  private readonly fields = new Int32Array(mostFields * fieldSlots)
  private fieldCount = 0
  private layout: readonly string[] | undefined
  private wanted: readonly number[] = []
  private onlyColumn = -1
  /** What the rows that are wanted hold, and no others: `,'en'` where the second column, after a number, is `only`. */
  private needle: Buffer | undefined

  constructor(file: string, table: string, options: SqlOptions) {
    this.file = file
    this.table = table
    this.options = options
    const { only } = options
    this.onlyValues = only !== undefined && 'values' in only ? only.values.map((value) => Buffer.from(value)) : []
    this.onlyIds = only !== undefined && 'ids' in only ? only.ids : undefined
  }

  use(layout: readonly string[]) {
    const columnOf = (name: string) => {
      const column = layout.indexOf(name)
      if (column >= 0) return column
      const message = `table ${this.table} has no column ${name}; it has ${layout.join(', ')}`
      throw new BadEventError('SQL_COLUMN_MISSING', message, {
        at: { file: this.file },
        hint: 'the layout of the table changed: use a version of naru that knows it',
      })
    }
    this.layout = layout
    this.wanted = this.options.columns.map(columnOf)
    this.onlyColumn = this.options.only === undefined ? -1 : columnOf(this.options.only.column)
    const [value, ...others] = this.onlyValues
    const isPlain = value !== undefined && others.length === 0 && /^[\w-]+$/.test(value.toString('latin1'))
    this.needle = isPlain && this.onlyColumn === 1 ? Buffer.from(`,'${value}'`) : undefined
  }

  /** The rows of the line, and the fault where it stops half way. */
  rowsOf(line: SqlLine, start: number): { rows: Row[]; fault?: BadEventError } {
    this.sawInsert = true
    const { bytes } = line
    const rows: Row[] = []
    if (this.needle !== undefined && this.rowsByNeedle(line, start, this.needle, rows)) return { rows }
    let at = bytes.indexOf(openBracket, start)
    if (at < 0) at = bytes.length
    while (at < bytes.length) {
      const end = this.readFields(bytes, at)
      if (end < 0) break
      const row = this.rowOf(line, at)
      if (row !== undefined) rows.push(row)
      at = skipSpaces(bytes, end)
      if (bytes[at] === semicolon) return { rows }
      if (at >= bytes.length) break
      const next = skipSpaces(bytes, at + 1)
      if (bytes[at] !== comma || (next < bytes.length && bytes[next] !== openBracket)) {
        this.report(this.malformed(line, at, 'a row is not followed by "," or ";": the rest of the line was skipped'))
        return { rows }
      }
      at = next
    }
    return { rows, fault: this.truncated(line) }
  }

  /**
   * As `rowsOf`, but looks at no row that is not wanted: all languages but one of a table of links are passed over at the
   * speed of memory. True to the slow way, as `,'` can stand inside no text: there the quote has a backslash before it or
   * a second one after it. False where the line is not as mysqldump writes it, and has to be read byte by byte.
   */
  private rowsByNeedle(line: SqlLine, start: number, needle: Buffer, rows: Row[]): boolean {
    const { bytes } = line
    if (!/\);\s*$/.test(bytes.toString('latin1', bytes.length - 8))) return false
    const starts: number[] = []
    let from = start
    for (let found = bytes.indexOf(needle, from); found >= 0; found = bytes.indexOf(needle, from)) {
      from = found + needle.length
      if (bytes[from] === quote) continue
      let at = found - 1
      while (isDigit(bytes[at])) at--
      if (bytes[at] !== openBracket || at < start) return false
      const end = this.readFields(bytes, at)
      if (end < 0 || (bytes[end] !== comma && bytes[end] !== semicolon)) return false
      starts.push(at)
      from = end
    }
    // Only now, as a row that cannot be read is reported once.
    for (const at of starts) {
      this.readFields(bytes, at)
      const row = this.rowOf(line, at)
      if (row !== undefined) rows.push(row)
    }
    return true
  }

  /** Finds the fields of the row that opens at `at`. Returns the offset past its bracket, or -1 where the line ends. */
  private readFields(bytes: Buffer, at: number): number {
    const { fields } = this
    const end = bytes.length
    let slot = 0
    let i = at + 1
    while (i < end) {
      let byte = bytes[i]
      if (byte === space) {
        i++
        continue
      }
      let kind = bare
      let from = i
      let to = i
      if (byte === quote) {
        kind = quoted
        from = ++i
        while (i < end) {
          byte = bytes[i]
          if (byte === quote) {
            if (bytes[i + 1] !== quote) break
            kind = escaped
            i += 2
          } else if (byte === backslash) {
            kind = escaped
            i += 2
          } else i++
        }
        to = i++
      } else {
        while (i < end && bytes[i] !== comma && bytes[i] !== closeBracket) i++
        to = i
      }
      if (i >= end) return -1
      if (slot < fields.length) {
        fields[slot] = from
        fields[slot + 1] = to
        fields[slot + 2] = kind
      }
      slot += fieldSlots
      while (bytes[i] === space) i++
      if (bytes[i++] === closeBracket) {
        this.fieldCount = slot / fieldSlots
        return i
      }
    }
    return -1
  }

  private rowOf(line: SqlLine, at: number): Row | undefined {
    this.layout ?? this.use(this.assumedLayout(line))
    if (this.fieldCount !== this.layout?.length) {
      const reason = `a row has ${this.fieldCount} fields, the table ${this.layout?.length} columns`
      this.report(this.malformed(line, at, reason))
      return undefined
    }
    if (this.onlyColumn >= 0 && !this.isWanted(line.bytes)) return undefined
    const row: (string | null)[] = []
    for (const column of this.wanted) {
      const value = this.textOf(line.bytes, column)
      if (value === undefined) {
        const offset = line.at + this.startOf(column)
        const message = `the field at byte ${offset} of the uncompressed file is not UTF-8: the row was skipped`
        const details = { at: { file: this.file, line: line.number }, hint: 'compare the checksum of the file' }
        this.report(new BadEventError('INVALID_UTF8', message, details))
        return undefined
      }
      row.push(value)
    }
    return row
  }

  private startOf(column: number): number {
    return this.fields[column * fieldSlots] ?? 0
  }

  private endOf(column: number): number {
    return this.fields[column * fieldSlots + 1] ?? 0
  }

  /** The text of a field, null for NULL, undefined where it is not UTF-8. */
  private textOf(bytes: Buffer, column: number): string | null | undefined {
    const from = this.startOf(column)
    const to = this.endOf(column)
    const kind = this.fields[column * fieldSlots + 2]
    if (kind === bare) {
      const text = bytes.toString('latin1', from, to).trimEnd()
      return text === 'NULL' ? null : text
    }
    const text =
      kind === quoted ? bytes.toString('utf8', from, to) : unescaped(bytes.subarray(from, to)).toString('utf8')
    if (!text.includes('\ufffd')) return text
    try {
      const raw = bytes.subarray(from, to)
      return strictUtf8.decode(kind === quoted ? raw : unescaped(raw))
    } catch {
      return undefined
    }
  }

  private isWanted(bytes: Buffer): boolean {
    const from = this.startOf(this.onlyColumn)
    const to = this.endOf(this.onlyColumn)
    if (this.onlyIds !== undefined) return this.onlyIds.has(numberAt(bytes, from, to))
    for (const value of this.onlyValues) {
      if (value.length !== to - from) continue
      let i = 0
      while (i < value.length && value[i] === bytes[from + i]) i++
      if (i === value.length) return true
    }
    return false
  }

  private assumedLayout(line: SqlLine): readonly string[] {
    const layout = this.options.layouts?.find((columns) => columns.length === this.fieldCount)
    if (layout !== undefined) return layout
    throw new BadEventError('SQL_LAYOUT_UNKNOWN', `rows of ${this.fieldCount} fields and no CREATE TABLE before them`, {
      at: { file: this.file, line: line.number },
      hint: 'use the whole dump of the table',
    })
  }

  private report(error: BadEventError) {
    if (this.options.onBadRow === undefined) throw error
    this.options.onBadRow(error)
  }

  private malformed(line: SqlLine, at: number, reason: string): BadEventError {
    const message = `byte ${line.at + at} of the uncompressed file: ${reason}`
    return new BadEventError('SQL_MALFORMED', message, {
      at: { file: this.file, line: line.number },
      hint: 'compare the checksum of the file',
    })
  }

  private truncated(line: SqlLine): BadEventError {
    const message = `line ${line.number} stops half way, at byte ${line.at + line.bytes.length} of the uncompressed file`
    return new BadEventError('SQL_TRUNCATED', message, {
      at: { file: this.file, line: line.number },
      hint: 'the file is cut short: download it again and compare the checksum',
    })
  }
}

function skipSpaces(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === space || bytes[at] === 0x0d) at++
  return at
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** mysqldump's escapes; any other escaped byte stands for itself. */
const escapes: ReadonlyMap<number, number> = new Map([
  [0x30, 0x00],
  [0x62, 0x08],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x5a, 0x1a],
])

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

/** A number of decimal digits; NaN where there is anything else. */
function numberAt(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function unescaped(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i] ?? 0
    if (byte === backslash) {
      byte = bytes[++i] ?? backslash
      byte = escapes.get(byte) ?? byte
    } else if (byte === quote) i++
    out[length++] = byte
  }
  return out.subarray(0, length)
}
