/**
 * The texts of rows, put one behind the other in segments of about a kilobyte, those that are ASCII apart from others: the
 * host makes one string of a segment and cuts the texts out of it, which is several times quicker than a string each.
 * A text is: number of its segment << `placeBits` | its place there; its length, or -1 for NULL; both in UTF-16 code units.
 * A segment is: its address, its bytes, 1 where it is not ASCII.
 */
import { backslash, escaped, quote, wide } from './fields'
import { reach, segmentEntryBytes, segments, slack, textBytes, texts } from './memory'

/** Small, as a string that is kept keeps its whole segment. */
const segmentBytes: usize = 1024
const placeBits: u32 = 11

/** A segment that texts are added to. */
@unmanaged
class Open {
  number: u32
  at: usize
  bytes: usize
  units: u32
}

const narrow = new Open()
const broad = new Open()
let segmentCount: u32 = 0
let top: usize = 0
let unitsRead: u32 = 0

/** Forgets all texts; new ones lie from `at` on. */
export function clearTexts(at: usize): void {
  segmentCount = 0
  top = at
  narrow.bytes = segmentBytes + 1
  broad.bytes = segmentBytes + 1
}

export function putNull(text: u32): void {
  store<i32>(texts + <usize>text * textBytes, -1, 4)
}

/** False where the bytes from `from` to `to` are no UTF-8. */
export function putText(text: u32, from: usize, to: usize, kind: u32): bool {
  const isWide = (kind & wide) != 0
  const segment = isWide ? broad : narrow
  const most = to - from
  if (segment.bytes + most > segmentBytes) openSegment(segment, max(most, segmentBytes), isWide)
  const at = segment.at + segment.bytes
  const length = kind & escaped ? unescape(at, from, to) : copy(at, from, to)
  if (isWide && !readUtf8(at, at + length)) return false
  const units = isWide ? unitsRead : <u32>length
  const entry = texts + <usize>text * textBytes
  store<u32>(entry, (segment.number << placeBits) | segment.units)
  store<u32>(entry, units, 4)
  segment.bytes += length
  segment.units += units
  store<u32>(segments + <usize>segment.number * segmentEntryBytes, <u32>segment.bytes, 4)
  return true
}

function openSegment(segment: Open, capacity: usize, isWide: bool): void {
  segment.number = segmentCount++
  segment.at = top
  segment.bytes = 0
  segment.units = 0
  top += capacity + slack
  reach(top)
  const entry = segments + <usize>segment.number * segmentEntryBytes
  store<u32>(entry, <u32>segment.at)
  store<u32>(entry, 0, 4)
  store<u32>(entry, isWide ? 1 : 0, 8)
}

@inline
function copy(at: usize, from: usize, to: usize): usize {
  for (let offset: usize = 0; from + offset < to; offset += 16) v128.store(at + offset, v128.load(from + offset))
  return to - from
}

/** mysqldump's escapes; any other escaped byte stands for itself. Returns the length. */
function unescape(at: usize, from: usize, to: usize): usize {
  let out = at
  while (from < to) {
    let byte = load<u8>(from++)
    if (byte == backslash && from < to) byte = meaningOf(load<u8>(from++))
    else if (byte == quote) from++
    store<u8>(out++, byte)
  }
  return out - at
}

function meaningOf(byte: u8): u8 {
  switch (byte) {
    case 0x30:
      return 0x00
    case 0x62:
      return 0x08
    case 0x6e:
      return 0x0a
    case 0x72:
      return 0x0d
    case 0x74:
      return 0x09
    case 0x5a:
      return 0x1a
    default:
      return byte
  }
}

/** Counts UTF-16 code units. False where the bytes are not well-formed (The Unicode Standard 16.0, table 3-7). */
function readUtf8(at: usize, end: usize): bool {
  let units: u32 = 0
  while (at < end) {
    const first = <u32>load<u8>(at)
    units++
    if (first < 0x80) {
      at++
      continue
    }
    const length: usize = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    if (first < 0xc2 || first > 0xf4 || at + length > end) return false
    const second = <u32>load<u8>(at, 1)
    let lowest: u32 = 0x80
    let highest: u32 = 0xbf
    if (first == 0xe0) lowest = 0xa0
    else if (first == 0xed) highest = 0x9f
    else if (first == 0xf0) lowest = 0x90
    else if (first == 0xf4) highest = 0x8f
    if (second < lowest || second > highest) return false
    if (length > 2 && (load<u8>(at, 2) & 0xc0) != 0x80) return false
    if (length > 3) {
      if ((load<u8>(at, 3) & 0xc0) != 0x80) return false
      units++
    }
    at += length
  }
  unitsRead = units
  return true
}
