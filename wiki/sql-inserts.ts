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

/** Where one field lies in its line. */
interface Field {
  from: number
  to: number
  kind: 'quoted' | 'escaped' | 'bare'
}

/** Reads the rows of INSERT lines with a state machine over bytes. */
export class InsertReader {
  sawInsert = false
  private readonly file: string
  private readonly table: string
  private readonly options: SqlOptions
  private readonly onlyValues: readonly Buffer[]
  private readonly fields: Field[] = []
  private fieldCount = 0
  private layout: readonly string[] | undefined
  private wanted: readonly number[] = []
  private onlyColumn = -1

  constructor(file: string, table: string, options: SqlOptions) {
    this.file = file
    this.table = table
    this.options = options
    this.onlyValues = (options.only?.values ?? []).map((value) => Buffer.from(value))
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
  }

  /** The rows of the line, and the fault where it stops half way. */
  rowsOf(line: SqlLine, start: number): { rows: Row[]; fault?: BadEventError } {
    this.sawInsert = true
    const { bytes } = line
    const rows: Row[] = []
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

  /** Finds the fields of the row that opens at `at`. Returns the offset past its bracket, or -1 where the line ends. */
  private readFields(bytes: Buffer, at: number): number {
    const end = bytes.length
    this.fieldCount = 0
    let i = at + 1
    while (i < end) {
      while (bytes[i] === 0x20) i++
      let kind: Field['kind'] = 'bare'
      let from = i
      let to: number
      if (bytes[i] === quote) {
        kind = 'quoted'
        from = ++i
        for (; i < end; i++) {
          const byte = bytes[i]
          if (byte === backslash) {
            kind = 'escaped'
            i++
          } else if (byte === quote) {
            if (bytes[i + 1] !== quote) break
            kind = 'escaped'
            i++
          }
        }
        to = i++
      } else {
        while (i < end && bytes[i] !== comma && bytes[i] !== closeBracket) i++
        to = i
      }
      if (i >= end) return -1
      this.addField(from, to, kind)
      while (bytes[i] === 0x20) i++
      if (bytes[i] === closeBracket) return i + 1
      i++
    }
    return -1
  }

  private addField(from: number, to: number, kind: Field['kind']) {
    const field = this.fields[this.fieldCount]
    if (field === undefined) this.fields.push({ from, to, kind })
    else {
      field.from = from
      field.to = to
      field.kind = kind
    }
    this.fieldCount++
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
      const field = this.fields[column]
      if (field === undefined) return undefined
      const value = fieldText(line.bytes, field)
      if (value === undefined) {
        const offset = line.at + field.from
        const message = `the field at byte ${offset} of the uncompressed file is not UTF-8: the row was skipped`
        const details = { at: { file: this.file, line: line.number }, hint: 'compare the checksum of the file' }
        this.report(new BadEventError('INVALID_UTF8', message, details))
        return undefined
      }
      row.push(value)
    }
    return row
  }

  private isWanted(bytes: Buffer): boolean {
    const field = this.fields[this.onlyColumn]
    if (field === undefined) return false
    const { from, to } = field
    return this.onlyValues.some((value) => {
      if (value.length !== to - from) return false
      for (let i = 0; i < value.length; i++) if (value[i] !== bytes[from + i]) return false
      return true
    })
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
  while (bytes[at] === 0x20 || bytes[at] === 0x0d) at++
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

/** The text of a field, null for NULL, undefined where it is not UTF-8. */
function fieldText(bytes: Buffer, { from, to, kind }: Field): string | null | undefined {
  if (kind === 'bare') {
    const text = bytes.toString('latin1', from, to).trimEnd()
    return text === 'NULL' ? null : text
  }
  const raw = kind === 'escaped' ? unescaped(bytes.subarray(from, to)) : bytes.subarray(from, to)
  const text = raw.toString('utf8')
  if (!text.includes('\ufffd')) return text
  try {
    return strictUtf8.decode(raw)
  } catch {
    return undefined
  }
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
