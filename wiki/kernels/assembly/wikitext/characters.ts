/** Bytes of UTF-8 that mean something in wikitext, and the marks that stand for something while it is being read. */
export const tab: u32 = 0x09
export const newline: u32 = 0x0a
export const space: u32 = 0x20
export const quote: u32 = 0x22
export const hash: u32 = 0x23
export const ampersand: u32 = 0x26
export const apostrophe: u32 = 0x27
export const openRound: u32 = 0x28
export const closeRound: u32 = 0x29
export const asterisk: u32 = 0x2a
export const hyphen: u32 = 0x2d
export const slash: u32 = 0x2f
export const colon: u32 = 0x3a
export const semicolon: u32 = 0x3b
export const less: u32 = 0x3c
export const equals: u32 = 0x3d
export const greater: u32 = 0x3e
export const openSquare: u32 = 0x5b
export const closeSquare: u32 = 0x5d
export const underscore: u32 = 0x5f
export const openBrace: u32 = 0x7b
export const pipe: u32 = 0x7c
export const closeBrace: u32 = 0x7d
export const tilde: u32 = 0x7e

/** A link in canonical wikitext: `linkOpen` target `linkMiddle` surface `linkClose`. No text holds control characters. */
export const linkOpen: u32 = 0x01
export const linkMiddle: u32 = 0x02
export const linkClose: u32 = 0x03

/**
 * Marks are Unicode's noncharacters U+FDD0…U+FDEF (EF B7 90…AF), as in ../../../wikitext/marks.ts: the first 18 stand
 * for characters that are protected from being read as markup, three surround a gloss.
 */
export const markFirst: u32 = 0xef
export const markSecond: u32 = 0xb7
export const firstMark: u32 = 0x90
export const glossOpen: u32 = 0xa8
export const glossMiddle: u32 = 0xa9
export const glossClose: u32 = 0xaa

/** Byte → last byte of its mark, 0 for those without; the order is that of `special` in marks.ts. */
const protections = memory.data(128)
/** Last byte of a mark − 0x90 → the byte that it stands for. */
const originals = memory.data(32)

function fillProtections(): void {
  const special = "<>[]{}'|=*#:;&_~-\""
  for (let i = 0; i < special.length; i++) {
    store<u8>(protections + special.charCodeAt(i), <u8>(firstMark + i))
    store<u8>(originals + i, <u8>special.charCodeAt(i))
  }
}
fillProtections()

@inline
export function protectionOf(byte: u32): u32 {
  return byte < 128 ? load<u8>(protections + byte) : 0
}

/** The byte that a mark stands for; 0 for marks that stand for none. */
@inline
export function originalOf(lastByte: u32): u32 {
  return load<u8>(originals + (lastByte - firstMark))
}

@inline
export function isSpace(byte: u32): bool {
  return byte == space || (byte >= 9 && byte <= 13)
}

@inline
export function isDigit(byte: u32): bool {
  return byte - 0x30 < 10
}

@inline
export function isAsciiLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26
}

@inline
export function lower(byte: u32): u32 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte
}

/** True where the bytes at `at` are those of the ASCII word. */
export function matches(at: usize, length: usize, word: string): bool {
  if (<i32>length != word.length) return false
  for (let i = 0; i < word.length; i++) if (<i32>load<u8>(at + i) != word.charCodeAt(i)) return false
  return true
}

/** Bytes of the white space at `at`, 0 where there is none: ASCII, U+00A0, U+2002…200A, U+202F, U+3000. */
@inline
export function spaceLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte < 0x80) return isSpace(byte) ? 1 : 0
  return wideSpace(at, byte)
}

export function wideSpace(at: usize, byte: u32): usize {
  if (byte == 0xc2) return load<u8>(at + 1) == 0xa0 ? 2 : 0
  if (byte == 0xe2 && load<u8>(at + 1) == 0x80) {
    const last: u32 = load<u8>(at + 2)
    return (last >= 0x82 && last <= 0x8a) || last == 0xaf || last == 0xa8 || last == 0xa9 ? 3 : 0
  }
  if (byte == 0xe3) return load<u8>(at + 1) == 0x80 && load<u8>(at + 2) == 0x80 ? 3 : 0
  if (byte == 0xef) return load<u8>(at + 1) == 0xbb && load<u8>(at + 2) == 0xbf ? 3 : 0
  return 0
}

/** Offset of the first byte of [from, to) that is no white space. */
export function skipSpaces(from: usize, to: usize): usize {
  while (from < to) {
    const length = spaceLength(from)
    if (length == 0) break
    from += length
  }
  return from
}

/** End of [from, to) without the white space at its end. */
export function trimEnd(from: usize, to: usize): usize {
  while (to > from) {
    if (isSpace(load<u8>(to - 1))) to--
    else if (to - from >= 2 && load<u8>(to - 1) >= 0x80 && spaceLength(to - 2) == 2) to -= 2
    else if (to - from >= 3 && load<u8>(to - 1) >= 0x80 && spaceLength(to - 3) == 3) to -= 3
    else break
  }
  return to
}

/** Offset of the next `byte` in [from, to), or `to`. */
export function find(byte: u32, from: usize, to: usize): usize {
  const wanted = i8x16.splat(<i8>byte)
  while (from + 16 <= to) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(from), wanted))
    if (mask != 0) return from + ctz(mask)
    from += 16
  }
  while (from < to && <u32>load<u8>(from) != byte) from++
  return from
}
