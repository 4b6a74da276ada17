/**
 * Wikitext without tags becomes canonical wikitext: lines, headings, list marks, quotes, and flat links to articles
 * between control characters; glosses between marks. The rules are those of ../../../wikitext/expand.ts.
 */
import { Bytes } from './memory'
import {
  apostrophe, closeBrace, closeSquare, colon, find, glossClose, glossMiddle, glossOpen, hyphen, isAsciiLetter,
  isDigit, isSpace, linkClose, linkMiddle, linkOpen, lower, markFirst, markSecond, newline, openBrace, openSquare, pipe,
  protectionOf, skipSpaces, space, spaceLength, trimEnd, underscore,
} from './characters'
import { endOf, nextBracket } from './brackets'
import { collect, List } from './collected'
import { handle, imageOption, particle, prefix, template } from './imports'
import { plainInto } from './lines'
import { foundValue, isKnown, Kind, learn } from './names'
import {
  beginParts, cutParts, dropParts, findPositional, hasKey, keyAt, keyEnd, partCount, partEquals, partFrom, parts,
  partTo, valueFrom, valueTo,
} from './parts'
import { title } from './source'
import { text } from './tags'
import { ImageOption, isInfoboxName, namespaceBase, Prefix, Template } from './templates'
import { tidy, unprotect } from './tidy'
import { appendSpaced, writeTitle } from './titles'
import { writeLong } from './varint'

/** Canonical wikitext. */
export const canonical = new Bytes()
/** Avro items of the infoboxes: name, map of fields. */
export const infoboxes = new Bytes()
export let infoboxCount: i32 = 0
export const shortDescription = new Bytes()
/** Bits of all the templates used, see templates.ts. */
export let templateMarks: i32 = 0

/** Brackets nested deeper than this are dropped: real pages stay under 20. */
const maxDepth: i32 = 40
/** Templates beyond this many on one page are dropped unread; the largest real lists have some 10,000. */
const maxTemplates: i32 = 100000

let depth: i32 = 0
let templateCount: i32 = 0
/** True until the first letter of prose at the outermost level: an infobox stands before it. */
let beforeProse: bool = true
/** The next `]` and line end at or after `searchedFrom`. */
let nextSquare: i32 = -1
let nextNewline: i32 = -1
let searchedFrom: i32 = 0

/** Target of the link at hand: as written, then as a title. */
const name = new Bytes()
const linkTitle = new Bytes()
const fields = new Bytes()
const plain = new Bytes()

export function expandText(): void {
  canonical.begin(text.length + (text.length >> 2) + 1024)
  infoboxes.begin(4096)
  shortDescription.begin(256)
  name.begin(512)
  linkTitle.begin(512)
  keptNames.begin(1024)
  fields.begin(4096)
  plain.begin(1024)
  beginParts()
  infoboxCount = templateMarks = depth = templateCount = searchedFrom = 0
  nextSquare = nextNewline = -1
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

/** True where the wiki shows one text in several scripts or variants. */
let converts: bool = false
let conversionFrom: i32 = 0
let conversionTo: i32 = 0

export function setConversion(value: bool): void {
  converts = value
}

/** `-{flags|code:text;code:text}-` from just past `-{`: what it shows, and the offset past it, or 0. See conversion.ts. */
function findConversion(from: i32, to: i32): i32 {
  const base = text.at
  const limit = min(to, from + 3000)
  let end = from
  while (end + 1 < limit && !(<u32>load<u8>(base + end) == closeBrace && <u32>load<u8>(base + end + 1) == hyphen)) end++
  if (end + 1 >= limit) return 0
  conversionTo = end
  let start = from
  let isHidden = false
  for (let i = from; i < end && i <= from + 12; i++) {
    const byte: u32 = load<u8>(base + i)
    if (byte == pipe) {
      start = i + 1
      break
    }
    if (!isAsciiLetter(byte) && !isSpace(byte) && byte != 0x3b && byte != hyphen) break
    if (byte == 0x48 || byte == 0x54 || byte == 0x44 || byte == hyphen) isHidden = true
  }
  if (isHidden && start > from) {
    conversionFrom = end
    return end + 2
  }
  conversionFrom = start
  const past = pastVariant(base, start, end)
  if (past > start) {
    conversionFrom = past
    const semicolon = <i32>(find(0x3b, base + past, base + end) - base)
    conversionTo = semicolon
  }
  return end + 2
}

/** Past `zh-hans:` and its like; `from` where there is none. */
function pastVariant(base: usize, from: i32, end: i32): i32 {
  let i = from
  while (i < end && isSpace(load<u8>(base + i))) i++
  const code = i
  while (i < end && i - code < 12 && (<u32>load<u8>(base + i) - 0x61 < 26 || <u32>load<u8>(base + i) == hyphen)) i++
  if (i - code < 2) return from
  while (i < end && isSpace(load<u8>(base + i))) i++
  return i < end && <u32>load<u8>(base + i) == colon ? i + 1 : from
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

/** The meaning of a link prefix, see templates.ts. */
function prefixOf(from: usize, to: usize): i32 {
  from = skipSpaces(from, to)
  to = trimEnd(from, to)
  const length = to - from
  if (length == 0 || length > 120) return Prefix.None
  if (isKnown(Kind.Prefix, from, length)) return foundValue()
  const meaning = prefix(from, length)
  learn(Kind.Prefix, from, length, meaning)
  return meaning
}

/** What an option of a file link is, see templates.ts. */
function optionOf(part: i32): ImageOption {
  const from = skipSpaces(text.at + partFrom(part), text.at + partTo(part))
  const to = trimEnd(from, text.at + partTo(part))
  const length = to - from
  if (length == 0) return ImageOption.Other
  if (length > 40) {
    // alt=…, link=… and their like have a long value.
    const equalsAt = partEquals(part)
    if (equalsAt < 0 || equalsAt - partFrom(part) > 40) return ImageOption.None
    const key = text.at + equalsAt + 1 - from
    if (<i32>key <= 0 || key > 40) return ImageOption.None
    return askOption(from, key)
  }
  return askOption(from, length)
}

function askOption(from: usize, length: usize): ImageOption {
  if (isKnown(Kind.Option, from, length)) return foundValue()
  const meaning = imageOption(from, length)
  learn(Kind.Option, from, length, meaning)
  return meaning
}

function readLink(at: i32, end: i32, limit: i32): i32 {
  const first = cutParts(at + 2, end - 2)
  const past = readLinkOf(first, partCount() - first, end, limit)
  dropParts(first)
  return past
}

function readLinkOf(first: i32, count: i32, end: i32, limit: i32): i32 {
  readTarget(first)
  const isShown = name.length > 0 && <u32>load<u8>(name.at) == colon
  let nameAt = name.at
  let nameEnd = name.at + name.length
  if (isShown) nameAt = skipSpaces(nameAt + 1, nameEnd)
  const colonAt = find(colon, nameAt, nameEnd)
  const hasPrefix = colonAt > nameAt && colonAt < nameEnd
  const meaning = hasPrefix ? prefixOf(nameAt, colonAt) : Prefix.None
  if (!isShown) {
    const isFile = meaning == namespaceBase + 6 || meaning == namespaceBase - 2
    if (isFile || (count >= 3 && meaning != namespaceBase && hasImageWord(first, count))) {
      if (count >= 2) readCaption(first + count - 1)
      return end
    }
    if (meaning == namespaceBase + 14) {
      linkTitle.length = 0
      writeTitle(linkTitle, colonAt + 1, nameEnd)
      if (linkTitle.length > 0) collect(List.Category, linkTitle.at, linkTitle.length, 0, 0)
      return end
    }
    if (meaning == Prefix.Language) {
      linkTitle.length = 0
      for (let i = nameAt; i < colonAt; i++) linkTitle.push(lower(load<u8>(i)))
      const split = trimEnd(linkTitle.at, linkTitle.at + linkTitle.length) - linkTitle.at
      linkTitle.length = split
      appendSpaced(linkTitle, colonAt + 1, nameEnd, true)
      collect(List.LanguageLink, linkTitle.at, split, linkTitle.at + split, linkTitle.length - split)
      return end
    }
  }
  let past = end
  const base = text.at
  // MediaWiki's default link trail: Latin letters that touch the closing brackets belong to the link.
  while (past < limit && <u32>load<u8>(base + past) - 0x61 < 26) past++
  if (depth == 1) beforeProse = false
  const isPlain = meaning != Prefix.None && meaning != namespaceBase
  writeLink(nameAt - name.at, nameEnd - name.at, first, count, end, past, isPlain)
  return past
}

/** The target as written, spaces tidy, into `name`. */
function readTarget(part: i32): void {
  name.length = 0
  const from = text.at + partFrom(part)
  const to = text.at + partTo(part)
  if (isSimple(from, to)) {
    appendSpaced(name, from, to, false)
    return
  }
  const start = canonical.length
  expand(partFrom(part), partTo(part))
  flatten(start)
  const length = unprotect(canonical.at + start, withoutGlosses(canonical.at + start, canonical.length - start))
  name.length = 0
  appendSpaced(name, canonical.at + start, canonical.at + start + length, false)
  canonical.length = start
}

/** True where nothing is to be expanded and no mark to be undone. */
function isSimple(from: usize, to: usize): bool {
  for (; from < to; from += 16) {
    const bytes = v128.load(from)
    const folded = v128.or(bytes, i8x16.splat(0x20))
    const brackets = v128.or(i8x16.eq(folded, i8x16.splat(0x7b)), i8x16.eq(folded, i8x16.splat(0x7d)))
    const mask = i8x16.bitmask(v128.or(brackets, i8x16.eq(bytes, i8x16.splat(<i8>markFirst))))
    if (mask != 0) return from + ctz(mask) >= to
  }
  return true
}

function withoutGlosses(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    if (<u32>load<u8>(r) == markFirst && <u32>load<u8>(r + 1) == markSecond) {
      const last: u32 = load<u8>(r + 2)
      if (last == glossOpen) {
        while (r + 2 < end && !(<u32>load<u8>(r) == markFirst && <u32>load<u8>(r + 2) == glossMiddle)) r++
        r += 3
        continue
      }
      if (last == glossMiddle || last == glossClose) {
        r += 3
        continue
      }
    }
    store<u8>(w++, load<u8>(r++))
  }
  return w - at
}

/** Links in canonical[start…] become their surfaces, line ends become spaces. */
function flatten(start: usize): void {
  const end = canonical.at + canonical.length
  let r = canonical.at + start
  while (r < end && load<u8>(r) >= 0x20) r++
  let w = r
  while (r < end) {
    const byte: u32 = load<u8>(r)
    if (byte == linkOpen) {
      while (r < end && <u32>load<u8>(r) != linkMiddle) r++
      r++
    } else if (byte == linkClose || byte == linkMiddle) r++
    else {
      store<u8>(w++, <u8>(byte == newline ? space : byte))
      r++
    }
  }
  canonical.length = w - canonical.at
}

/** Appends the link: with its target where that is an article, else as plain text. */
function writeLink(from: usize, to: usize, first: i32, count: i32, end: i32, past: i32, isPlain: bool): void {
  const start = canonical.length
  if (!isPlain) {
    linkTitle.length = 0
    writeTitle(linkTitle, name.at + from, name.at + to)
    if (linkTitle.length == 0) isPlain = true
    else {
      canonical.push(linkOpen)
      canonical.append(linkTitle.at, linkTitle.length)
      canonical.push(linkMiddle)
    }
  }
  const surfaceStart = canonical.length
  if (count > 1) {
    // Nested links use `name` as well.
    const keep = keepName(from, to)
    expand(partFrom(first + 1), end - 2)
    restoreName(keep, to - from)
    from = 0
    to = name.length
    flatten(surfaceStart)
  }
  const blank = skipSpaces(canonical.at + surfaceStart, canonical.at + canonical.length)
  if (blank >= canonical.at + canonical.length) {
    canonical.length = surfaceStart
    writeName(from, to, isPlain, count > 1)
  }
  canonical.append(text.at + end, past - end)
  if (!isPlain) canonical.push(linkClose)
}

/** Names of the links around the one at hand, whose surfaces are being expanded. */
const keptNames = new Bytes()

function keepName(from: usize, to: usize): usize {
  const at = keptNames.length
  keptNames.append(name.at + from, to - from)
  return at
}

function restoreName(at: usize, length: usize): void {
  name.length = 0
  name.append(keptNames.at + at, length)
  keptNames.length = at
}

/** A link without text shows its name; `[[A (b)|]]` shows it without what tells it apart. */
function writeName(from: usize, to: usize, isPlain: bool, isPipeTrick: bool): void {
  let at = name.at + from
  let end = name.at + to
  if (isPlain || isPipeTrick) {
    const colonAt = find(colon, at, end)
    if (colonAt < end) at = skipSpaces(colonAt + 1, end)
  }
  if (isPipeTrick) end = withoutQualifier(at, end)
  canonical.ensure((end - at) * 3)
  for (; at < end; at++) {
    const byte: u32 = load<u8>(at)
    if (byte == underscore) canonical.push(space)
    else if (isPlain || byte == apostrophe) pushProtected(byte)
    else canonical.push(byte)
  }
}

/** Without ` (…)` or `, …` at the end. */
function withoutQualifier(at: usize, end: usize): usize {
  const comma = find(0x2c, at, end)
  let cut = comma
  if (end > at && <u32>load<u8>(end - 1) == 0x29) {
    let open = end - 1
    while (open > at && <u32>load<u8>(open) != 0x28) open--
    if (<u32>load<u8>(open) == 0x28) cut = min(open, comma)
  }
  while (cut > at && cut < end && <u32>load<u8>(cut - 1) == space) cut--
  return cut
}

function pushProtected(byte: u32): void {
  const mark = protectionOf(byte)
  if (mark == 0) canonical.push(byte)
  else pushMark(mark)
}

function pushMark(last: u32): void {
  canonical.push(markFirst)
  canonical.push(markSecond)
  canonical.push(last)
}

function hasImageWord(first: i32, count: i32): bool {
  for (let part = first + 1; part < first + count; part++) {
    if (partTo(part) - partFrom(part) <= 40 && optionOf(part) == ImageOption.Word) return true
  }
  return false
}

/** The last part of a file link, where it is no option. */
function readCaption(part: i32): void {
  if (optionOf(part) != ImageOption.None) return
  const start = canonical.length
  expand(partFrom(part), partTo(part))
  plain.length = 0
  flatten(start)
  plainInto(plain, canonical.at + start, canonical.length - start)
  canonical.length = start
  if (plain.length > 0) collect(List.Caption, plain.at, plain.length, 0, 0)
}

/** `[http:`, `[//` and their like. */
function isExternalLink(at: usize): bool {
  const word = load<u32>(at + 1) | 0x20202020
  if (word == 0x70747468) return true
  if (<u32>load<u8>(at + 1) == 0x2f) return <u32>load<u8>(at + 2) == 0x2f
  if ((word & 0xffffff) == 0x707466) return <u32>load<u8>(at + 4) == colon || <u32>load<u8>(at + 5) == colon
  if (word == 0x6c69616d) return true
  if ((word & 0xffffff) == 0x637269 || (word & 0xffffff) == 0x746967) return <u32>load<u8>(at + 4) == colon
  return word == 0x7377656e && <u32>load<u8>(at + 5) == colon
}

/** Offset of the `]` on the same line, or −1. The positions are remembered, so the whole page is searched once. */
function closeOfExternalLink(at: i32, to: i32): i32 {
  const isBefore = at < searchedFrom
  const base = text.at
  const end = base + text.length
  if (isBefore || nextSquare < at) nextSquare = <i32>(find(closeSquare, base + at, end) - base)
  if (isBefore || nextNewline < at) nextNewline = <i32>(find(newline, base + at, end) - base)
  searchedFrom = at
  return nextSquare < nextNewline && nextSquare < to ? nextSquare : -1
}

/** The label of an external link, after its address. */
function externalLink(at: i32, close: i32): void {
  const base = text.at
  for (let i = at + 1; i < close; i++) {
    if (spaceLength(base + i) == 0) continue
    expand(i + 1, close)
    return
  }
}

function readTemplate(from: i32, to: i32): void {
  if (++templateCount > maxTemplates) return
  const first = cutParts(from, to)
  const head = skipSpaces(text.at + partFrom(first), text.at + partTo(first))
  const headEnd = trimEnd(head, text.at + partTo(first))
  writeTemplate(first, head, headEnd)
  dropParts(first)
}

function writeTemplate(first: i32, head: usize, headEnd: usize): void {
  const colonAt = find(colon, head, min(headEnd, head + 200))
  if (colonAt < min(headEnd, head + 200)) {
    const meaning = meaningOf(head, colonAt + 1)
    if (meaning != Template.Prefix) {
      writeFunction(meaning, first, <i32>(colonAt + 1 - text.at))
      return
    }
    head = skipSpaces(colonAt + 1, headEnd)
  } else if (head < headEnd && <u32>load<u8>(head) == 0x23) return
  const length = headEnd - head
  if (length == 0 || length > 400) return
  for (let at = head; at < headEnd; at++) {
    const byte: u32 = load<u8>(at)
    if (byte == openBrace || byte == newline) return
  }
  const meaning = meaningOf(head, headEnd)
  templateMarks |= meaning
  const arguments = first + 1
  switch (meaning & 0xff) {
    case Template.First:
      if (findPositional(arguments, 1)) expandTrimmed(valueFrom, valueTo)
      return
    case Template.Gloss:
      writeGloss(arguments)
      return
    case Template.Handled:
      writeHandled(meaning >> 16, arguments)
      return
    case Template.Hatnote:
    case Template.Caption: {
      const start = canonical.length
      writeHandled(meaning >> 16, arguments)
      collectPlain((meaning & 0xff) == Template.Caption ? List.Caption : List.Hatnote, start)
      return
    }
    case Template.PageName:
      if (partCount() > arguments) return
      for (let i: usize = 0; i < title.length; i++) pushProtected(load<u8>(title.at + i))
      return
    case Template.ShortDescription: {
      if (shortDescription.length > 0 || !findPositional(arguments, 1)) return
      const start = canonical.length
      expandTrimmed(valueFrom, valueTo)
      flatten(start)
      plainInto(shortDescription, canonical.at + start, canonical.length - start)
      canonical.length = start
      return
    }
  }
  if (isInfobox(meaning, arguments)) readInfobox(head, headEnd, arguments)
}

/** Takes what was written since `start` out of the text and into a list. */
function collectPlain(list: List, start: usize): void {
  plain.length = 0
  flatten(start)
  plainInto(plain, canonical.at + start, canonical.length - start)
  canonical.length = start
  if (plain.length > 0) collect(list, plain.at, plain.length, 0, 0)
}

function meaningOf(at: usize, end: usize): i32 {
  const length = end - at
  if (isKnown(Kind.Template, at, length)) return foundValue()
  const meaning = template(at, length)
  learn(Kind.Template, at, length, meaning)
  return meaning
}

/** Appends the text without white space at its ends. */
function expandTrimmed(from: i32, to: i32): void {
  const start = canonical.length
  expand(from, to)
  const end = trimEnd(canonical.at + start, canonical.at + canonical.length)
  const at = skipSpaces(canonical.at + start, end)
  if (at > canonical.at + start) memory.copy(canonical.at + start, at, end - at)
  canonical.length = start + (end - at)
}

/** `{{lang|en|Seoul}}`: the text between marks that say the language. */
function writeGloss(first: i32): void {
  const start = canonical.length
  pushMark(glossOpen)
  if (findPositional(first, 1)) expandTrimmed(valueFrom, valueTo)
  pushMark(glossMiddle)
  const textStart = canonical.length
  if (findPositional(first, 2)) expandTrimmed(valueFrom, valueTo)
  if (canonical.length == textStart) canonical.length = start
  else pushMark(glossClose)
}

function writeHandled(handler: i32, first: i32): void {
  canonical.length += handle(handler, parts.at + <usize>first * 12, partCount() - first)
}

function writeFunction(meaning: i32, first: i32, argument: i32): void {
  switch (meaning & 0xff) {
    case Template.Argument:
      expandTrimmed(argument, partTo(first))
      return
    case Template.If: {
      const start = canonical.length
      expandTrimmed(argument, partTo(first))
      const branch = canonical.length == start ? first + 2 : first + 1
      canonical.length = start
      if (branch < partCount()) expandTrimmed(partFrom(branch), partTo(branch))
      return
    }
    case Template.Particle: {
      const start = canonical.length
      expandTrimmed(argument, partTo(first))
      const length = canonical.length - start
      const tail = min<usize>(length, 160)
      canonical.length += particle(meaning >> 16, canonical.at + canonical.length - tail, tail)
    }
  }
}

function isInfobox(meaning: i32, first: i32): bool {
  if (depth > 3) return false
  let named = 0
  for (let part = first; part < partCount(); part++) if (hasKey(part)) named++
  if (named < 2) return false
  // Any other template that lists facts before the first word of the page is one too ("{{왕|이름=…").
  return (meaning & isInfoboxName) != 0 || (depth == 1 && beforeProse && named >= 4)
}

/** Appends the Avro item of an infobox; those within its values come first. */
function readInfobox(head: usize, headEnd: usize, first: i32): void {
  const headFrom = head - text.at
  const headLength = headEnd - head
  const start = fields.length
  let count: i64 = 0
  const end = partCount()
  for (let part = first; part < end; part++) {
    if (!hasKey(part)) continue
    const keyFrom = keyAt - text.at
    const keyLength = keyEnd - keyAt
    const valueStart = canonical.length
    expand(partEquals(part) + 1, partTo(part))
    plain.length = 0
    plainInto(plain, canonical.at + valueStart, canonical.length - valueStart)
    canonical.length = valueStart
    if (plain.length == 0) continue
    count++
    writeLong(fields, keyLength)
    fields.append(text.at + keyFrom, keyLength)
    writeLong(fields, plain.length)
    fields.append(plain.at, plain.length)
  }
  writeLong(infoboxes, headLength)
  const nameStart = infoboxes.length
  infoboxes.append(text.at + headFrom, headLength)
  for (let i = nameStart; i < infoboxes.length; i++) {
    if (<u32>load<u8>(infoboxes.at + i) == underscore) store<u8>(infoboxes.at + i, <u8>space)
  }
  if (count > 0) {
    writeLong(infoboxes, count)
    infoboxes.append(fields.at + start, fields.length - start)
  }
  infoboxes.push(0)
  fields.length = start
  infoboxCount++
}
