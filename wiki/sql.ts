import { BadEventError } from '../runtime/errors.ts'
import { type DecompressOptions, decompressRange } from './bz2.ts'
import { InsertReader, type SqlLine } from './sql-inserts.ts'

/** One row: the asked columns in the asked order, NULL as null, numbers as they are written. */
export type Row = readonly (string | null)[]

export interface SqlOptions<Column extends string = string> extends DecompressOptions {
  /** The columns wanted; no string is built for any other. */
  readonly columns: readonly Column[]
  /** Only rows whose column has one of these values, or numbers; compared by their bytes before any string is built. */
  readonly only?:
    | { readonly column: string; readonly values: readonly string[] }
    | { readonly column: string; readonly ids: { has(id: number): boolean } }
  /** Layouts to assume, by their number of columns, where the file has no CREATE TABLE. */
  readonly layouts?: readonly (readonly string[])[]
  /** Takes rows that cannot be read (SQL_MALFORMED, INVALID_UTF8), which are skipped; without it they are thrown. */
  readonly onBadRow?: (error: BadEventError) => void
}

/**
 * The rows of `INSERT INTO table` in a mysqldump file (.sql or .sql.gz), streaming. Columns are named by the file's
 * own CREATE TABLE. Text columns are varbinary and hold UTF-8.
 *
 * Throws BadEventError SQL_TRUNCATED where a line stops half way or a dump lacks its last line, SQL_COLUMN_MISSING,
 * SQL_LAYOUT_UNKNOWN, and those of decompressRange; rows before the fault have been yielded by then.
 */
export async function* sqlRows(file: string, table: string, options: SqlOptions): AsyncGenerator<Row> {
  for await (const batch of sqlRowBatches(file, table, options)) yield* batch
}

/** As sqlRows, the rows of one INSERT line (about 1 MB) at a time. */
export async function* sqlRowBatches(file: string, table: string, options: SqlOptions): AsyncGenerator<Row[]> {
  const reader = new InsertReader(file, table, options)
  const insert = Buffer.from(`INSERT INTO \`${table}\``)
  const create = Buffer.from(`CREATE TABLE \`${table}\``)
  let created: string[] | undefined
  let isDump = false
  let isComplete = false

  for await (const line of sqlLines(decompressRange(file, 0, undefined, options))) {
    const { bytes } = line
    if (startsWith(bytes, insert)) {
      const { rows, fault } = reader.rowsOf(line, insert.length)
      yield rows
      if (fault !== undefined) throw fault
    } else if (startsWith(bytes, create)) {
      created = []
    } else if (created !== undefined) {
      const [, column] = /^\s*`([^`]+)`/.exec(bytes.toString('utf8')) ?? []
      if (column !== undefined) created.push(column)
      if (bytes[0] === closeBracket) {
        reader.use(created)
        created = undefined
      }
    } else if (bytes[0] === dash) {
      const comment = bytes.toString('latin1')
      isDump ||= /^-- (?:MySQL|MariaDB) dump/.test(comment)
      isComplete ||= comment.startsWith('-- Dump completed')
    }
  }
  if (isDump && !isComplete) {
    const hint = 'the file is cut short: download it again and compare the checksum'
    throw new BadEventError('SQL_TRUNCATED', 'the dump ends without "-- Dump completed"', { at: { file }, hint })
  }
  if (!isDump && !reader.sawInsert) {
    const hint = `is this a dump of the table ${table}?`
    throw new BadEventError('SQL_MALFORMED', `no INSERT INTO \`${table}\` in the file`, { at: { file }, hint })
  }
}

const newline = 0x0a
const closeBracket = 0x29
const dash = 0x2d

/** Lines; mysqldump escapes line ends inside values, so a line is a whole statement or a part of CREATE TABLE. */
async function* sqlLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SqlLine> {
  let held: Buffer[] = []
  let number = 1
  let at = 0
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      const rest = bytes.subarray(from, end)
      const line = held.length === 0 ? rest : Buffer.concat([...held, rest])
      held = []
      yield { bytes: line, number, at }
      number++
      at += line.length + 1
      from = end + 1
    }
    // Copied, as zlib and the file reader may use their buffers again.
    if (from < bytes.length) held.push(Buffer.from(bytes.subarray(from)))
  }
  if (held.length > 0) yield { bytes: Buffer.concat(held), number, at }
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0
}
