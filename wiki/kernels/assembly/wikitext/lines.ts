/**
 * Canonical wikitext becomes sections of plain text, links, and the names and glosses of the lead: the rules of
 * ../../../wikitext/parse.ts and prose.ts.
 */
import { Bytes } from './memory'
import {
  apostrophe, colon, equals, find, hyphen, isAsciiLetter, linkClose, linkMiddle, linkOpen, newline, openBrace,
  openRound, pipe, skipSpaces, spaceLength, trimEnd, underscore,
} from './characters'
import { collect, List } from './collected'
import { glosses } from './imports'
import { findQuotes, Quote, quotes } from './quotes'
import { title } from './source'
import { beginSwitches, pastSwitch } from './switches'
import { tidy } from './tidy'

/** Plain text of all sections, one after another. */
export const body = new Bytes()
/** Plain text of all headings. */
export const headings = new Bytes()
/** Records of 20 bytes: heading offset and length, level, text offset and length. The first is the lead. */
export const sections = new Bytes()
/** Longest bold phrase that is a name, in bytes: 120 characters of any script. */
const longestName: usize = 480
/** Bytes after a name in which its bracket is looked for. */
const longestBracket: usize = 4000
/** The line at hand: its text, without links and quotes, with gloss marks. */
const line = new Bytes()
/** Links of the line: 32-bit offset and length of the target in the canonical text, start and end in `line`. */
const lineLinks = new Bytes()
/** Bold phrases of the line that were closed: start and end in `line`. */
const lineBold = new Bytes()
const scratch = new Bytes()
let sectionStart: usize = 0
let emptyLines: i32 = 0
let level: i32 = 0
let headingStart: usize = 0
let inFirstParagraph: bool = true
let hasGlosses: bool = false

function beginLines(length: usize): void {
  body.begin(length + 256)
  headings.begin(1024)
  sections.begin(20 * 64)
  scratch.begin(4096)
  level = emptyLines = 0
  sectionStart = headingStart = 0
  inFirstParagraph = true
  hasGlosses = false
  beginSwitches()
}

/** Scratch of single lines; wanted as soon as anything is made plain. */
export function beginLine(): void {
  line.begin(4096)
  lineLinks.begin(1024)
  lineBold.begin(256)
  quotes.begin(256)
}

export function readLines(from: usize, length: usize): void {
  beginLines(length)
  const end = from + length
  while (true) {
    const lineEnd = find(newline, from, end)
    readWholeLine(from, lineEnd)
    if (lineEnd >= end) break
    from = lineEnd + 1
  }
  endSection()
}

function endSection(): void {
  sections.ensure(20)
  const at = sections.at + sections.length
  store<u32>(at, <u32>headingStart)
  store<u32>(at + 4, <u32>(headings.length - headingStart))
  store<i32>(at + 8, level)
  store<u32>(at + 12, <u32>sectionStart)
  store<u32>(at + 16, <u32>(body.length - sectionStart))
  sections.length += 20
  sectionStart = body.length
  emptyLines = 0
}

function readWholeLine(from: usize, to: usize): void {
  if (from < to && <u32>load<u8>(from) == equals && readHeading(from, to)) return
  const hasText = body.length > sectionStart
  if (level == 0 && !hasText && isHatnote(from, to)) {
    const start = scratch.length
    plainInto(scratch, from, to - from)
    if (scratch.length > start) collect(List.Hatnote, scratch.at + start, scratch.length - start, 0, 0)
    scratch.length = start
    return
  }
  if (level == 0 && inFirstParagraph && hasText && skipSpaces(from, to) == to) inFirstParagraph = false
  readLine(contentOf(from, to), to)
  collectLinks()
  // What follows works on the line with its gloss marks.
  const readsNames = level == 0 && inFirstParagraph
  if (readsNames) {
    collectBold()
    if (!hasGlosses && line.length > 0) readGlosses(hasText)
  }
  const length = tidy(line.at, line.length)
  if (length == 0 || (length == 1 && isSeparator(load<u8>(line.at)))) {
    emptyLines++
    return
  }
  if (hasText) {
    body.push(newline)
    if (emptyLines > 0) body.push(newline)
  }
  emptyLines = 0
  body.append(line.at, length)
}

/** `.,;:`, which alone on a line are left of one whose citation is gone. */
@inline
function isSeparator(byte: u32): bool {
  return byte == 0x2e || byte == 0x2c || byte == 0x3b || byte == colon
}

/** `== Heading ==` starts a section; false for any other line. */
function readHeading(from: usize, to: usize): bool {
  const end = trimEnd(from, to)
  let depth: usize = 0
  while (depth < 6 && from + depth < end && <u32>load<u8>(from + depth) == equals && <u32>load<u8>(end - 1 - depth) == equals) depth++
  if (depth == 0 || end - from <= 2 * depth) return false
  endSection()
  level = <i32>depth
  headingStart = headings.length
  readLine(from + depth, end - depth)
  const length = tidy(line.at, line.length)
  headings.append(line.at, length)
  return true
}

/** `:''이 문서는 …''` above the lead says which page this is not. */
function isHatnote(from: usize, to: usize): bool {
  if (from >= to || <u32>load<u8>(from) != colon) return false
  while (from < to && <u32>load<u8>(from) == colon) from++
  from = skipSpaces(from, to)
  return from + 2 < to && load<u16>(from) == 0x2727 && <u32>load<u8>(from + 2) != apostrophe
}

/** Where the text of the line starts, past list marks; its end where it is a rule or what an unclosed table left. */
function contentOf(from: usize, to: usize): usize {
  while (from < to) {
    const byte: u32 = load<u8>(from)
    if (byte == 0x2a || byte == 0x23 || byte == 0x3a || byte == 0x3b) {
      from++
      continue
    }
    const white = spaceLength(from)
    if (white == 0) break
    from += white
  }
  if (from >= to) return to
  const byte: u32 = load<u8>(from)
  if (byte == pipe || (byte == openBrace && <u32>load<u8>(from + 1) == pipe)) return to
  if (byte == 0x21 && isTableHead(from, to)) return to
  if (byte == hyphen && from + 4 <= to && load<u32>(from) == 0x2d2d2d2d) {
    while (from < to && <u32>load<u8>(from) == hyphen) from++
  }
  return from
}

/** `! a !! b` or `! a | b`. */
function isTableHead(from: usize, to: usize): bool {
  for (let at = from + 1; at < to; at++) {
    const byte: u32 = load<u8>(at)
    if (byte == pipe || (byte == 0x21 && at + 1 < to && <u32>load<u8>(at + 1) == 0x21)) return true
  }
  return false
}

/** Reads links, quotes and switches of [from, to) into `line`. */
function readLine(from: usize, to: usize): void {
  line.length = lineLinks.length = lineBold.length = quotes.length = 0
  line.ensure(to - from)
  findQuotes(from, to)
  let quoteAt: usize = 0
  let boldFrom: i32 = -1
  let targetAt: usize = 0
  let targetLength: usize = 0
  let surfaceFrom: i32 = -1
  while (from < to) {
    const plainEnd = nextMarked(from, to)
    if (plainEnd > from) {
      line.append(from, plainEnd - from)
      from = plainEnd
      if (from >= to) break
    }
    const byte: u32 = load<u8>(from)
    if (byte == apostrophe && quoteAt < quotes.length && load<u32>(quotes.at + quoteAt) == <u32>from) {
      const run = load<i32>(quotes.at + quoteAt + 4)
      const literal = load<i32>(quotes.at + quoteAt + 8)
      if (literal > 0) line.push(apostrophe)
      if (load<i32>(quotes.at + quoteAt + 12) & Quote.TogglesBold) {
        if (boldFrom < 0) boldFrom = <i32>line.length
        else {
          pushPair(lineBold, boldFrom, <i32>line.length)
          boldFrom = -1
        }
      }
      quoteAt += 16
      from += run
    } else if (byte == linkOpen) {
      const middle = find(linkMiddle, from, to)
      targetAt = from + 1
      targetLength = middle - from - 1
      surfaceFrom = <i32>line.length
      from = middle + 1
    } else if (byte == linkClose) {
      if (surfaceFrom >= 0) {
        pushPair(lineLinks, <i32>targetAt, <i32>targetLength)
        pushPair(lineLinks, surfaceFrom, <i32>line.length)
        surfaceFrom = -1
      }
      from++
    } else if (byte == underscore && from + 1 < to && <u32>load<u8>(from + 1) == underscore) {
      const past = pastSwitch(from, to)
      if (past == from) {
        line.push(underscore)
        from++
      } else from = past
    } else {
      if (byte >= 0x20 || byte == 0x09) line.push(byte)
      from++
    }
  }
}

/** The next apostrophe, underscore or control character. */
@inline
function nextMarked(at: usize, to: usize): usize {
  while (at + 16 <= to) {
    const bytes = v128.load(at)
    const marked = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(0x27)), i8x16.eq(bytes, i8x16.splat(0x5f))),
      i8x16.lt_u(bytes, i8x16.splat(0x04)),
    )
    const mask = i8x16.bitmask(marked)
    if (mask != 0) return at + ctz(mask)
    at += 16
  }
  while (at < to) {
    const byte: u32 = load<u8>(at)
    if (byte == apostrophe || byte == underscore || byte < 0x04) break
    at++
  }
  return at
}

@inline
function pushPair(out: Bytes, first: i32, second: i32): void {
  out.ensure(8)
  store<i32>(out.at + out.length, first)
  store<i32>(out.at + out.length + 4, second)
  out.length += 8
}

function collectLinks(): void {
  for (let i: usize = 0; i < lineLinks.length; i += 16) {
    const record = lineLinks.at + i
    const from = load<i32>(record + 8)
    const length = <usize>(load<i32>(record + 12) - from)
    if (length == 0) continue
    scratch.length = 0
    scratch.append(line.at + from, length)
    const tidied = tidy(scratch.at, length)
    scratch.length = 0
    if (tidied > 0) collect(List.Link, load<u32>(record), load<u32>(record + 4), scratch.at, tidied)
  }
}

function collectBold(): void {
  for (let i: usize = 0; i < lineBold.length; i += 8) {
    const from = load<i32>(lineBold.at + i)
    const length = <usize>(load<i32>(lineBold.at + i + 4) - from)
    if (length > longestName * 2) continue
    scratch.length = 0
    scratch.append(line.at + from, length)
    const tidied = tidy(scratch.at, length)
    if (tidied > 0 && characters(scratch.at, tidied) <= 120) collect(List.BoldName, scratch.at, tidied, 0, 0)
  }
}

/** UTF-16 code units, as JavaScript counts. */
function characters(at: usize, length: usize): i32 {
  let count = 0
  for (let i: usize = 0; i < length; i++) {
    const byte: u32 = load<u8>(at + i)
    if ((byte & 0xc0) != 0x80) count++
    if (byte >= 0xf0) count++
  }
  return count
}

/** The bracket after the first bold phrase of the line, or after the title where the line begins with it. */
function readGlosses(hasText: bool): void {
  let nameEnd: usize = 0
  for (let i: usize = 0; i < lineBold.length; i += 8) {
    const from = <usize>load<i32>(lineBold.at + i)
    const to = <usize>load<i32>(lineBold.at + i + 4)
    if (skipSpaces(line.at + from, line.at + to) == line.at + to) continue
    nameEnd = to
    break
  }
  if (nameEnd == 0) {
    if (hasText || line.length < title.length || memory.compare(line.at, title.at, title.length) != 0) return
    nameEnd = title.length
  }
  const end = min(line.length, nameEnd + longestBracket)
  // A closing quote and spaces may stand between.
  const limit = min(end, nameEnd + 16)
  for (let i = nameEnd; i < limit; i++) {
    const byte: u32 = load<u8>(line.at + i)
    const isWide = byte == 0xef && load<u16>(line.at + i + 1) == 0x88bc
    if (byte == openRound || isWide) {
      glosses(line.at + nameEnd, end - nameEnd)
      return
    }
    if (isAsciiLetter(byte)) return
  }
}

/** A gloss that the outside found. */
export function addGloss(languageAt: usize, languageLength: usize, textAt: usize, textLength: usize): void {
  hasGlosses = true
  collect(List.Gloss, languageAt, languageLength, textAt, textLength)
}

/** Appends canonical wikitext as plain text: each line tidied, empty ones left out. */
export function plainInto(out: Bytes, from: usize, length: usize): void {
  const start = out.length
  const end = from + length
  while (from <= end) {
    const lineEnd = find(newline, from, end)
    readLine(contentOf(from, lineEnd), lineEnd)
    const tidied = tidy(line.at, line.length)
    if (tidied > 0) {
      if (out.length > start) out.push(newline)
      out.append(line.at, tidied)
    }
    from = lineEnd + 1
  }
}
