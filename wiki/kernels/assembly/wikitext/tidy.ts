/**
 * A line of prose as a person would have typed it, in place: the steps of ../../../wikitext/tidy.ts. One pass does what
 * nearly every line needs, and notes which of the further steps the line needs at all.
 */
import {
  apostrophe, closeBrace, closeRound, closeSquare, firstMark, glossClose, glossMiddle, glossOpen, isSpace, less,
  markFirst, markSecond, openBrace, openRound, openSquare, space, tilde, wideSpace,
} from './characters'
import { dropOrphans } from './orphans'
import { unprotect } from './protection'
import { isWideRound, mendBrackets } from './rounds'
import { dropDoubleSeparators, dropSpacesAtMarks, markLength } from './separators'

let hasRounds: bool = false
let hasSeparators: bool = false
let hasSpacedMark: bool = false
/** A run that may be an orphan; or only bytes of which the steps before may make one. */
let hasOrphans: bool = false
let hasOrphanBytes: bool = false
let hasProtected: bool = false

/** Brackets that went may leave separators beside one another, and spaces before marks. */
export function noteSeparator(): void {
  hasSeparators = hasSpacedMark = true
}

export function noteSpacedMark(): void {
  hasSpacedMark = true
}

/** Tidies the bytes at `at`; returns their new length. Spaces at either end go. */
export function tidy(at: usize, length: usize): usize {
  const squeezed = squeeze(at, length)
  let n = squeezed
  if (hasRounds) n = mendBrackets(at, n)
  if (hasSeparators) n = dropDoubleSeparators(at, n)
  if (hasSpacedMark) n = dropSpacesAtMarks(at, n)
  if (hasOrphans || (hasOrphanBytes && n != squeezed)) n = dropOrphans(at, n)
  if (hasProtected) n = unprotect(at, n)
  let from: usize = 0
  while (n > 0 && isSpace(load<u8>(at + n - 1))) n--
  while (from < n && isSpace(load<u8>(at + from))) from++
  if (from > 0) {
    n -= from
    memory.copy(at, at + from, n)
  }
  return n
}

/** Gloss marks and invisible characters go, runs of spaces become one. */
function squeeze(at: usize, length: usize): usize {
  hasRounds = hasSeparators = hasSpacedMark = hasOrphans = hasOrphanBytes = hasProtected = false
  const end = at + length
  let r = at
  let w = at
  let lastWasSpace = false
  let afterSeparator = false
  while (r < end) {
    if (!lastWasSpace && !afterSeparator) {
      const plain = min<usize>(plainBytes(r), end - r)
      if (plain > 0) {
        // A store of whole vectors would write on what is still to be read, where w is close behind r.
        if (w != r) memory.copy(w, r, plain)
        r += plain
        w += plain
        lastWasSpace = <u32>load<u8>(w - 1) == space
        continue
      }
    }
    const byte: u32 = load<u8>(r)
    if (byte < 0x80) {
      if (byte == space || byte == 0x09) {
        if (!lastWasSpace) {
          store<u8>(w, <u8>space)
          w++
          lastWasSpace = true
        }
        r++
        continue
      }
      const kind = load<u8>(kinds + byte)
      if (kind & 1 && lastWasSpace) hasSpacedMark = true
      if (kind & 2) {
        if (afterSeparator) hasSeparators = true
        afterSeparator = true
      } else afterSeparator = false
      if (kind & 4) {
        hasRounds = true
        if (byte == openRound && isPadding(load<u8>(r + 1))) hasSpacedMark = true
      }
      if (kind & 8) {
        hasOrphanBytes = true
        if (mayBeOrphan(byte, at, w)) hasOrphans = true
      }
      lastWasSpace = false
      store<u8>(w, <u8>byte)
      w++
      r++
      continue
    }
    const wide = wideSpace(r, byte)
    if (wide > 0) {
      if (!lastWasSpace) {
        store<u8>(w, <u8>space)
        w++
        lastWasSpace = true
      }
      r += wide
      continue
    }
    const hidden = invisible(r, byte)
    if (hidden > 0) {
      r += hidden
      continue
    }
    if (byte == markFirst && <u32>load<u8>(r + 1) == markSecond) {
      const last: u32 = load<u8>(r + 2)
      if (last == glossOpen) {
        r = pastGlossLanguage(r, end)
        continue
      }
      if (last == glossMiddle || last == glossClose) {
        r += 3
        continue
      }
      if (last - firstMark < 0x20) hasProtected = true
    }
    if (byte == 0xef || byte == 0xe3 || byte == 0xe2) {
      if (isWideRound(r)) {
        hasRounds = true
        if (isPadding(load<u8>(r + 3))) hasSpacedMark = true
      }
      if (lastWasSpace && markLength(r) > 0) hasSpacedMark = true
      if (byte == 0xe3 && load<u16>(r + 1) == 0x8180) {
        if (afterSeparator) hasSeparators = true
        afterSeparator = true
      } else afterSeparator = false
    } else afterSeparator = false
    lastWasSpace = false
    // What `plainBytes` has passed may end inside of a character.
    const bytes: usize = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    for (let i: usize = 0; i < bytes; i++) store<u8>(w + i, load<u8>(r + i))
    w += bytes
    r += bytes
  }
  return w - at
}

/** A space or separator, or a byte that may begin a wide one, or something invisible before one. */
@inline
function isPadding(byte: u32): bool {
  return byte <= space || byte == 0x2c || byte == 0x3b || byte >= 0xc2
}

/** Apostrophes, tildes and square brackets, which prose has as well, are orphans in runs only. */
@inline
function mayBeOrphan(byte: u32, at: usize, w: usize): bool {
  const isOfProse = byte == apostrophe || byte == tilde || byte == openSquare || byte == closeSquare
  return !isOfProse || (w > at && <u32>load<u8>(w - 1) == byte)
}

/**
 * How many of the 16 bytes at `at` come before the first one that `squeeze` looks at: one in the table of kinds, a
 * control character, the second of two spaces, or the first byte of C2, E2, E3 and EF, which begin wide spaces, marks and
 * invisible characters.
 */
@inline
function plainBytes(at: usize): usize {
  const bytes = v128.load(at)
  // Each byte's halves look up a set of rows and columns; a bit in common means that the byte is one of them.
  const low = i8x16.swizzle(v128.load(columns), v128.and(bytes, i8x16.splat(0x0f)))
  const high = i8x16.swizzle(v128.load(rows), i8x16.shr_u(bytes, 4))
  const looked = i8x16.bitmask(i8x16.ne(v128.and(low, high), i8x16.splat(0)))
  const spaces = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x20)))
  return ctz(looked | (spaces & (spaces << 1)) | 0x10000)
}

/**
 * For the low half of a byte, and for the high one: bit 0 for control characters, 1 to 6 for the rows 2 to 7 of ASCII, 7 for
 * the first bytes of longer characters (C3 and CF are taken for such: looking at them costs time only).
 */
const columns = memory.data(16)
const rows = memory.data(16)

function fillPlain(): void {
  for (let row = 0; row < 8; row++) store<u8>(rows + row, <u8>((<u32>1) << max(row - 1, 0)))
  store<u8>(rows + 0xc, 0x80)
  store<u8>(rows + 0xe, 0x80)
  for (let byte: u32 = 0; byte < 0x80; byte++) if (byte < 0x20 || load<u8>(kinds + byte) != 0) look(byte, load<u8>(rows + (byte >> 4)))
  look(0xc2, 0x80)
  look(0xe2, 0x80)
  look(0xe3, 0x80)
  look(0xef, 0x80)
}

function look(byte: u32, bit: u8): void {
  const column = columns + (byte & 15)
  store<u8>(column, load<u8>(column) | bit)
}

/** Bits for ASCII: 1 mark that no space precedes, 2 separator, 4 round bracket, 8 may be an orphan of markup. */
export const kinds = memory.data(128)

function fillKinds(): void {
  const marks = ',.;:!?)]'
  for (let i = 0; i < marks.length; i++) store<u8>(kinds + marks.charCodeAt(i), 1)
  store<u8>(kinds + 0x2c, 3)
  store<u8>(kinds + 0x3b, 3)
  store<u8>(kinds + openRound, 4)
  store<u8>(kinds + closeRound, 5)
  store<u8>(kinds + openBrace, 8)
  store<u8>(kinds + closeBrace, 8)
  store<u8>(kinds + openSquare, 8)
  store<u8>(kinds + closeSquare, 9)
  store<u8>(kinds + apostrophe, 8)
  store<u8>(kinds + tilde, 8)
  store<u8>(kinds + less, 8)
}
fillKinds()
fillPlain()

/** Soft hyphen, zero-width space, direction marks, word joiner, byte order mark: their bytes, 0 for others. */
@inline
function invisible(at: usize, byte: u32): usize {
  if (byte == 0xc2) return load<u8>(at + 1) == 0xad ? 2 : 0
  if (byte == 0xe2) {
    const rest = load<u16>(at + 1)
    return rest == 0x8b80 || rest == 0x8e80 || rest == 0x8f80 || rest == 0xa081 ? 3 : 0
  }
  if (byte == 0xef) return load<u16>(at + 1) == 0xbfbb ? 3 : 0
  return 0
}

/** Past `<open> language <middle>`, or past the mark alone where no middle follows within 40 characters. */
function pastGlossLanguage(at: usize, end: usize): usize {
  const limit = min(end, at + 3 + 120)
  for (let i = at + 3; i + 2 < limit; i++) {
    if (<u32>load<u8>(i) != markFirst || <u32>load<u8>(i + 1) != markSecond) continue
    const last: u32 = load<u8>(i + 2)
    if (last == glossMiddle) return i + 3
    if (last == glossOpen || last == glossClose) break
  }
  return at + 3
}
