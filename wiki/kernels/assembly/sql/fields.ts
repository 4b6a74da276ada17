/** The fields of a row, found sixteen bytes at a time. */
import { fieldBytes, fields, mostFields } from './memory'

export const quote: u8 = 0x27
export const backslash: u8 = 0x5c
export const comma: u8 = 0x2c
export const openBracket: u8 = 0x28
export const closeBracket: u8 = 0x29
export const space: u8 = 0x20

/** How a field is written: bits. */
export const quoted: u32 = 1
export const escaped: u32 = 2
/** It has bytes that are not ASCII. */
export const wide: u32 = 4

/** Of the row last read. */
export let fieldCount: u32 = 0
/** False where a field is empty, or something stands between it and the next. */
export let isWhole = true

let kind: u32 = 0

@inline
export function fromOf(field: u32): usize {
  return load<u32>(fields + <usize>field * fieldBytes)
}

@inline
export function toOf(field: u32): usize {
  return load<u32>(fields + <usize>field * fieldBytes, 4)
}

@inline
export function kindOf(field: u32): u32 {
  return load<u32>(fields + <usize>field * fieldBytes, 8)
}

/** Finds the fields of the row that opens at `at`. Returns the address past its bracket, or 0 where the line ends before. */
export function readFields(at: usize, end: usize): usize {
  let field = fields
  let count: u32 = 0
  isWhole = true
  let i = at + 1
  while (i < end) {
    if (load<u8>(i) == space) {
      i++
      continue
    }
    let from = i
    if (load<u8>(i) == quote) {
      from = i + 1
      i = endOfText(from, end)
    } else {
      i = endOfBare(i, end)
      if (i == from) isWhole = false
    }
    if (i >= end) return 0
    if (count < mostFields) {
      store<u32>(field, <u32>from)
      store<u32>(field, <u32>i, 4)
      store<u32>(field, kind, 8)
      field += fieldBytes
    }
    count++
    if (kind & quoted) i++
    while (i < end && load<u8>(i) == space) i++
    if (i >= end) return 0
    const byte = load<u8>(i++)
    if (byte == closeBracket) {
      fieldCount = count
      return i
    }
    if (byte != comma) isWhole = false
  }
  return 0
}

/** Where the quote that closes the text at `at` stands; `end` or beyond where there is none. Says its kind. */
function endOfText(at: usize, end: usize): usize {
  let high: i32 = 0
  kind = quoted
  const quotes = i8x16.splat(quote)
  const backslashes = i8x16.splat(backslash)
  while (at < end) {
    const bytes = v128.load(at)
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)))
    if (found == 0) {
      high |= i8x16.bitmask(bytes)
      at += 16
      continue
    }
    const place = ctz(found)
    high |= i8x16.bitmask(bytes) & ((1 << place) - 1)
    at += place
    if (load<u8>(at) == quote && load<u8>(at, 1) != quote) break
    // A backslash, or a quote that is doubled: the byte behind is part of the text.
    high |= load<u8>(at, 1) >> 7
    kind |= escaped
    at += 2
  }
  if (high) kind |= wide
  return at
}

/** Where the comma or bracket behind a number or NULL stands. */
function endOfBare(at: usize, end: usize): usize {
  let high: i32 = 0
  kind = 0
  const commas = i8x16.splat(comma)
  const brackets = i8x16.splat(closeBracket)
  while (at < end) {
    const bytes = v128.load(at)
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, commas), i8x16.eq(bytes, brackets)))
    if (found) {
      const place = ctz(found)
      high |= i8x16.bitmask(bytes) & ((1 << place) - 1)
      at += place
      break
    }
    high |= i8x16.bitmask(bytes)
    at += 16
  }
  if (high) kind |= wide
  return at
}
