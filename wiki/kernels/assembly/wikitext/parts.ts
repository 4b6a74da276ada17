/** The parts of a link or template between its pipes, and the parameters that they are. */
import { Bytes } from './memory'
import { equals, isDigit, openBrace, openSquare, pipe, skipSpaces, trimEnd } from './characters'
import { endOf } from './brackets'
import { text } from './tags'

/** Triples of 32 bits: offsets in the text where the part starts and ends, and of its first `=`, or −1. */
export const parts = new Bytes()

export function beginParts(): void {
  parts.begin(4096)
}

@inline
export function partFrom(part: i32): i32 {
  return load<i32>(parts.at + <usize>part * 12)
}
@inline
export function partTo(part: i32): i32 {
  return load<i32>(parts.at + <usize>part * 12 + 4)
}
@inline
export function partEquals(part: i32): i32 {
  return load<i32>(parts.at + <usize>part * 12 + 8)
}

/** Cuts [from, to) and returns the number of the first part; the last is the last of the stack. */
export function cutParts(from: i32, to: i32): i32 {
  const first = partCount()
  const base = text.at
  let start = from
  let equalsAt = -1
  let i = from
  while (true) {
    i = nextDivider(base, i, to)
    if (i >= to) break
    const byte: u32 = load<u8>(base + i)
    if (byte == openBrace || byte == openSquare) {
      const end = endOf(i)
      if (end > i && end <= to) {
        i = end
        continue
      }
    } else if (byte == pipe) {
      pushPart(start, i, equalsAt)
      start = i + 1
      equalsAt = -1
    } else if (byte == equals && equalsAt < 0) equalsAt = i
    i++
  }
  pushPart(start, to, equalsAt)
  return first
}

/** The next byte of `{[|=`. */
@inline
function nextDivider(base: usize, i: i32, to: i32): i32 {
  for (; i < to; i += 16) {
    const bytes = v128.load(base + i)
    // { 7b and [ 5b differ in bit 5 only.
    const opens = i8x16.eq(v128.or(bytes, i8x16.splat(0x20)), i8x16.splat(0x7b))
    const divides = v128.or(i8x16.eq(bytes, i8x16.splat(0x7c)), i8x16.eq(bytes, i8x16.splat(0x3d)))
    const mask = i8x16.bitmask(v128.or(opens, divides))
    if (mask != 0) return i + ctz(mask)
  }
  return to
}

@inline
export function partCount(): i32 {
  return <i32>(parts.length / 12)
}

/** Lets go of the parts from `first` on. */
export function dropParts(first: i32): void {
  parts.length = <usize>first * 12
}

function pushPart(from: i32, to: i32, equalsAt: i32): void {
  parts.ensure(12)
  const at = parts.at + parts.length
  store<i32>(at, from)
  store<i32>(at + 4, to)
  store<i32>(at + 8, equalsAt)
  parts.length += 12
}

export let keyAt: usize = 0
export let keyEnd: usize = 0

/** True for a parameter `name = value`; then `keyAt`, `keyEnd` are its name. A text that holds a `=` has none. */
export function hasKey(part: i32): bool {
  const from = partFrom(part)
  const equalsAt = partEquals(part)
  if (equalsAt < 0 || equalsAt - from > 120) return false
  keyAt = skipSpaces(text.at + from, text.at + equalsAt)
  keyEnd = trimEnd(keyAt, text.at + equalsAt)
  if (keyAt >= keyEnd) return false
  for (let at = keyAt; at < keyEnd; at++) {
    const byte: u32 = load<u8>(at)
    if (byte < 0x80 && !load<u8>(keyBytes + byte)) return false
  }
  return true
}

/** ASCII that the name of a parameter may hold; letters of other scripts may too. */
const keyBytes = memory.data(128)
function fillKeyBytes(): void {
  const allowed = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _().,/-'
  for (let i = 0; i < allowed.length; i++) store<u8>(keyBytes + allowed.charCodeAt(i), 1)
}
fillKeyBytes()

export let valueFrom: i32 = 0
export let valueTo: i32 = 0

/** Finds positional parameter `position` among the parts from `first`: one without a name, or named by its number. */
export function findPositional(first: i32, position: i32): bool {
  let seen = 0
  for (let part = first; part < partCount(); part++) {
    let number = 0
    if (!hasKey(part)) {
      number = ++seen
      valueFrom = partFrom(part)
    } else {
      if (keyEnd - keyAt > 2) continue
      for (let at = keyAt; at < keyEnd; at++) {
        const byte: u32 = load<u8>(at)
        number = isDigit(byte) ? number * 10 + <i32>(byte - 0x30) : 1000
      }
      if (number != position) continue
      valueFrom = partEquals(part) + 1
    }
    if (number != position) continue
    valueTo = partTo(part)
    return true
  }
  return false
}
