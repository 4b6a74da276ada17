/**
 * A line of prose as a person would have typed it, in place: the steps of ../../../wikitext/tidy.ts. One pass does what
 * nearly every line needs, and notes which of the further steps the line needs at all.
 */
import {
  apostrophe, closeBrace, closeRound, closeSquare, find, firstMark, glossClose, glossMiddle, glossOpen, isSpace, less,
  lower, markFirst, markSecond, openBrace, openRound, openSquare, originalOf, pipe, space, tilde, wideSpace,
} from './characters'

let hasRounds: bool = false
let hasSeparators: bool = false
let hasSpacedMark: bool = false
/** A run that may be an orphan; or only bytes of which the steps before may make one. */
let hasOrphans: bool = false
let hasOrphanBytes: bool = false
let hasProtected: bool = false

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
const kinds = memory.data(128)
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

/** ，；、, `,` and `;` are 3, 3, 3, 1 and 1 bytes; here those of the rule: `,` `;` `、`. */
@inline
function separatorLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte == 0x2c || byte == 0x3b) return 1
  return byte == 0xe3 && load<u16>(at + 1) == 0x8180 ? 3 : 0
}

/** Of separators in a row, with spaces between, the first stays. */
function dropDoubleSeparators(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    const separator = separatorLength(r)
    if (separator == 0) {
      store<u8>(w, load<u8>(r))
      w++
      r++
      continue
    }
    memory.copy(w, r, separator)
    w += separator
    r += separator
    while (true) {
      let next = r
      while (next < end && <u32>load<u8>(next) == space) next++
      const further = next < end ? separatorLength(next) : 0
      if (further == 0) break
      r = next + further
    }
  }
  return w - at
}

/** （ or ） at `at`. */
@inline
function isWideRound(at: usize): bool {
  if (load<u8>(at) != 0xef || load<u8>(at + 1) != 0xbc) return false
  const last: u32 = load<u8>(at + 2)
  return last == 0x88 || last == 0x89
}

/** Bytes of what may stand in a bracket without making it one with content: space and `,;:·/、，；|`. */
function fillerLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte < 0x80) {
    return isSpace(byte) || byte == 0x2c || byte == 0x3b || byte == 0x3a || byte == 0x2f || byte == pipe ? 1 : 0
  }
  if (byte == 0xc2) return load<u8>(at + 1) == 0xb7 ? 2 : 0
  const rest = load<u16>(at + 1)
  if (byte == 0xe3) return rest == 0x8180 ? 3 : 0
  if (byte == 0xef) return rest == 0x8cbc || rest == 0x9bbc ? 3 : 0
  return 0
}

/** Bytes of the filler that ends at `at`. */
function fillerBefore(at: usize, from: usize): usize {
  if (at - from >= 1 && load<u8>(at - 1) < 0x80) return fillerLength(at - 1)
  if (at - from >= 2 && fillerLength(at - 2) == 2) return 2
  if (at - from >= 3 && fillerLength(at - 3) == 3) return 3
  return 0
}

const deepest: i32 = 64
/** Offsets past the open brackets at hand; negative where a bracket with content lies inside. */
const opens = memory.data(64 * 4)

/** The next byte of `()`, or the first of their wide forms. */
@inline
function nextRound(at: usize, end: usize): usize {
  while (at + 16 <= end) {
    const bytes = v128.load(at)
    // ( 28 and ) 29 differ in bit 0 only.
    const round = i8x16.eq(v128.and(bytes, i8x16.splat(<i8>0xfe)), i8x16.splat(0x28))
    const mask = i8x16.bitmask(v128.or(round, i8x16.eq(bytes, i8x16.splat(<i8>0xef))))
    if (mask != 0) return at + ctz(mask)
    at += 16
  }
  while (at < end) {
    const byte: u32 = load<u8>(at)
    if (byte == openRound || byte == closeRound || byte == 0xef) break
    at++
  }
  return at
}

/**
 * Brackets without content go, also where all they hold are such; in the innermost ones filler at the ends goes. Where
 * a bracket went, or one of the others has filler, the steps that follow are wanted.
 */
function mendBrackets(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  let depth = 0
  while (r < end) {
    const next = nextRound(r, end)
    if (next > r) {
      if (w != r) memory.copy(w, r, next - r)
      w += next - r
      r = next
      continue
    }
    const byte: u32 = load<u8>(r)
    const isWide = byte == 0xef && isWideRound(r)
    if (byte == 0xef && !isWide) {
      store<u8>(w, <u8>byte)
      w++
      r++
      continue
    }
    const size: usize = isWide ? 3 : 1
    const opensHere = isWide ? load<u8>(r + 2) == 0x88 : byte == openRound
    if (opensHere) {
      memory.copy(w, r, size)
      w += size
      r += size
      if (depth < deepest) store<i32>(opens + (<usize>depth << 2), <i32>(w - at))
      depth++
      continue
    }
    if (depth > 0) depth--
    else {
      memory.copy(w, r, size)
      w += size
      r += size
      continue
    }
    const open = depth < deepest ? load<i32>(opens + (<usize>depth << 2)) : -1
    if (open >= 0) {
      const content = at + open
      while (w > content) {
        const filler = fillerBefore(w, content)
        if (filler == 0) break
        w -= filler
      }
      if (w == content) {
        // The open bracket goes too; those around stay what they were.
        hasSeparators = hasSpacedMark = true
        w -= load<u8>(w - 1) == openRound ? 1 : 3
        r += size
        continue
      }
      let start = content
      while (start < w) {
        const filler = fillerLength(start)
        if (filler == 0) break
        start += filler
      }
      if (start > content) {
        memory.copy(content, start, w - start)
        w -= start - content
      }
    }
    else hasSpacedMark = true
    for (let i = 0; i < depth && i < deepest; i++) store<i32>(opens + (<usize>i << 2), -1)
    memory.copy(w, r, size)
    w += size
    r += size
  }
  return w - at
}

/** Bytes of a mark that no space precedes where white space or the end follows: `,.;:!?)]）」』》〉”`. */
function markLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte < 0x80) return load<u8>(kinds + byte) & 1 ? 1 : 0
  const rest = load<u16>(at + 1)
  if (byte == 0xef) return rest == 0x89bc ? 3 : 0
  if (byte == 0xe3) return rest == 0x8d80 || rest == 0x8f80 || rest == 0x8b80 || rest == 0x8980 ? 3 : 0
  if (byte == 0xe2) return rest == 0x9d80 ? 3 : 0
  return 0
}

/** Spaces before closing marks, and spaces and separators at the inner side of round brackets, go. */
function dropSpacesAtMarks(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  let afterOpen = false
  while (r < end) {
    const byte: u32 = load<u8>(r)
    const isInner = byte == space || byte == 0x2c || byte == 0x3b
    if (isInner) {
      // [ ,;]+ before a closing bracket, or after an opening one.
      let next = r
      while (next < end) {
        const other: u32 = load<u8>(next)
        if (other != space && other != 0x2c && other != 0x3b) break
        next++
      }
      const closes = next < end && (<u32>load<u8>(next) == closeRound || (isWideRound(next) && load<u8>(next + 2) == 0x89))
      if (closes || afterOpen) {
        r = next
        afterOpen = false
        continue
      }
      if (byte == space) {
        const mark = r + 1 < end ? markLength(r + 1) : 0
        const isLast = mark > 0 && (r + 1 + mark >= end || isSpace(load<u8>(r + 1 + mark)))
        const isDouble = w > at && <u32>load<u8>(w - 1) == space
        if (!isLast && !isDouble) {
          store<u8>(w, <u8>space)
          w++
        }
        r++
        continue
      }
    }
    afterOpen = false
    if (byte == openRound) afterOpen = true
    else if (byte == 0xef && isWideRound(r) && load<u8>(r + 2) == 0x88) {
      memory.copy(w, r, 3)
      w += 3
      r += 3
      afterOpen = true
      continue
    }
    store<u8>(w, <u8>byte)
    w++
    r++
  }
  return w - at
}

/** Runs of brackets, quotes and tildes that markup left without a partner, `<ref` and `<!--`. */
function dropOrphans(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    const byte: u32 = load<u8>(r)
    if (byte < 0x80 && (load<u8>(kinds + byte) & 8 || byte == pipe)) {
      if (byte == less) {
        const skipped = orphanTag(r, end)
        store<u8>(w, <u8>byte)
        w += skipped == 0 ? 1 : 0
        r += max<usize>(skipped, 1)
        continue
      }
      const next = pastRun(byte, r, end)
      const run = next - r
      if (byte == apostrophe ? run >= 3 : byte == tilde ? run >= 3 : byte != pipe && run >= 2) {
        r = next
        // Of three apostrophes and more one stays: they are bold and italic that nobody closed.
        if (byte == apostrophe) {
          store<u8>(w, <u8>byte)
          w++
        }
        continue
      }
      if (byte == pipe && next < end && <u32>load<u8>(next) == closeBrace) {
        r = pastRun(closeBrace, next, end)
        continue
      }
      if (byte == openBrace && next < end && <u32>load<u8>(next) == pipe) {
        r = pastRun(pipe, next, end)
        continue
      }
      memory.copy(w, r, run)
      w += run
      r = next
      continue
    }
    store<u8>(w, <u8>byte)
    w++
    r++
  }
  return w - at
}

/** Past the bytes like this one. */
@inline
function pastRun(byte: u32, at: usize, end: usize): usize {
  while (at < end && <u32>load<u8>(at) == byte) at++
  return at
}

function orphanTag(at: usize, end: usize): usize {
  if (at + 4 > end) return 0
  if (load<u32>(at) == 0x2d2d213c) return 4
  const isRef = lower(load<u8>(at + 1)) == 0x72 && lower(load<u8>(at + 2)) == 0x65 && lower(load<u8>(at + 3)) == 0x66
  return isRef ? 4 : 0
}

/** Protected characters are themselves again, other marks go. */
export function unprotect(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    const next = find(markFirst, r, end)
    if (next > r) {
      if (w != r) memory.copy(w, r, next - r)
      w += next - r
      r = next
      continue
    }
    const byte: u32 = load<u8>(r)
    if (byte == markFirst && r + 2 < end && <u32>load<u8>(r + 1) == markSecond) {
      const last: u32 = load<u8>(r + 2)
      if (last - firstMark < 0x20) {
        const original = originalOf(last)
        if (original != 0) {
          store<u8>(w, <u8>original)
          w++
        }
        r += 3
        continue
      }
    }
    store<u8>(w, <u8>byte)
    w++
    r++
  }
  return w - at
}
