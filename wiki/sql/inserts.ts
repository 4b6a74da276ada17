import { BadEventError } from '../../runtime/errors.ts'
import type { SqlOptions, SqlRun } from '../sql.ts'
import { lineCut, notANumber, notUtf8, otherCount, type RowFault, rowsFull, rowsUnparted, SqlKernel } from './kernel.ts'
import type { SqlLine } from './lines.ts'

/** Reads the rows of INSERT lines of one table, and says of each fault where it lies and what it is. */
export class InsertReader {
  sawInsert = false
  private readonly file: string
  private readonly table: string
  private readonly options: SqlOptions
  private readonly kernel = new SqlKernel()
  private layout: readonly string[] | undefined

  constructor(file: string, table: string, options: SqlOptions) {
    this.file = file
    this.table = table
    this.options = options
  }

  use(layout: readonly string[]) {
    const { numbers = [], texts = [], only } = this.options
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
    this.kernel.ask({
      columns: layout.length,
      numbers: numbers.map(columnOf),
      texts: texts.map(columnOf),
      only: only && { ...only, column: columnOf(only.column) },
    })
  }

  /** The rows of a line, which begin behind `start`. Throws SQL_TRUNCATED after those of a line that stops half way. */
  *runsOf(line: SqlLine, start: number): Generator<SqlRun> {
    const { kernel } = this
    this.sawInsert = true
    kernel.begin(line.bytes, start)
    if (this.layout === undefined) {
      const fields = kernel.firstFieldCount()
      if (fields === 0) throw this.truncated(line)
      this.use(this.assumedLayout(line, fields))
      kernel.begin(line.bytes, start)
    }
    for (;;) {
      const status = kernel.read()
      if (kernel.length > 0) yield kernel
      for (const fault of kernel.faults) this.report(this.faultOf(line, fault))
      if (status === rowsFull) continue
      if (status === lineCut) throw this.truncated(line)
      if (status === rowsUnparted) {
        const reason = 'a row is not followed by "," or ";": the rest of the line was skipped'
        this.report(this.malformed(line, kernel.position, reason))
      }
      return
    }
  }

  private assumedLayout(line: SqlLine, fields: number): readonly string[] {
    const layout = this.options.layouts?.find((columns) => columns.length === fields)
    if (layout !== undefined) return layout
    throw new BadEventError('SQL_LAYOUT_UNKNOWN', `rows of ${fields} fields and no CREATE TABLE before them`, {
      at: { file: this.file, line: line.number },
      hint: 'use the whole dump of the table',
    })
  }

  private report(error: BadEventError) {
    if (this.options.onBadRow === undefined) throw error
    this.options.onBadRow(error)
  }

  private faultOf(line: SqlLine, { why, at, detail }: RowFault): BadEventError {
    if (why === notUtf8) {
      const message = `the field at byte ${line.at + detail} of the uncompressed file is not UTF-8: the row was skipped`
      const details = { at: { file: this.file, line: line.number }, hint: 'compare the checksum of the file' }
      return new BadEventError('INVALID_UTF8', message, details)
    }
    if (why === notANumber) return this.malformed(line, detail, 'a field is no whole number')
    if (why !== otherCount) return this.malformed(line, at, 'a field of a row is not followed by "," or ")"')
    return this.malformed(line, at, `a row has ${detail} fields, the table ${this.layout?.length} columns`)
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
