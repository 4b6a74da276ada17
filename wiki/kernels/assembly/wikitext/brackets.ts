/**
 * Pairs `{{ }}`, `[[ ]]` and `{| |}` with a stack, in linear time whatever is left open: the rules of
 * ../../../wikitext/brackets.ts. A close that does not fit the innermost open one drops what was opened inside and
 * never closed; `]]` does not reach out of a template.
 */
import { take } from './memory'
import {
  asterisk, closeBrace, closeSquare, colon, hash, newline, openBrace, openSquare, pipe, space,
} from './characters'

/** For each byte of the text: offset past the close of the bracket that opens there, 0 for none; 32 bits each. */
let ends: usize = 0

const enum Bracket {
  Template,
  Link,
  Table,
}

let stack: usize = 0
let depth: i32 = 0
let openTemplates: i32 = 0
let openTables: i32 = 0

@inline
export function endOf(at: i32): i32 {
  return load<i32>(ends + (<usize>at << 2))
}

/** The text at `base`; brackets lie in [0, length). */
export function pairBrackets(base: usize, length: i32): void {
  ends = take((<usize>length + 4) << 2)
  memory.fill(ends, 0, (<usize>length + 4) << 2)
  stack = take((<usize>length << 2) + 16)
  depth = openTemplates = openTables = 0
  let i = 0
  while (true) {
    i = nextBracket(base, i, length)
    if (i >= length) break
    const byte: u32 = load<u8>(base + i)
    const next: u32 = load<u8>(base + i + 1)
    if (byte == openBrace && next == openBrace) {
      push(Bracket.Template, i)
      openTemplates++
      i += 2
    } else if (byte == openBrace && next == pipe && startsLine(base, i)) {
      push(Bracket.Table, i)
      openTables++
      i += 2
    } else if (byte == openSquare && next == openSquare) {
      push(Bracket.Link, i)
      i += 2
    } else if (byte == closeBrace && i > 0 && <u32>load<u8>(base + i - 1) == pipe && openTables > 0 && startsLine(base, i - 1)) {
      // `|}}` ends a template's last, empty parameter, unless a table was opened inside that template.
      const endsTemplate = next == closeBrace && depth > 0 && innermost() == Bracket.Template
      if (endsTemplate) {
        closeInnermost(Bracket.Template, i + 2)
        i += 2
      } else {
        closeInnermost(Bracket.Table, i + 1)
        i++
      }
    } else if (byte == closeBrace && next == closeBrace && openTemplates > 0) {
      const at = closeInnermost(Bracket.Template, i + 2)
      // The third brace of a parameter `{{{…}}}` is no half of another close.
      const isParameter = at >= 0 && <u32>load<u8>(base + at + 2) == openBrace && i + 2 < length && <u32>load<u8>(base + i + 2) == closeBrace
      i += isParameter ? 3 : 2
    } else if (byte == closeSquare && next == closeSquare && depth > 0 && innermost() == Bracket.Link) {
      closeInnermost(Bracket.Link, i + 2)
      i += 2
    } else i++
  }
}

/** The next byte of `{}[]`. */
@inline
export function nextBracket(base: usize, i: i32, length: i32): i32 {
  while (i + 16 <= length) {
    const bytes = v128.load(base + i)
    // { 7b } 7d and [ 5b ] 5d differ in bit 5 only.
    const folded = v128.or(bytes, i8x16.splat(0x20))
    const either = v128.or(i8x16.eq(folded, i8x16.splat(0x7b)), i8x16.eq(folded, i8x16.splat(0x7d)))
    const mask = i8x16.bitmask(either)
    if (mask != 0) return i + ctz(mask)
    i += 16
  }
  while (i < length) {
    const folded: u32 = load<u8>(base + i) | 0x20
    if (folded == 0x7b || folded == 0x7d) break
    i++
  }
  return i
}

@inline
function push(kind: Bracket, at: i32): void {
  store<i32>(stack + (<usize>depth << 2), (at << 2) | kind)
  depth++
}

@inline
function innermost(): Bracket {
  return load<i32>(stack + (<usize>(depth - 1) << 2)) & 3
}

/** Returns where it opened, or −1. */
function closeInnermost(kind: Bracket, end: i32): i32 {
  while (depth > 0) {
    depth--
    const top = load<i32>(stack + (<usize>depth << 2))
    const other: Bracket = top & 3
    if (other == Bracket.Template) openTemplates--
    else if (other == Bracket.Table) openTables--
    if (other != kind) continue
    store<i32>(ends + (<usize>(top >> 2) << 2), end)
    return top >> 2
  }
  return -1
}

/** True where only spaces, `:` and list marks stand before `at` on its line (at most 100 of them). */
function startsLine(base: usize, at: i32): bool {
  for (let i = at - 1; i >= 0 && at - i < 100; i--) {
    const byte: u32 = load<u8>(base + i)
    if (byte == newline) return true
    if (byte != space && byte != colon && byte != asterisk && byte != hash) return false
  }
  return at < 100
}
