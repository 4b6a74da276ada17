import { BadEventError } from '../runtime/errors.ts'
import { type DecompressOptions, decompressRange } from './bz2.ts'
import { InsertReader } from './sql/inserts.ts'
import { sqlLines } from './sql/lines.ts'

/**
 * Some thousands of rows, valid until the next are asked for. Columns go by their place in `numbers` and `texts` of the
 * options. A text becomes a string where it is asked for; strings share memory by the kilobyte, so one that is kept keeps at
 * most so much of its neighbours.
 */
export interface SqlRun {
  readonly length: number
  /** A whole number; NaN for NULL. */
  number(row: number, which: number): number
  /** What is no text in the table is given as it is written. */
  text(row: number, which: number): string | null
}

export interface SqlOptions extends DecompressOptions {
  /** Columns wanted as whole numbers of at most 15 digits; no more than 16. */
  readonly numbers?: readonly string[]
  /** Columns wanted as texts, which are varbinary and hold UTF-8; no more than 16. */
  readonly texts?: readonly string[]
  /** Only rows whose column has one of these values, or numbers. */
  readonly only?:
    | { readonly column: string; readonly values: readonly string[] }
    | { readonly column: string; readonly ids: { has(id: number): boolean } }
    | undefined
  /** Layouts to assume, by their number of columns, where the file has no CREATE TABLE. */
  readonly layouts?: readonly (readonly string[])[]
  /** Takes rows that cannot be read (SQL_MALFORMED, INVALID_UTF8), which are skipped; without it they are thrown. */
  readonly onBadRow?: ((error: BadEventError) => void) | undefined
}

/**
 * The rows of `INSERT INTO table` in a mysqldump file (.sql or .sql.gz), streaming: memory holds a line (about 1 MB). Columns
 * are named by the file's own CREATE TABLE.
 *
 * Throws BadEventError SQL_TRUNCATED where a line stops half way or a dump lacks its last line, SQL_COLUMN_MISSING,
 * SQL_LAYOUT_UNKNOWN, and those of decompressRange; rows before the fault have been yielded by then.
 */
export async function* sqlRuns(file: string, table: string, options: SqlOptions): AsyncGenerator<SqlRun> {
  const reader = new InsertReader(file, table, options)
  const insert = Buffer.from(`INSERT INTO \`${table}\``)
  const create = Buffer.from(`CREATE TABLE \`${table}\``)
  let created: string[] | undefined
  let isDump = false
  let isComplete = false

  for await (const line of sqlLines(decompressRange(file, 0, undefined, options))) {
    const { bytes } = line
    if (startsWith(bytes, insert)) {
      yield* reader.runsOf(line, insert.length)
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

const closeBracket = 0x29
const dash = 0x2d

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0
}
