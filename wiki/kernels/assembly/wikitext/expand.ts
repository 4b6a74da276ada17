/**
 * Wikitext without tags becomes canonical wikitext: lines, headings, list marks, quotes, and flat links to articles
 * between control characters; glosses between marks. The rules are those of ../../../wikitext/expand.ts.
 */
import {
  closeBrace, closeSquare, colon, find, hyphen, isAsciiLetter, isDigit, markFirst, newline, openBrace, openSquare,
  pipe, skipSpaces, trimEnd,
} from './characters'
import { endOf, nextBracket } from './brackets'
import { canonical, plain } from './canonical'
import { conversionFrom, conversionTo, converts, findConversion } from './conversion'
import { beginExternalLinks, closeOfExternalLink, externalLink, isExternalLink } from './external-links'
import { beginInfoboxes } from './infoboxes'
import { beginLinks, prefixOf, readLink } from './links'
import { beginParts, cutParts, dropParts, partCount, partFrom, partTo } from './parts'
import { text } from './tags'
import { namespaceBase } from './templates'
import { beginTransclusion, readTemplate } from './transclusion'

/** Brackets nested deeper than this are dropped: real pages stay under 20. */
const maxDepth: i32 = 40
export let depth: i32 = 0
/** True until the first letter of prose at the outermost level: an infobox stands before it. */
export let beforeProse: bool = true

/** A link that is shown is prose. */
export function beginProse(): void {
  if (depth == 1) beforeProse = false
}

export function expandText(): void {
  canonical.begin(text.length + (text.length >> 2) + 1024)
  plain.begin(1024)
  beginTransclusion()
  beginInfoboxes()
  beginLinks()
  beginExternalLinks()
  beginParts()
  depth = 0
  beforeProse = true
  expand(0, <i32>text.length)
}

/** Appends the canonical form of `text[from, to)`. */
export function expand(from: i32, to: i32): void {
  if (depth >= maxDepth) return
  depth++
  const base = text.at
  let kept = from
  let i = from
  while (true) {
    i = nextBracket(base, i, to)
    if (i >= to) break
    const byte: u32 = load<u8>(base + i)
    const next: u32 = i + 1 < to ? load<u8>(base + i + 1) : 0
    if (byte == openBrace || byte == openSquare) {
      const end = endOf(i)
      if (end > 0 && end <= to) {
        prose(kept, i)
        kept = i = readBracket(i, end, to)
        continue
      }
      if (byte == openSquare && next != openSquare) {
        const close = isExternalLink(base + i) ? closeOfExternalLink(i, to) : -1
        if (close >= 0) {
          prose(kept, i)
          externalLink(i, close)
          kept = i = close + 1
        } else i++
        continue
      }
    }
    if (converts && byte == openBrace && next != openBrace && i > kept && <u32>load<u8>(base + i - 1) == hyphen) {
      const past = findConversion(i + 1, to)
      if (past > 0) {
        prose(kept, i - 1)
        const from = conversionFrom
        expand(from, conversionTo)
        kept = i = past
      } else i++
      continue
    }
    if (byte != next) {
      i++
      continue
    }
    prose(kept, i)
    kept = i = pastOpenEnd(i, to)
  }
  prose(kept, to)
  depth--
}

@inline
function prose(from: i32, to: i32): void {
  if (from >= to) return
  if (depth == 1 && beforeProse && hasLetter(text.at + from, text.at + to)) beforeProse = false
  canonical.append(text.at + from, to - from)
}

/** True where a letter or digit lies in [at, end): all of Unicode but Latin-1's, general and CJK punctuation, marks. */
function hasLetter(at: usize, end: usize): bool {
  while (at < end) {
    const byte: u32 = load<u8>(at)
    if (byte < 0x80) {
      if (isAsciiLetter(byte) || isDigit(byte)) return true
      at++
    } else if (byte == 0xc2) at += 2
    else if ((byte == 0xe2 && load<u8>(at + 1) <= 0x81) || (byte == 0xe3 && load<u8>(at + 1) == 0x80) || byte == markFirst) {
      at += 3
    } else return true
  }
  return false
}

/**
 * Past a doubled bracket that has no partner. What follows one on its line and is clearly no prose goes with it: the
 * target of a link, a whole file link, the parameters of a template.
 */
function pastOpenEnd(at: i32, to: i32): i32 {
  const base = text.at
  const byte: u32 = load<u8>(base + at)
  let i = at
  while (i < to && <u32>load<u8>(base + i) == byte) i++
  if (byte != openSquare && byte != openBrace) return i
  const start = i
  while (i < to && i - start < 400 && !endsOpenEnd(load<u8>(base + i)) && <u32>load<u8>(base + i) != pipe) i++
  if (i >= to || <u32>load<u8>(base + i) != pipe) return start
  if (byte == openSquare) {
    const colonAt = find(colon, base + start, base + i)
    const meaning = colonAt < base + i ? prefixOf(base + start, colonAt) : 0
    if (meaning != namespaceBase + 6 && meaning != namespaceBase + 14) return i + 1
  }
  const bar = i
  i++
  while (i < to && i - bar < 1000 && !endsOpenEnd(load<u8>(base + i))) i++
  return i
}

@inline
function endsOpenEnd(byte: u32): bool {
  return byte == newline || byte == openBrace || byte == closeBrace || byte == openSquare || byte == closeSquare
}

/** Appends what the bracket at `at` reads as; returns the offset where reading goes on. */
function readBracket(at: i32, end: i32, limit: i32): i32 {
  const base = text.at
  if (<u32>load<u8>(base + at) == openSquare) return readLink(at, end, limit)
  if (<u32>load<u8>(base + at + 1) == pipe) return end
  if (<u32>load<u8>(base + at + 2) == openBrace && <u32>load<u8>(base + at + 1) == openBrace) {
    if (end < <i32>text.length && <u32>load<u8>(base + end) == closeBrace) writeDefault(at + 3, end - 2)
    while (end < limit && <u32>load<u8>(base + end) == closeBrace) end++
    return end
  }
  readTemplate(at + 2, end - 2)
  return end
}

/** `{{{name|default}}}`: outside of a template no parameter has a value. Without a default it is no prose. */
function writeDefault(from: i32, to: i32): void {
  const first = cutParts(from, to)
  if (partCount() > first + 1) expand(partFrom(first + 1), partTo(first + 1))
  dropParts(first)
}

/** Appends the text without white space at its ends. */
export function expandTrimmed(from: i32, to: i32): void {
  const start = canonical.length
  expand(from, to)
  const end = trimEnd(canonical.at + start, canonical.at + canonical.length)
  const at = skipSpaces(canonical.at + start, end)
  if (at > canonical.at + start) memory.copy(canonical.at + start, at, end - at)
  canonical.length = start + (end - at)
}
