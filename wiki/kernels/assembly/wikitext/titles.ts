/** Titles as MediaWiki stores them: MediaWikiTitleCodec::splitTitleString, as in ../../../site.ts. */
import { Bytes } from './memory'
import { colon, find, hash, space, spaceLength, underscore } from './characters'
import { upper } from './imports'

/** True where the wiki's titles begin with a capital. */
let hasCapitals: bool = true

export function setCapitals(value: bool): void {
  hasCapitals = value
}

/** Appends bytes with runs of white space as one space and none at the ends; underscores too where asked. */
export function appendSpaced(out: Bytes, from: usize, to: usize, withUnderscores: bool): void {
  out.ensure(to - from + 1)
  const start = out.at + out.length
  let w = start
  let pending = false
  while (from < to) {
    if (!pending) {
      const plain = min<usize>(wordBytes(from), to - from)
      if (plain > 0) {
        v128.store(w, v128.load(from))
        w += plain
        from += plain
        continue
      }
    }
    const byte: u32 = load<u8>(from)
    // Most bytes are letters of ASCII, or of Hangul and Chinese characters (E4…ED), and what follows in them.
    const isLetter = byte < 0x80 ? byte > space && byte != underscore : byte < 0xc0 || (byte >= 0xe4 && byte <= 0xed)
    if (!isLetter) {
      const white = byte == underscore ? (withUnderscores ? <usize>1 : 0) : blankLength(from, withUnderscores)
      if (white > 0) {
        pending = w > start
        from += white
        continue
      }
    }
    if (pending) {
      store<u8>(w++, <u8>space)
      pending = false
    }
    store<u8>(w++, <u8>byte)
    from++
  }
  out.length = w - out.at
}

/** How many of the 16 bytes at `at` come before the first that is no letter, digit or mark of ASCII. */
@inline
function wordBytes(at: usize): usize {
  const bytes = v128.load(at)
  // Bytes beyond ASCII are negative.
  const other = v128.or(i8x16.le_s(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x5f)))
  return ctz(i8x16.bitmask(other) | 0x10000)
}

/** White space; direction marks as well where a title is meant. */
@inline
function blankLength(at: usize, inTitle: bool): usize {
  const length = spaceLength(at)
  if (length > 0 || !inTitle || load<u8>(at) != 0xe2 || load<u8>(at + 1) != 0x80) return length
  const last: u32 = load<u8>(at + 2)
  return last == 0x8e || last == 0x8f || (last >= 0xaa && last <= 0xae) ? 3 : 0
}

/** Writes the title of [from, to), which has no namespace: no section, spaces tidy, first letter a capital. */
export function writeTitle(out: Bytes, from: usize, to: usize): void {
  to = find(hash, from, to)
  if (from < to && <u32>load<u8>(from) == colon) from++
  const start = out.length
  appendSpaced(out, from, to, true)
  if (hasCapitals && out.length > start) capitalise(out, start)
}

function capitalise(out: Bytes, start: usize): void {
  const at = out.at + start
  const first: u32 = load<u8>(at)
  if (first < 0x80) {
    if (first - 0x61 < 26) store<u8>(at, <u8>(first & 0xdf))
    return
  }
  // Hangul, kana and Chinese characters have no case.
  if (first >= 0xe3 && first <= 0xed && first != 0xea) return
  const code = codePointAt(at)
  const capital = upper(code)
  if (capital == code) return
  const old: usize = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  rest.begin(out.length - start)
  rest.append(at + old, out.length - start - old)
  out.length = start
  out.pushCodePoint(capital)
  out.append(rest.at, rest.length)
}

const rest = new Bytes()

function codePointAt(at: usize): i32 {
  const first: i32 = load<u8>(at)
  const second: i32 = load<u8>(at + 1) & 0x3f
  if (first < 0xe0) return ((first & 0x1f) << 6) | second
  const third: i32 = load<u8>(at + 2) & 0x3f
  if (first < 0xf0) return ((first & 0x0f) << 12) | (second << 6) | third
  return ((first & 0x07) << 18) | (second << 12) | (third << 6) | (load<u8>(at + 3) & 0x3f)
}
