/** Text of a wiki that is shown in several scripts or variants: the rules of ../../../wikitext/conversion.ts. */
import { closeBrace, colon, find, hyphen, isAsciiLetter, isSpace, pipe } from './characters'
import { text } from './tags'

/** True where the wiki shows one text in several scripts or variants. */
export let converts: bool = false
export let conversionFrom: i32 = 0
export let conversionTo: i32 = 0

export function setConversion(value: bool): void {
  converts = value
}

/** `-{flags|code:text;code:text}-` from just past `-{`: what it shows, and the offset past it, or 0. See conversion.ts. */
export function findConversion(from: i32, to: i32): i32 {
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
