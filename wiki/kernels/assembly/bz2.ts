/**
 * Decodes bzip2, block by block, from input that comes in pieces: memory stays the same whatever the length.
 * Format: J. Seward's bzip2 1.0.8, decompress.c; J. Tsai, "Bzip2: format specification", 2016.
 *
 * The caller stores bytes at `inputAt()`, at most as many as `makeRoom()` says, and counts them in with `extend`. Then
 * `next` reads what follows: the head of a stream, a block, or the end of a stream. The text of a block, once its
 * checksum has been found right, is put into the output by `give`.
 *
 * Damaged input gives a negative code; no input makes the kernel trap or touch memory outside of its regions.
 */
import { bitsTaken, extend, hasBits, inputEnd, makeRoom, moveTo, position, restart, skipToByte, take } from './bz2/bits'
import { checksum, makeRemainders } from './bz2/checksum'
import { readTable } from './bz2/codes'
import { blockMark, scanMarks } from './bz2/marks'
import {
  column,
  input,
  marks,
  mostSelectors,
  mostTables,
  output,
  recent,
  reserveMemory,
  selectors,
} from './bz2/memory'
import { expand, readEnd, writeEnd } from './bz2/runs'
import { makeRotations, readSymbols } from './bz2/symbols'
import { invert } from './bz2/transform'

/** What `next` has read. */
const needsInput = 0
const streamHead = 1
const block = 2
const streamEnd = 3
/** Why it cannot go on. */
const notAStream = -1
const notAMark = -2
const streamChecksumWrong = -3
const randomised = -4
const badTables = -5
const badSymbols = -6
const badStart = -7
const blockChecksumWrong = -8

const endMark: u64 = 0x177245385090
/** The mark and the checksum. */
const endBits: u32 = 48 + 32

let insideStream = false
/** Most bytes in a block of this stream. */
let longest: u32 = 0
/** Checksum of the stream: that of each block, one bit to the left each time. */
let combined: u32 = 0
/** False where reading began inside the stream, whose checksum then cannot be known. */
let fromStart = false
/** End of the block's text in the column, how far it has been expanded, and bytes of it that wait in the output. */
let textEnd: usize = column
let expanded: usize = column
let waiting: u32 = 0

reserveMemory()
makeRemainders()
makeRotations()

/** Forgets all input. What follows begins with the head of a stream or, where `inside`, with a mark `bit` bits on. */
export function begin(inside: bool, bit: u32): void {
  restart()
  moveTo(bit)
  insideStream = inside
  longest = 900_000
  fromStart = false
}

export { makeRoom, extend, position, scanMarks }

export function inputAt(): usize {
  return inputEnd
}

export function outputAt(): usize {
  return output
}

export function marksAt(): usize {
  return marks
}

/** Bytes of the input that are not read yet. */
export function unread(): u32 {
  return <u32>(inputEnd - input) - (bitsTaken() >> 3)
}

/** Reads what follows in the input. Needing more of it changes nothing. */
export function next(): i32 {
  const bit = bitsTaken()
  const inside = insideStream
  const before = combined
  const found = insideStream ? readItem() : readStreamHead()
  if (found != needsInput && hasBits(0)) return found
  moveTo(bit)
  insideStream = inside
  combined = before
  return needsInput
}

/** `BZh` and the level. */
function readStreamHead(): i32 {
  if (take(8) != 0x42 || take(8) != 0x5a || take(8) != 0x68) return notAStream
  const level = take(8) - 0x30
  if (level < 1 || level > 9) return notAStream
  longest = level * 100_000
  combined = 0
  fromStart = true
  insideStream = true
  return streamHead
}

function readItem(): i32 {
  const mark = (<u64>take(24) << 24) | take(24)
  const crc = take(32)
  if (mark == blockMark) {
    combined = rotl(combined, 1) ^ crc
    const found = readBlock(crc)
    // What lies behind the input may have made the fault: behind every block come the 80 bits of the end of its stream.
    return found == block || hasBits(endBits) ? found : needsInput
  }
  if (mark != endMark) return notAMark
  if (fromStart && crc != combined) return streamChecksumWrong
  skipToByte()
  insideStream = false
  return streamEnd
}

function readBlock(crc: u32): i32 {
  // Since bzip2 0.9.5 (1999) nothing writes randomised blocks.
  if (take(1)) return randomised
  const start = take(24)
  const used = readBytesUsed()
  const tableCount = take(3)
  if (used == 0 || tableCount < 2 || tableCount > mostTables) return badTables
  const selectorCount = readSelectors(tableCount)
  if (selectorCount == 0) return badTables
  for (let table: u32 = 0; table < tableCount; table++) if (!readTable(table, used + 2)) return badTables

  const length = readSymbols(longest, used + 1, selectorCount)
  if (length < 0) return badSymbols
  if (start >= <u32>length) return badStart
  if (!hasBits(0)) return needsInput
  invert(start, length)
  textEnd = column + length
  return checkText() == crc ? block : blockChecksumWrong
}

/** Fills the list `recent` with the bytes that occur, ascending: 16 bits for groups of 16, then 16 for each group. */
function readBytesUsed(): u32 {
  const groups = take(16)
  let used: u32 = 0
  for (let group: u32 = 0; group < 16; group++) {
    if (((groups << group) & 0x8000) == 0) continue
    const members = take(16)
    for (let i: u32 = 0; i < 16; i++) {
      if (((members << i) & 0x8000) == 0) continue
      store<u8>(recent + used, <u8>(group * 16 + i))
      used++
    }
  }
  return used
}

/** Which table each 50 symbols are coded with: places in a list of tables, in unary, moved to the front. 0 where impossible. */
function readSelectors(tableCount: u32): u32 {
  const count = take(15)
  let order: u32 = 0x543210
  for (let i: u32 = 0; i < count; i++) {
    let place: u32 = 0
    while (take(1)) if (++place == tableCount) return 0
    const table = (order >> (place << 2)) & 15
    const moved = (1 << ((place + 1) << 2)) - 1
    order = (order & ~moved) | (((order << 4) | table) & moved)
    if (i < mostSelectors) store<u8>(selectors + i, <u8>table)
  }
  return min(count, mostSelectors)
}

/** Checksum of the text of the block. It is all read before any is given. */
function checkText(): u32 {
  let crc: u32 = 0xffffffff
  let at: usize = column
  let steps = 0
  for (; at < textEnd; steps++) {
    expand(at, textEnd)
    crc = checksum(crc, output, writeEnd)
    at = readEnd
  }
  // The usual block fits into the output and waits there.
  waiting = steps == 1 ? <u32>(writeEnd - output) : 0
  expanded = steps == 1 ? textEnd : column
  return ~crc
}

/** Puts what comes next of the text of the block into the output. Returns its bytes; 0 at the end. */
export function give(): u32 {
  const ready = waiting
  waiting = 0
  if (ready > 0 || expanded >= textEnd) return ready
  expand(expanded, textEnd)
  expanded = readEnd
  return <u32>(writeEnd - output)
}
