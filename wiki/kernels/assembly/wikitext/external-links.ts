/** `[address label]`: the label is prose, the address is not. */
import { closeSquare, colon, find, newline, spaceLength } from './characters'
import { expand } from './expand'
import { text } from './tags'

/** The next `]` and line end at or after `searchedFrom`. */
let nextSquare: i32 = -1
let nextNewline: i32 = -1
let searchedFrom: i32 = 0

export function beginExternalLinks(): void {
  nextSquare = nextNewline = -1
  searchedFrom = 0
}

/** `[http:`, `[//` and their like. */
export function isExternalLink(at: usize): bool {
  const word = load<u32>(at + 1) | 0x20202020
  if (word == 0x70747468) return true
  if (<u32>load<u8>(at + 1) == 0x2f) return <u32>load<u8>(at + 2) == 0x2f
  if ((word & 0xffffff) == 0x707466) return <u32>load<u8>(at + 4) == colon || <u32>load<u8>(at + 5) == colon
  if (word == 0x6c69616d) return true
  if ((word & 0xffffff) == 0x637269 || (word & 0xffffff) == 0x746967) return <u32>load<u8>(at + 4) == colon
  return word == 0x7377656e && <u32>load<u8>(at + 5) == colon
}

/** Offset of the `]` on the same line, or −1. The positions are remembered, so the whole page is searched once. */
export function closeOfExternalLink(at: i32, to: i32): i32 {
  const isBefore = at < searchedFrom
  const base = text.at
  const end = base + text.length
  if (isBefore || nextSquare < at) nextSquare = <i32>(find(closeSquare, base + at, end) - base)
  if (isBefore || nextNewline < at) nextNewline = <i32>(find(newline, base + at, end) - base)
  searchedFrom = at
  return nextSquare < nextNewline && nextSquare < to ? nextSquare : -1
}

/** The label of an external link, after its address. */
export function externalLink(at: i32, close: i32): void {
  const base = text.at
  for (let i = at + 1; i < close; i++) {
    if (spaceLength(base + i) == 0) continue
    expand(i + 1, close)
    return
  }
}
