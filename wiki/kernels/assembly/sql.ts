/**
 * Reads the rows of an INSERT line of mysqldump: numbers and texts of the columns asked for, of the rows asked for. The
 * caller says what it asks for, stores the bytes of a line at `beginLine(length)`, and calls `readRows` until it is told
 * that the line is done. Texts lie in memory until the next call; see sql/texts.ts.
 */
import {
  comma,
  fieldCount,
  fromOf,
  isWhole,
  kindOf,
  openBracket,
  quoted,
  readFields,
  space,
  toOf,
} from './sql/fields'
import {
  faultBytes,
  faults,
  firstRegion,
  mostAsked,
  mostFaults,
  mostRows,
  numberColumns,
  numbers,
  reach,
  segments,
  slack,
  textColumns,
  texts,
  values,
} from './sql/memory'
import { clearTexts, putNull, putText } from './sql/texts'

/** Whether a number is among those that rows are asked for. */
@external("env", "isAsked")
declare function isAsked(value: f64): i32

/** What `readRows` answers. */
const lineDone = 0
const rowsFull = 1
const lineCut = 2
const rowsUnparted = 3

/** Why a row is left out. */
const otherCount: u32 = 1
const notWhole: u32 = 2
const notUtf8: u32 = 3
const notANumber: u32 = 4

const semicolon: u8 = 0x3b
const carriageReturn: u8 = 0x0d
/** The bytes N, U, L, L. */
const nullWord: u32 = 0x4c4c554e
/** More digits than these may be no whole number of a double. */
const mostDigits: usize = 15

let columnCount: u32 = 0
let numberCount: u32 = 0
let textCount: u32 = 0
/** The column that decides which rows are asked for, or -1, and the values it may have; none where `isAsked` knows. */
let onlyColumn: i32 = -1
let valueCount: u32 = 0
let valuesEnd: usize = values
let line: usize = 0
let lineEnd: usize = 0
let at: usize = 0
let rowCount: u32 = 0
let faultCount: u32 = 0
let isFirst = true
let numberRead: f64 = 0

if (__heap_base > firstRegion) unreachable()
reach(values)

/** Forgets what was asked for. Rows have `columns` fields. */
export function beginTable(columns: u32): void {
  columnCount = columns
  numberCount = 0
  textCount = 0
  onlyColumn = -1
  valueCount = 0
  valuesEnd = values
}

/** False where too many columns are asked for, as in askText. */
export function askNumber(column: u32): bool {
  if (numberCount == mostAsked) return false
  store<u32>(numberColumns + (<usize>numberCount << 2), column)
  numberCount++
  return true
}

export function askText(column: u32): bool {
  if (textCount == mostAsked) return false
  store<u32>(textColumns + (<usize>textCount << 2), column)
  textCount++
  return true
}

export function askOnly(column: i32): void {
  onlyColumn = column
}

/** Where to put a value of `length` bytes that the column of `askOnly` may have. */
export function addValue(length: u32): usize {
  const value = valuesEnd
  valuesEnd = value + 4 + length
  reach(valuesEnd)
  store<u32>(value, length)
  valueCount++
  return value + 4
}

/** Where to put a line of `length` bytes; rows are looked for from its byte `from` on. */
export function beginLine(length: u32, from: u32): usize {
  line = valuesEnd + slack
  lineEnd = line + length
  at = line + from
  isFirst = true
  reach(lineEnd)
  return line
}

/** The fields of the first row of the line; 0 where the line ends before. */
export function firstFieldCount(): u32 {
  const open = firstBracket()
  return open < lineEnd && readFields(open, lineEnd) != 0 ? fieldCount : 0
}

/** Reads rows as far as there is room for. */
export function readRows(): i32 {
  rowCount = 0
  faultCount = 0
  clearTexts(lineEnd + slack)
  if (isFirst) at = firstBracket()
  isFirst = false
  while (at < lineEnd) {
    if (rowCount == mostRows || faultCount == mostFaults) return rowsFull
    const end = readFields(at, lineEnd)
    if (end == 0) break
    takeRow()
    at = skipSpaces(end)
    if (at >= lineEnd) break
    const byte = load<u8>(at)
    if (byte == semicolon) return lineDone
    const next = skipSpaces(at + 1)
    if (byte != comma || (next < lineEnd && load<u8>(next) != openBracket)) return rowsUnparted
    at = next
  }
  return lineCut
}

export function rowsRead(): u32 {
  return rowCount
}

export function faultsFound(): u32 {
  return faultCount
}

/** Where in the line reading has stopped. */
export function position(): u32 {
  return <u32>(at - line)
}

export function numbersAt(): usize {
  return numbers
}

export function textsAt(): usize {
  return texts
}

export function segmentsAt(): usize {
  return segments
}

export function faultsAt(): usize {
  return faults
}

function firstBracket(): usize {
  let open = at
  while (open < lineEnd && load<u8>(open) != openBracket) open++
  return open
}

@inline
function skipSpaces(from: usize): usize {
  while (from < lineEnd && (load<u8>(from) == space || load<u8>(from) == carriageReturn)) from++
  return from
}

function takeRow(): void {
  if (!isWhole) return leaveOut(notWhole, 0)
  if (fieldCount != columnCount) return leaveOut(otherCount, fieldCount)
  if (onlyColumn >= 0 && !isRowAsked(onlyColumn)) return
  for (let i: u32 = 0; i < numberCount; i++) {
    const column = load<u32>(numberColumns + (<usize>i << 2))
    if (!readNumber(column)) return leaveOut(notANumber, <u32>(fromOf(column) - line))
    store<f64>(numbers + (<usize>(rowCount * numberCount + i) << 3), numberRead)
  }
  for (let i: u32 = 0; i < textCount; i++) {
    const column = load<u32>(textColumns + (<usize>i << 2))
    const text = rowCount * textCount + i
    if (isNull(column)) putNull(text)
    else if (!putText(text, fromOf(column), endOf(column), kindOf(column))) {
      return leaveOut(notUtf8, <u32>(fromOf(column) - line))
    }
  }
  rowCount++
}

function leaveOut(why: u32, detail: u32): void {
  const fault = faults + <usize>faultCount * faultBytes
  faultCount++
  store<u32>(fault, why)
  store<u32>(fault, <u32>(at - line), 4)
  store<u32>(fault, detail, 8)
}

function isRowAsked(column: u32): bool {
  const from = fromOf(column)
  const length = <u32>(endOf(column) - from)
  if (valueCount == 0) return readNumber(column) && isAsked(numberRead) != 0
  let value = values
  for (let i: u32 = 0; i < valueCount; i++) {
    const valueLength = load<u32>(value)
    if (valueLength == length && memory.compare(value + 4, from, length) == 0) return true
    value += 4 + valueLength
  }
  return false
}

/** Spaces may follow a number. */
function endOf(column: u32): usize {
  let to = toOf(column)
  if (kindOf(column) & quoted) return to
  while (to > fromOf(column) && load<u8>(to - 1) == space) to--
  return to
}

function isNull(column: u32): bool {
  const from = fromOf(column)
  return (kindOf(column) & quoted) == 0 && endOf(column) - from == 4 && load<u32>(from) == nullWord
}

/** NULL reads as NaN. False for what is no whole number. */
function readNumber(column: u32): bool {
  let digit = fromOf(column)
  const to = endOf(column)
  const isNegative = digit < to && load<u8>(digit) == 0x2d
  if (isNegative) digit++
  if (digit == to || to - digit > mostDigits) return false
  let value: u64 = 0
  for (; digit < to; digit++) {
    const place = <u32>load<u8>(digit) - 0x30
    if (place > 9) {
      numberRead = NaN
      return isNull(column)
    }
    value = value * 10 + place
  }
  numberRead = isNegative ? -<f64>value : <f64>value
  return true
}
