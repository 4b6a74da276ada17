/**
 * Canonical Huffman codes of 1 to 20 bits. A table is: `lookup`, what the next 10 bits begin with (u16: length << 9 | symbol, 0
 * for a longer code); per length the first value of 20 bits that no code up to it begins (`limits`, u32); the difference
 * between a code of that length and its place among the symbols (`offsets`, i32); the symbols ordered by code (u16).
 */
import { hasBits, take } from './bits'
import { codeLengths, longestCode, tables, tableBytes } from './memory'

export const lookupBits: u32 = 10
const limits: usize = 2 << lookupBits
const offsets: usize = limits + 4 * (longestCode + 1)
const ordered: usize = offsets + 4 * (longestCode + 1)

/** Reads the table number `table` for an alphabet of `symbols`. False where lengths or codes are impossible. */
export function readTable(table: u32, symbols: u32): bool {
  return readLengths(symbols) && buildTable(tables + <usize>table * tableBytes, symbols)
}

/** The first length is a number, each other one a walk from the one before: 0 ends it, 10 adds and 11 takes away one. */
function readLengths(symbols: u32): bool {
  let length = take(5)
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    while (true) {
      if (length < 1 || length > longestCode || !hasBits(0)) return false
      if (take(1) == 0) break
      length += take(1) ? -1 : 1
    }
    store<u8>(codeLengths + symbol, <u8>length)
  }
  return true
}

/** Codes need not use up all values, but must not need more than there are. */
function buildTable(table: usize, symbols: u32): bool {
  memory.fill(table, 0, limits)
  let code: u32 = 0
  let place: u32 = 0
  for (let length: u32 = 1; length <= longestCode; length++) {
    store<i32>(table + offsets + (length << 2), <i32>(code - place))
    for (let symbol: u32 = 0; symbol < symbols; symbol++) {
      if (load<u8>(codeLengths + symbol) != length) continue
      if (code >> length) return false
      if (length <= lookupBits) fillLookup(table, code, length, symbol)
      store<u16>(table + ordered + (place << 1), <u16>symbol)
      place++
      code++
    }
    store<u32>(table + limits + (length << 2), code << (longestCode - length))
    code <<= 1
  }
  return true
}

function fillLookup(table: usize, code: u32, length: u32, symbol: u32): void {
  const free = lookupBits - length
  let at = table + (<usize>code << (free + 1))
  const end = at + (<usize>2 << free)
  for (; at < end; at += 2) store<u16>(at, <u16>((length << 9) | symbol))
}

/** `length << 9 | symbol` of the code that the highest of `bits` begin with, longer than the lookup; 0 where none does. */
export function longCode(table: usize, bits: u64): u32 {
  const value = <u32>(bits >> (64 - longestCode))
  for (let length = lookupBits + 1; length <= longestCode; length++) {
    if (value >= load<u32>(table + limits + (length << 2))) continue
    const place = <i32>(value >> (longestCode - length)) - load<i32>(table + offsets + (length << 2))
    return (length << 9) | load<u16>(table + ordered + (<usize>place << 1))
  }
  return 0
}
