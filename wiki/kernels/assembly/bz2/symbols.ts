/**
 * The symbols of a block: Huffman codes, under which lies a move-to-front list whose zeros are run lengths in bijective
 * base 2, lowest digit first. What comes out is the last column of the Burrows–Wheeler matrix.
 */
import { bigEndian, held, heldBits, inputEnd, nextByte, resume } from './bits'
import { longCode, lookupBits } from './codes'
import { column, counts, recent, rotations, selectors, symbolsPerSelector, tables, tableBytes } from './memory'

/** Fills the table of rotations; once. */
export function makeRotations(): void {
  for (let k: u32 = 0; k < 16; k++) {
    for (let i: u32 = 0; i < 16; i++) {
      store<u8>(rotations + k * 16 + i, <u8>(i == 0 ? k : i <= k ? i - 1 : i))
    }
  }
}

/** Moves the byte at place `k` ≥ 16 to the front of the list in memory; the others go one back. */
function moveToFront(k: u32): void {
  const byte = load<u8>(recent + k)
  const front = v128.load(recent)
  let at = recent + k
  while (at >= recent + 16) {
    at -= 16
    v128.store(at + 1, v128.load(at))
  }
  v128.store(recent + 1, front)
  store<u8>(recent, byte)
}

/** Stores at least `length` times `byte`: whole vectors, up to 15 bytes too many. */
@inline
function fillRun(at: usize, byte: u32, length: u32): void {
  const sixteen = i8x16.splat(<i8>byte)
  const end = at + length
  do {
    v128.store(at, sixteen)
    at += 16
  } while (at < end)
}

/**
 * Reads symbols into the column until the one that ends the block, and counts each byte in `counts`. The list `recent` is
 * filled. Returns the length, or −1 where a code does not exist, the selectors or the input do not last, or there
 * are more than `longest` bytes.
 */
export function readSymbols(longest: u32, endSymbol: u32, selectorCount: u32): i32 {
  memory.fill(counts, 0, 1024)
  let front = v128.load(recent)
  let at: usize = column
  const end = column + longest
  let run: u32 = 0
  let runDigit: u32 = 1
  let next = nextByte
  let bits = heldBits
  let bitCount = held

  for (let group: u32 = 0; group < selectorCount; group++) {
    if (next - (bitCount >> 3) > inputEnd) break
    const table = tables + <usize>load<u8>(selectors + group) * tableBytes
    for (let left = symbolsPerSelector; left > 0; left--) {
      if (bitCount < 20) {
        bits |= bigEndian(next) >> bitCount
        next += (63 - bitCount) >> 3
        bitCount |= 56
      }
      let entry = <u32>load<u16>(table + (<usize>(bits >> (64 - lookupBits)) << 1))
      if (entry == 0) {
        entry = longCode(table, bits)
        if (entry == 0) {
          resume(next, bits, bitCount)
          return -1
        }
      }
      bits <<= entry >> 9
      bitCount -= entry >> 9
      const symbol = entry & 511

      if (symbol <= 1) {
        run += runDigit << symbol
        // 2²⁰ is more than any block holds: a longer run only stays too long.
        runDigit = min<u32>(runDigit << 1, 1 << 21)
        if (run > longest) break
        continue
      }
      if (run != 0) {
        if (run > <u32>(end - at)) {
          resume(next, bits, bitCount)
          return -1
        }
        const byte = <u32>v128.extract_lane<u8>(front, 0)
        const count = counts + (<usize>byte << 2)
        store<u32>(count, load<u32>(count) + run)
        fillRun(at, byte, run)
        at += run
        run = 0
        runDigit = 1
      }
      if (symbol == endSymbol) {
        resume(next, bits, bitCount)
        return <i32>(at - column)
      }
      if (at >= end) {
        resume(next, bits, bitCount)
        return -1
      }
      const k = symbol - 1
      if (k < 16) {
        front = v128.swizzle(front, v128.load(rotations + (<usize>k << 4)))
      } else {
        v128.store(recent, front)
        moveToFront(k)
        front = v128.load(recent)
      }
      const byte = <u32>v128.extract_lane<u8>(front, 0)
      const count = counts + (<usize>byte << 2)
      store<u32>(count, load<u32>(count) + 1)
      store<u8>(at, <u8>byte)
      at++
    }
  }
  resume(next, bits, bitCount)
  return -1
}
