/** Canonical wikitext as it is written: what links, templates and prose append to, and take back. */
import { Bytes } from './memory'
import { linkClose, linkMiddle, linkOpen, markFirst, markSecond, newline, protectionOf, space } from './characters'
import { collect, List } from './collected'
import { plainInto } from './lines'

/** Canonical wikitext. */
export const canonical = new Bytes()
/** What was just expanded, as plain text. */
export const plain = new Bytes()

/** Links in canonical[start…] become their surfaces, line ends become spaces. */
export function flatten(start: usize): void {
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

export function pushProtected(byte: u32): void {
  const mark = protectionOf(byte)
  if (mark == 0) canonical.push(byte)
  else pushMark(mark)
}

export function pushMark(last: u32): void {
  canonical.push(markFirst)
  canonical.push(markSecond)
  canonical.push(last)
}

/** Takes what was written since `start` out of the text and into a list. */
export function collectPlain(list: List, start: usize): void {
  plain.length = 0
  flatten(start)
  plainInto(plain, canonical.at + start, canonical.length - start)
  canonical.length = start
  if (plain.length > 0) collect(list, plain.at, plain.length, 0, 0)
}
