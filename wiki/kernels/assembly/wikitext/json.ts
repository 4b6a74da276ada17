/**
 * An article's Avro encoding as one JSON object (RFC 8259), without a detour over objects: schemas/Article.avsc read
 * field by field. Fields that are not wanted are passed over.
 */
import { Bytes } from './memory'
import { number } from './imports'

export const json = new Bytes()

let p: usize = 0
/** False while a field that is not wanted is passed over. */
let isWanted: bool = false
let isFirst: bool = true

/** The fields of an article in the order of the schema, then names within them. */
const names =
  'wiki language pageId revisionId timestamp title kind redirect lead sections links boldNames glosses infoboxes ' +
  'categories languageLinks references textBytes namespace shortDescription hatnotes captions coordinates ' +
  'target section heading level text surface count name fields latitude longitude templates'
const enum Name {
  Language = 1,
  Title = 5,
  Target = 23,
  Section,
  Heading,
  Level,
  Text,
  Surface,
  Count,
  Name,
  Fields,
  Latitude,
  Longitude,
  Templates,
}
const kinds = 'article redirect disambiguation list stub'

/** The names as `"name":`, and where each begins; the kinds as `"kind"`. */
const nameBytes = heap.alloc(1024)
const nameEnds = heap.alloc(64 * 4)
const kindBytes = heap.alloc(128)
const kindEnds = heap.alloc(16 * 4)

function quoteWords(words: string, out: usize, ends: usize, suffix: string): void {
  let at = out
  let index: usize = 0
  store<u8>(at++, 0x22)
  for (let i = 0; i <= words.length; i++) {
    const code = i < words.length ? words.charCodeAt(i) : 0x20
    if (code != 0x20) {
      store<u8>(at++, <u8>code)
      continue
    }
    store<u8>(at++, 0x22)
    for (let k = 0; k < suffix.length; k++) store<u8>(at++, <u8>suffix.charCodeAt(k))
    store<u32>(ends + (index++ << 2), <u32>(at - out))
    if (i < words.length) store<u8>(at++, 0x22)
  }
}
quoteWords(names, nameBytes, nameEnds, ':')
quoteWords(kinds, kindBytes, kindEnds, '')

function pushWord(out: usize, ends: usize, index: usize): void {
  const from = index == 0 ? <u32>0 : load<u32>(ends + ((index - 1) << 2))
  json.append(out + from, load<u32>(ends + (index << 2)) - from)
}

/** Writes the article at `at`; bit k of `fields` asks for field k. */
export function writeJson(at: usize, length: usize, fields: u32): void {
  json.begin(length + (length >> 2) + 1024)
  p = at
  isFirst = true
  json.push(0x7b)
  for (let field: u32 = 0; field < 23; field++) {
    isWanted = ((fields >> field) & 1) != 0
    if (isWanted) startMember(field)
    writeField(field)
  }
  json.push(0x7d)
  json.push(0x0a)
}

function startMember(name: u32): void {
  if (!isWanted) return
  if (!isFirst) json.push(0x2c)
  isFirst = false
  pushWord(nameBytes, nameEnds, name)
}

function writeField(field: u32): void {
  switch (field) {
    case 2:
    case 3:
    case 16:
    case 17:
    case 18:
      writeNumber()
      return
    case 6: {
      const kind = readLong()
      if (isWanted) pushWord(kindBytes, kindEnds, <usize>kind)
      return
    }
    case 7:
      writeRedirect()
      return
    case 9:
      writeArray(Item.Section)
      return
    case 10:
      writeArray(Item.Link)
      return
    case 11:
    case 14:
    case 20:
    case 21:
      writeArray(Item.Text)
      return
    case 12:
      writeArray(Item.Gloss)
      return
    case 15:
      writeArray(Item.LanguageLink)
      return
    case 13:
      writeArray(Item.Infobox)
      return
    case 22:
      writeCoordinates()
      return
    default:
      writeString()
  }
}

/** Avro's long, see varint.ts. */
function readLong(): i64 {
  let value: u64 = 0
  let shift: u64 = 0
  while (true) {
    const byte: u64 = load<u8>(p++)
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) break
    shift += 7
  }
  return <i64>(value >> 1) ^ -<i64>(value & 1)
}

const digits = memory.data(24)

function writeNumber(): void {
  let value = readLong()
  if (!isWanted) return
  if (value < 0) {
    json.push(0x2d)
    value = -value
  }
  let at: usize = 24
  do {
    store<u8>(digits + --at, <u8>(0x30 + value % 10))
    value /= 10
  } while (value > 0)
  json.append(digits + at, 24 - at)
}

function writeString(): void {
  const length = <usize>readLong()
  const from = p
  p += length
  if (isWanted) escape(from, p)
}

/** Appends a JSON string; what is not ASCII stays as it is. */
function escape(from: usize, to: usize): void {
  json.ensure((to - from) * 2 + 2)
  json.push(0x22)
  while (from < to) {
    let w = json.at + json.length
    while (from + 16 <= to) {
      const bytes = v128.load(from)
      const special = v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      )
      const mask = i8x16.bitmask(special)
      v128.store(w, bytes)
      if (mask != 0) {
        from += ctz(mask)
        w += ctz(mask)
        break
      }
      from += 16
      w += 16
    }
    json.length = w - json.at
    if (from >= to) break
    pushEscaped(load<u8>(from))
    from++
    json.ensure((to - from) * 2 + 32)
  }
  json.push(0x22)
}

function pushEscaped(byte: u32): void {
  if (byte == 0x22 || byte == 0x5c) {
    json.push(0x5c)
    json.push(byte)
  } else if (byte == 0x0a) {
    json.push(0x5c)
    json.push(0x6e)
  } else if (byte == 0x09) {
    json.push(0x5c)
    json.push(0x74)
  } else if (byte < 0x20) {
    json.push(0x5c)
    json.push(0x75)
    json.push(0x30)
    json.push(0x30)
    json.push(0x30 + (byte >> 4))
    json.push((byte & 15) < 10 ? 0x30 + (byte & 15) : 0x57 + (byte & 15))
  } else json.push(byte)
}

function writeNull(): void {
  if (!isWanted) return
  json.push(0x6e)
  json.push(0x75)
  json.push(0x6c)
  json.push(0x6c)
}

@inline
function punctuate(byte: u32): void {
  if (isWanted) json.push(byte)
}

function writeRedirect(): void {
  if (readLong() == 0) {
    writeNull()
    return
  }
  openRecord()
  writeMember(Name.Target)
  startMember(Name.Section)
  if (readLong() == 0) writeNull()
  else writeString()
  startMember(Name.Templates)
  writeArray(Item.Text)
  closeRecord()
}

function openRecord(): void {
  punctuate(0x7b)
  isFirst = true
}

function closeRecord(): void {
  punctuate(0x7d)
  isFirst = false
}

/** What arrays and maps consist of. */
const enum Item {
  Text,
  Pair,
  Gloss,
  LanguageLink,
  Infobox,
  Section,
  Link,
}

function writeArray(item: Item): void {
  punctuate(0x5b)
  writeItems(item)
  punctuate(0x5d)
}

/** The items of Avro's array or map: blocks that begin with their count, up to one of none. */
function writeItems(item: Item): void {
  let isNext = false
  for (let count = readLong(); count > 0; count = readLong()) {
    for (; count > 0; count--) {
      if (isNext) punctuate(0x2c)
      isNext = true
      writeItem(item)
    }
  }
}

function writeItem(item: Item): void {
  if (item == Item.Text) writeString()
  else if (item == Item.Pair) {
    writeString()
    punctuate(0x3a)
    writeString()
  } else {
    openRecord()
    writeRecord(item)
    closeRecord()
  }
}

function writeRecord(item: Item): void {
  switch (item) {
    case Item.Gloss:
      writeMember(Name.Language)
      writeMember(Name.Text)
      return
    case Item.LanguageLink:
      writeMember(Name.Language)
      writeMember(Name.Title)
      return
    case Item.Infobox:
      writeMember(Name.Name)
      startMember(Name.Fields)
      punctuate(0x7b)
      writeItems(Item.Pair)
      punctuate(0x7d)
      return
    case Item.Section:
      writeMember(Name.Heading)
      startMember(Name.Level)
      writeNumber()
      writeMember(Name.Text)
      return
    default:
      writeMember(Name.Target)
      writeMember(Name.Surface)
      startMember(Name.Count)
      writeNumber()
  }
}

/** A member that is a string. */
function writeMember(name: Name): void {
  startMember(name)
  writeString()
}

function writeCoordinates(): void {
  if (readLong() == 0) {
    writeNull()
    return
  }
  openRecord()
  startMember(Name.Latitude)
  writeDouble()
  startMember(Name.Longitude)
  writeDouble()
  closeRecord()
}

function writeDouble(): void {
  const value = load<f64>(p)
  p += 8
  if (!isWanted) return
  json.ensure(32)
  json.length += number(value, json.at + json.length)
}
