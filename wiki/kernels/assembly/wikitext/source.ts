/**
 * The head of a page of export XML (schemas 0.8 to 0.11, https://www.mediawiki.org/xml/) and its source text,
 * unescaped. Whatever is not as MediaWiki writes it is left to the careful reader outside.
 */
import { Bytes } from './memory'
import { find, isDigit, isSpace, markFirst, markSecond, matches, newline, space, tab } from './characters'

export const title = new Bytes()
export const redirectTitle = new Bytes()
export const timestamp = new Bytes()
/** The wikitext of the last revision. */
export const source = new Bytes()

export let pageId: i64 = 0
export let revisionId: i64 = 0
export let namespace: i32 = 0
export let textBytes: i64 = -1
export let hasRedirect: bool = false
export let isWikitext: bool = true
/** True where the source may hold characters that Unicode would compose. */
export let mayCompose: bool = false

let textAt: usize = 0
let textEnd: usize = 0

let p: usize = 0
let end: usize = 0
let nameAt: usize = 0
let nameLength: usize = 0
let attributesAt: usize = 0
let attributesEnd: usize = 0
let isEmptyElement: bool = false
let isClosing: bool = false

/** Reads a page `<page>…</page>`; false where it is not as expected. The text itself is read by `readSource`. */
export function readPage(at: usize, length: usize): bool {
  p = at
  end = at + length
  pageId = revisionId = -1
  namespace = 0
  textBytes = -1
  hasRedirect = mayCompose = false
  isWikitext = true
  textAt = textEnd = 0
  title.begin(512)
  redirectTitle.begin(512)
  timestamp.begin(64)
  if (!nextTag() || isClosing || isEmptyElement || !isNamed('page')) return false
  while (true) {
    if (!nextTag()) return false
    if (isClosing) break
    if (isNamed('revision')) {
      if (isEmptyElement || !readRevision()) return false
    } else if (isNamed('redirect')) {
      hasRedirect = true
      redirectTitle.length = 0
      if (!isEmptyElement || !readAttribute('title') || !unescapeInto(redirectTitle, valueAt, valueEnd)) return false
    } else if (isNamed('title')) {
      if (!leaf() || !unescapeInto(title, valueAt, valueEnd)) return false
    } else if (isNamed('ns')) {
      if (!leaf() || !readNumber()) return false
      namespace = <i32>number
    } else if (isNamed('id')) {
      if (!leaf() || !readNumber()) return false
      pageId = number
    } else if (isNamed('restrictions')) {
      if (!isEmptyElement && !leaf()) return false
    } else return false
  }
  if (!isNamed('page') || mayCompose) return false
  return p == end && pageId >= 0 && revisionId >= 0 && title.length > 0 && timestamp.length > 0
}

function readRevision(): bool {
  let inContributor = false
  textAt = textEnd = 0
  textBytes = -1
  isWikitext = true
  timestamp.length = 0
  while (true) {
    if (!nextTag()) return false
    if (isClosing) {
      if (inContributor) {
        if (!isNamed('contributor')) return false
        inContributor = false
        continue
      }
      return isNamed('revision')
    }
    if (isNamed('contributor')) {
      inContributor = !isEmptyElement
    } else if (isNamed('text')) {
      if (inContributor || !readText()) return false
    } else if (isNamed('id')) {
      if (!leaf() || !readNumber()) return false
      if (!inContributor) revisionId = number
    } else if (isNamed('timestamp')) {
      if (!leaf()) return false
      timestamp.append(valueAt, valueEnd - valueAt)
    } else if (isNamed('model')) {
      if (!leaf()) return false
      isWikitext = matches(valueAt, valueEnd - valueAt, 'wikitext')
    } else if (!isEmptyElement && !leaf()) return false
  }
}

function readText(): bool {
  if (readAttribute('bytes')) {
    if (!readNumber()) return false
    textBytes = number
  }
  if (isEmptyElement) return true
  if (!leaf()) return false
  textAt = valueAt
  textEnd = valueEnd
  return true
}

/** The source text, unescaped; false where it is no UTF-8 or no XML. */
export function readSource(): bool {
  source.begin(textEnd - textAt + 64)
  if (!unescapeInto(source, textAt, textEnd)) return false
  if (textBytes < 0) textBytes = source.length
  return true
}

/** Reads the tag at the next `<`, over white space only. */
function nextTag(): bool {
  while (p < end && isSpace(load<u8>(p))) p++
  if (p >= end || load<u8>(p) != 0x3c) return false
  p++
  isClosing = load<u8>(p) == 0x2f
  if (isClosing) p++
  nameAt = p
  while (p < end && (<u32>(load<u8>(p) | 0x20) - 0x61 < 26 || isDigit(load<u8>(p)))) p++
  nameLength = p - nameAt
  attributesAt = p
  // A `>` inside of an attribute is escaped in what MediaWiki writes.
  p = find(0x3e, p, end)
  if (p >= end || nameLength == 0) return false
  isEmptyElement = load<u8>(p - 1) == 0x2f
  attributesEnd = isEmptyElement ? p - 1 : p
  p++
  return true
}

@inline
function isNamed(name: string): bool {
  return matches(nameAt, nameLength, name)
}

let valueAt: usize = 0
let valueEnd: usize = 0

/** The content of an element that holds text only; its closing tag is read too. */
function leaf(): bool {
  if (isEmptyElement) return false
  const openAt = nameAt
  const openLength = nameLength
  valueAt = p
  p = valueEnd = find(0x3c, p, end)
  const keepAt = valueAt
  const keepEnd = valueEnd
  if (!nextTag() || !isClosing || nameLength != openLength) return false
  valueAt = keepAt
  valueEnd = keepEnd
  nameAt = openAt
  isClosing = false
  return true
}

/** Finds `name="…"` among the attributes of the tag. */
function readAttribute(name: string): bool {
  let at = attributesAt
  while (at < attributesEnd) {
    while (at < attributesEnd && isSpace(load<u8>(at))) at++
    const from = at
    at = find(0x3d, at, attributesEnd)
    if (at >= attributesEnd || load<u8>(at + 1) != 0x22) return false
    valueAt = at + 2
    valueEnd = find(0x22, valueAt, attributesEnd)
    if (valueEnd >= attributesEnd) return false
    if (matches(from, at - from, name)) return true
    at = valueEnd + 1
  }
  return false
}

let number: i64 = 0

function readNumber(): bool {
  number = 0
  let at = valueAt
  const isNegative = at < valueEnd && load<u8>(at) == 0x2d
  if (isNegative) at++
  if (at == valueEnd || valueEnd - at > 15) return false
  for (; at < valueEnd; at++) {
    const digit: u32 = <u32>load<u8>(at) - 0x30
    if (digit > 9) return false
    number = number * 10 + digit
  }
  if (isNegative) number = -number
  return true
}

/**
 * Appends XML text with its five entities replaced; noncharacters that serve as marks and control characters are left
 * out. False for other entities (the careful reader knows more) and for what is no UTF-8 (RFC 3629).
 */
function unescapeInto(out: Bytes, from: usize, to: usize): bool {
  out.ensure(to - from)
  let w = out.at + out.length
  while (from < to) {
    while (from + 16 <= to) {
      const bytes = v128.load(from)
      const isControl = v128.andnot(i8x16.lt_s(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x0a)))
      const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(0x26)), isControl))
      v128.store(w, bytes)
      if (mask != 0) {
        const plain = ctz(mask)
        from += plain
        w += plain
        break
      }
      from += 16
      w += 16
    }
    if (from >= to) break
    const byte: u32 = load<u8>(from)
    if (byte < 0x80) {
      if (byte == 0x26) {
        const length = entityLength(from, to)
        if (length == 0) return false
        store<u8>(w++, <u8>entity)
        from += length
      } else if (byte >= space || byte == newline || byte == tab) {
        store<u8>(w++, <u8>byte)
        from++
      } else if (byte == 0x0d) {
        // A line ends the same whatever system it was written on.
        if (from + 1 >= to || load<u8>(from + 1) != newline) store<u8>(w++, <u8>newline)
        from++
      } else from++
    } else {
      const length = sequenceLength(from, to)
      if (length == 0) return false
      if (byte == markFirst && load<u8>(from + 1) == markSecond && <u32>load<u8>(from + 2) - 0x90 < 0x20) {
        from += 3
        continue
      }
      store<u32>(w, load<u32>(from))
      w += length
      from += length
    }
  }
  out.length = w - out.at
  return true
}

let entity: u32 = 0

/** Length of the XML entity at `at`, its character in `entity`; 0 where it is none of the five. */
function entityLength(at: usize, to: usize): usize {
  const word = load<u32>(at + 1)
  let length: usize = 0
  if ((word & 0xffffff) == 0x3b746c) {
    entity = 0x3c
    length = 4
  } else if ((word & 0xffffff) == 0x3b7467) {
    entity = 0x3e
    length = 4
  } else if (word == 0x3b706d61) {
    entity = 0x26
    length = 5
  } else if (word == 0x746f7571 && load<u8>(at + 5) == 0x3b) {
    entity = 0x22
    length = 6
  } else if (word == 0x736f7061 && load<u8>(at + 5) == 0x3b) {
    entity = 0x27
    length = 6
  } else if (word == 0x39333023 && load<u8>(at + 5) == 0x3b) {
    entity = 0x27
    length = 6
  }
  return at + length <= to ? length : 0
}

/** Length of the UTF-8 sequence at `at`, 2 to 4; 0 where it is malformed. Notes characters that may compose. */
@inline
function sequenceLength(at: usize, to: usize): usize {
  const byte: u32 = load<u8>(at)
  const second: u32 = load<u8>(at + 1)
  if ((second & 0xc0) != 0x80) return 0
  if (byte < 0xe0) {
    // U+0300…036F compose with what stands before them.
    if (byte == 0xcc || (byte == 0xcd && second <= 0xaf)) mayCompose = true
    return byte >= 0xc2 && at + 2 <= to ? 2 : 0
  }
  const third: u32 = load<u8>(at + 2)
  if ((third & 0xc0) != 0x80) return 0
  if (byte < 0xf0) {
    if (byte == 0xe0 && second < 0xa0) return 0
    if (byte == 0xed && second >= 0xa0) return 0
    // Hangul jamo, and the voicing marks of kana.
    if (byte == 0xe1 && second >= 0x84 && second <= 0x87) mayCompose = true
    if (byte == 0xe3 && second == 0x82 && (third == 0x99 || third == 0x9a)) mayCompose = true
    return at + 3 <= to ? 3 : 0
  }
  if (byte > 0xf4 || (load<u8>(at + 3) & 0xc0) != 0x80) return 0
  if ((byte == 0xf0 && second < 0x90) || (byte == 0xf4 && second >= 0x90)) return 0
  return at + 4 <= to ? 4 : 0
}

/** For a page that was read outside: the strings are already in `title`, `redirectTitle`, `timestamp` and `source`. */
export function setPage(id: i64, revision: i64, pageNamespace: i32, bytes: i64, redirects: bool): void {
  pageId = id
  revisionId = revision
  namespace = pageNamespace
  textBytes = bytes
  hasRedirect = redirects
  isWikitext = true
  mayCompose = false
}
