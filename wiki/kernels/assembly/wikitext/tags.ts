/**
 * Takes comments, extension elements and HTML tags out of the source, and decodes HTML's character references; the same
 * rules as ../../../wikitext/tags.ts and entities.ts. Every byte is looked at a bounded number of times.
 */
import { Bytes } from './memory'
import {
  ampersand, closeBrace, closeSquare, find, greater, hash, hyphen, isAsciiLetter, isDigit, isSpace, less, lower,
  markFirst, markSecond, newline, openBrace, openSquare, pipe, protectionOf, quote, semicolon, skipSpaces, slash,
  space,
} from './characters'
import { beginEntities, readReference } from './entities'
import { Element, foundValue, isKnown, Kind } from './names'

/** Wikitext without tags; characters that the source says are no markup are protected by marks. */
export const text = new Bytes()
/** Number of `<ref>` notes, `<ref … />` included. */
export let references: i32 = 0
/** A tag further from its `>` than this is text. */
const longestTag: usize = 1000
/** One bit for each element that has no further closing tag: looking again would cost time square to the length. */
const unclosed = memory.data(32)

export function readTags(from: usize, length: usize): void {
  text.begin(length + (length >> 3) + 256)
  memory.fill(unclosed, 0, 32)
  references = 0
  beginEntities()
  const end = from + length
  let kept = from
  let at = from
  while (true) {
    at = nextMarked(at, end)
    if (at >= end) break
    if (<u32>load<u8>(at) == ampersand) {
      text.append(kept, at - kept)
      kept = at = readReference(at, end)
      continue
    }
    if (load<u32>(at) == 0x2d2d213c && at + 4 <= end) {
      text.append(kept, at - kept)
      kept = at = endOfComment(from, at, end)
      continue
    }
    if (!readTag(at, end)) {
      at++
      continue
    }
    text.append(kept, at - kept)
    kept = at = replaceTag(end)
  }
  text.append(kept, end - kept)
}

/** The next `<` or `&`. */
@inline
function nextMarked(at: usize, end: usize): usize {
  while (at + 16 <= end) {
    const bytes = v128.load(at)
    const either = v128.or(i8x16.eq(bytes, i8x16.splat(0x3c)), i8x16.eq(bytes, i8x16.splat(0x26)))
    const mask = i8x16.bitmask(either)
    if (mask != 0) return at + ctz(mask)
    at += 16
  }
  while (at < end) {
    const byte: u32 = load<u8>(at)
    if (byte == less || byte == ampersand) break
    at++
  }
  return at
}

/** Just past the comment, to the end where it is unclosed; a comment alone on its line takes the line with it. */
function endOfComment(start: usize, at: usize, end: usize): usize {
  let close = at + 4
  while (true) {
    close = find(hyphen, close, end)
    if (close + 3 > end) return end
    if (<u32>load<u8>(close + 1) == hyphen && <u32>load<u8>(close + 2) == greater) break
    close++
  }
  close += 3
  const startsLine = at == start || <u32>load<u8>(at - 1) == newline
  return startsLine && close < end && <u32>load<u8>(close) == newline ? close + 1 : close
}

let tagValue: i32 = 0
let tagNameAt: usize = 0
let tagNameLength: usize = 0
let tagEnd: usize = 0
let isClosing: bool = false
let isEmpty: bool = false
const lowered = memory.data(32)

/** The tag that opens at `at`; false where `<` is only a character. */
function readTag(at: usize, end: usize): bool {
  let i = at + 1
  isClosing = <u32>load<u8>(i) == slash
  if (isClosing) i++
  tagNameAt = i
  if (i >= end || !isAsciiLetter(load<u8>(i))) return false
  while (i < end && (isAsciiLetter(load<u8>(i)) || isDigit(load<u8>(i)))) i++
  tagNameLength = i - tagNameAt
  tagValue = Element.Plain
  if (tagNameLength < 32) {
    for (let k: usize = 0; k < tagNameLength; k++) store<u8>(lowered + k, <u8>lower(load<u8>(tagNameAt + k)))
    if (isKnown(Kind.Element, lowered, tagNameLength)) tagValue = foundValue()
  }
  const nameEnd = i
  const limit = min(end, at + longestTag)
  let quoted = false
  for (; i < limit; i++) {
    const byte: u32 = load<u8>(i)
    if (quoted) {
      if (byte == quote || byte == newline) quoted = false
    } else if (byte == greater) {
      tagEnd = i + 1
      isEmpty = <u32>load<u8>(i - 1) == slash
      return true
    } else if (byte == quote) quoted = true
    else if (byte == less) break
  }
  // A tag that never ends is dropped up to what follows its name, so that no `<ref` stays in the prose.
  const element: Element = tagValue & 0xff
  const isMarkup =
    element == Element.Dropped || element == Element.Math || element == Element.Gallery || element == Element.Reference
  if (!isMarkup) return false
  tagValue = Element.Plain
  tagEnd = nameEnd
  return true
}

/** Writes what the tag just read stands for; returns where reading goes on. */
function replaceTag(end: usize): usize {
  const element: Element = tagValue & 0xff
  const next = tagEnd
  switch (element) {
    case Element.Plain:
      return next
    case Element.Break:
      text.push(0x20)
      return next
    case Element.Block:
      text.push(newline)
      return next
    case Element.Table:
      text.push(newline)
      if (isClosing) {
        text.push(0x7c)
        text.push(0x7d)
      } else {
        text.push(0x7b)
        text.push(0x7c)
      }
      text.push(newline)
      return next
    case Element.Superscript:
      return isClosing ? next : superscript(next, end)
  }
  if (element == Element.Reference && !isClosing) references++
  if (isClosing || isEmpty) return next
  if (!findClosingTag(next, end)) return next
  const contentEnd = closingAt
  const past = closingEnd
  if (element == Element.Nowiki) protectMarkup(next, contentEnd)
  else if (element == Element.Pre) {
    text.push(newline)
    protectMarkup(next, contentEnd)
    text.push(newline)
  } else if (element == Element.Math) formula(next, contentEnd)
  else if (element == Element.Gallery) gallery(next, contentEnd)
  return past
}

let closingAt: usize = 0
let closingEnd: usize = 0

/** `</name >` of the tag just read, in any case, at or after `from`. */
function findClosingTag(from: usize, end: usize): bool {
  const number: u32 = (tagValue >> 8) & 0xff
  const bit: u32 = 1 << (number & 7)
  const byteAt = unclosed + (number >> 3)
  if (load<u8>(byteAt) & bit) return false
  const length = tagNameLength
  const nameAt = tagNameAt
  let at = from
  while (true) {
    at = find(less, at, end)
    if (at + 2 + length >= end) break
    if (<u32>load<u8>(at + 1) == slash) {
      let same = true
      for (let k: usize = 0; k < length; k++) {
        if (lower(load<u8>(at + 2 + k)) != lower(load<u8>(nameAt + k))) {
          same = false
          break
        }
      }
      if (same) {
        const close = skipSpaces(at + 2 + length, end)
        if (close < end && <u32>load<u8>(close) == greater) {
          closingAt = at
          closingEnd = close + 1
          return true
        }
      }
    }
    at++
  }
  store<u8>(byteAt, <u8>(load<u8>(byteAt) | bit))
  return false
}

/** The content with every character of markup protected; entities still count, so `&`, `;` and `#` stay. */
function protectMarkup(from: usize, to: usize): void {
  text.ensure((to - from) * 3)
  while (from < to) {
    const byte: u32 = load<u8>(from)
    if (byte == ampersand) {
      from = readReference(from, to)
      text.ensure((to - from) * 3)
      continue
    }
    pushProtected(byte == semicolon || byte == hash ? 0 : protectionOf(byte), byte)
    from++
  }
}

@inline
export function pushProtected(mark: u32, byte: u32): void {
  if (mark == 0) text.push(byte)
  else {
    text.push(markFirst)
    text.push(markSecond)
    text.push(mark)
  }
}

/** TeX between `\(` and `\)`, protected; `<chem>` and `<ce>` are TeX's \ce{…}. */
function formula(from: usize, to: usize): void {
  from = skipSpaces(from, to)
  while (to > from && isSpace(load<u8>(to - 1))) to--
  if (from == to) return
  const isChemistry = (<u32>load<u8>(tagNameAt) | 0x20) == 0x63
  text.push(0x5c)
  text.push(0x28)
  let before: u32 = 0
  if (isChemistry) {
    text.push(0x5c)
    text.push(0x63)
    text.push(0x65)
    pushProtected(protectionOf(openBrace), openBrace)
    before = openBrace
  }
  for (; from < to; from++) {
    const byte: u32 = load<u8>(from)
    if (looksLikeMarkup(before, byte)) text.push(space)
    // A formula is one line of prose.
    if (byte == newline) text.push(space)
    else pushProtected(protectionOf(byte), byte)
    before = byte
  }
  if (isChemistry) {
    if (before == closeBrace) text.push(space)
    pushProtected(protectionOf(closeBrace), closeBrace)
  }
  text.push(0x5c)
  text.push(0x29)
}

/** Such pairs of brackets are parted by a space: the same to TeX, and nobody takes them for wikitext. */
@inline
function looksLikeMarkup(before: u32, byte: u32): bool {
  if (before == openBrace) return byte == openBrace || byte == pipe
  if (byte == closeBrace) return before == closeBrace || before == pipe
  return before == byte && (byte == openSquare || byte == closeSquare)
}

/** Each line of a gallery becomes a file link, whose caption is then read as that of any other. */
function gallery(from: usize, to: usize): void {
  while (from < to) {
    const lineEnd = find(newline, from, to)
    const start = skipSpaces(from, lineEnd)
    const bar = find(0x7c, start, lineEnd)
    if (bar < lineEnd) {
      text.push(newline)
      text.push(0x5b)
      text.push(0x5b)
      if (find(0x3a, start, bar) == bar) {
        text.push(0x46)
        text.push(0x69)
        text.push(0x6c)
        text.push(0x65)
        text.push(0x3a)
      }
      for (let at = start; at < lineEnd; ) {
        if (<u32>load<u8>(at) == ampersand) at = readReference(at, lineEnd)
        else text.push(load<u8>(at++))
      }
      text.push(0x5d)
      text.push(0x5d)
    }
    from = lineEnd + 1
  }
  text.push(newline)
}

/** `<sup>2</sup>` → `²`: up to four digits, signs and n, which prose has as characters of their own. */
function superscript(from: usize, end: usize): usize {
  let at = from
  for (let count = 0; at < end && count < 4; count++) {
    const length = superscriptLength(at)
    if (length == 0) break
    at += length
  }
  if (at == from || at + 6 > end) return from
  if (load<u16>(at) != 0x2f3c || !matchesIgnoringCase(at + 2, 'sup')) return from
  if (<u32>load<u8>(at + 5) != greater) return from
  const past = at + 6
  for (let i = from; i < at; i += superscriptLength(i)) text.pushCodePoint(superscriptOf(load<u8>(i)))
  return past
}

function superscriptLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (isDigit(byte) || byte == 0x2b || byte == 0x2d || byte == 0x6e) return 1
  return byte == 0xe2 && load<u8>(at + 1) == 0x88 && load<u8>(at + 2) == 0x92 ? 3 : 0
}

function superscriptOf(byte: u32): u32 {
  if (byte == 0x31) return 0xb9
  if (byte == 0x32 || byte == 0x33) return 0xb0 + byte - 0x30
  if (isDigit(byte)) return 0x2070 + byte - 0x30
  return byte == 0x2b ? 0x207a : byte == 0x6e ? 0x207f : 0x207b
}

function matchesIgnoringCase(at: usize, word: string): bool {
  for (let i = 0; i < word.length; i++) if (lower(load<u8>(at + i)) != <u32>word.charCodeAt(i)) return false
  return true
}

/** After the text was composed outside. */
export function setTextLength(length: usize): void {
  text.length = length
}
