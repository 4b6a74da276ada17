/** `[[…]]`: links to articles, files with captions, categories, links to other languages. */
import { Bytes } from './memory'
import {
  apostrophe, colon, find, glossClose, glossMiddle, glossOpen, linkClose, linkMiddle, linkOpen, lower, markFirst,
  markSecond, skipSpaces, space, trimEnd, underscore,
} from './characters'
import { canonical, collectPlain, flatten, pushProtected } from './canonical'
import { collect, List } from './collected'
import { beginProse, expand } from './expand'
import { imageOption, prefix } from './imports'
import { foundValue, isKnown, Kind, learn } from './names'
import { cutParts, dropParts, partCount, partEquals, partFrom, partTo } from './parts'
import { unprotect } from './protection'
import { text } from './tags'
import { ImageOption, namespaceBase, Prefix } from './templates'
import { appendSpaced, writeTitle } from './titles'

/** Target of the link at hand: as written, then as a title. */
const name = new Bytes()
const linkTitle = new Bytes()

/** The meaning of a link prefix, see templates.ts. */
export function prefixOf(from: usize, to: usize): i32 {
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

export function readLink(at: i32, end: i32, limit: i32): i32 {
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
  beginProse()
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

export function beginLinks(): void {
  name.begin(512)
  linkTitle.begin(512)
  keptNames.begin(1024)
}

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
  collectPlain(List.Caption, start)
}
