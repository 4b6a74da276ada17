import { instantiate } from '../../runtime/instantiate.ts'

/** What the kernel assembly/sql.ts offers; addresses are in its memory, lengths in bytes. */
interface SqlExports {
  beginTable(columns: number): void
  askNumber(column: number): number
  askText(column: number): number
  askOnly(column: number): void
  addValue(length: number): number
  beginLine(length: number, from: number): number
  firstFieldCount(): number
  readRows(): number
  rowsRead(): number
  faultsFound(): number
  position(): number
  numbersAt(): number
  textsAt(): number
  segmentsAt(): number
  faultsAt(): number
}

/** What `readRows` answers, as in assembly/sql.ts. */
export const lineDone = 0
export const rowsFull = 1
export const lineCut = 2
export const rowsUnparted = 3

/** Why a row was left out, as in assembly/sql.ts. */
export const otherCount = 1
export const notWhole = 2
export const notUtf8 = 3
export const notANumber = 4

export interface RowFault {
  readonly why: number
  /** Offset of the row in its line. */
  readonly at: number
  /** Of otherCount how many fields the row has; of notUtf8 and notANumber the offset of the field in the line. */
  readonly detail: number
}

/** A column that decides which rows are read, by its text or by its number. */
export type AskedRows =
  | { readonly column: number; readonly values: readonly string[] }
  | { readonly column: number; readonly ids: { has(id: number): boolean } }

export interface AskedColumns {
  /** How many a row has. */
  readonly columns: number
  readonly numbers: readonly number[]
  readonly texts: readonly number[]
  readonly only?: AskedRows | undefined
}

/** As `placeBits` of assembly/sql/texts.ts. */
const placeBits = 11
const placeMask = (1 << placeBits) - 1

/** The rows of one line at a time, some thousands of them at once. */
export class SqlKernel {
  /** Rows of the last `read`. */
  length = 0
  private readonly kernel = instantiate<SqlExports>(new URL('../kernels/sql.wasm', import.meta.url), {
    isAsked: (value = 0) => (this.ids?.has(value) ? 1 : 0),
  })
  private ids: { has(id: number): boolean } | undefined
  private numberCount = 0
  private textCount = 0
  private bytes: Buffer = Buffer.alloc(0)
  private numbers = new Float64Array()
  private texts = new Int32Array()
  /** The string of each segment of which a text has been asked. */
  private segments: string[] = []

  /** Says what the rows have and what of them is wanted. Throws RangeError for more than 16 columns of a kind. */
  ask({ columns, numbers, texts, only }: AskedColumns) {
    const { kernel } = this
    kernel.beginTable(columns)
    const isRoom =
      numbers.every((column) => kernel.askNumber(column)) && texts.every((column) => kernel.askText(column))
    if (!isRoom) throw new RangeError('at most 16 numbers and 16 texts of a row can be read')
    this.numberCount = numbers.length
    this.textCount = texts.length
    this.ids = only !== undefined && 'ids' in only ? only.ids : undefined
    if (only === undefined) return
    kernel.askOnly(only.column)
    for (const value of 'values' in only ? only.values : []) {
      const at = kernel.addValue(Buffer.byteLength(value))
      this.memory().write(value, at)
    }
  }

  /** Takes in a line, whose rows begin behind the byte `from`. */
  begin(line: Buffer, from: number) {
    const at = this.kernel.beginLine(line.length, from)
    this.memory().set(line, at)
  }

  /** The fields of the first row of the line; 0 where the line ends before. */
  firstFieldCount(): number {
    return this.kernel.firstFieldCount()
  }

  /** Reads the next rows of the line; says how it ended. */
  read(): number {
    const { kernel } = this
    const status = kernel.readRows()
    this.memory()
    this.length = kernel.rowsRead()
    this.segments = []
    return status
  }

  /** Offset in the line at which `read` has stopped. */
  get position(): number {
    return this.kernel.position()
  }

  get faults(): RowFault[] {
    const memory = this.memory()
    const at = this.kernel.faultsAt()
    return Array.from({ length: this.kernel.faultsFound() }, (_, i) => ({
      why: memory.readUInt32LE(at + i * 12),
      at: memory.readUInt32LE(at + i * 12 + 4),
      detail: memory.readUInt32LE(at + i * 12 + 8),
    }))
  }

  number(row: number, which: number): number {
    return this.numbers[row * this.numberCount + which] ?? Number.NaN
  }

  text(row: number, which: number): string | null {
    const at = (row * this.textCount + which) * 2
    const length = this.texts[at + 1] ?? -1
    if (length < 0) return null
    const place = this.texts[at] ?? 0
    const segment = place >>> placeBits
    const from = place & placeMask
    return (this.segments[segment] ?? this.segment(segment)).substring(from, from + length)
  }

  private segment(number: number): string {
    const entry = this.kernel.segmentsAt() + number * 12
    const at = this.bytes.readUInt32LE(entry)
    const end = at + this.bytes.readUInt32LE(entry + 4)
    const isWide = this.bytes.readUInt32LE(entry + 8) === 1
    const text = this.bytes.toString(isWide ? 'utf8' : 'latin1', at, end)
    this.segments[number] = text
    return text
  }

  /** The kernel's memory, which is another buffer after it has grown. */
  private memory(): Buffer {
    const { buffer } = this.kernel.memory
    if (this.bytes.buffer !== buffer) {
      this.bytes = Buffer.from(buffer)
      this.numbers = new Float64Array(buffer, this.kernel.numbersAt())
      this.texts = new Int32Array(buffer, this.kernel.textsAt())
    }
    return this.bytes
  }
}
