/** Separators in a row, and spaces before marks of punctuation, go, in place. */
import { closeRound, isSpace, openRound, space } from './characters'
import { isWideRound } from './rounds'
import { kinds } from './tidy'

/** ，；、, `,` and `;` are 3, 3, 3, 1 and 1 bytes; here those of the rule: `,` `;` `、`. */
@inline
function separatorLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte == 0x2c || byte == 0x3b) return 1
  return byte == 0xe3 && load<u16>(at + 1) == 0x8180 ? 3 : 0
}

/** Of separators in a row, with spaces between, the first stays. */
export function dropDoubleSeparators(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    const separator = separatorLength(r)
    if (separator == 0) {
      store<u8>(w, load<u8>(r))
      w++
      r++
      continue
    }
    memory.copy(w, r, separator)
    w += separator
    r += separator
    while (true) {
      let next = r
      while (next < end && <u32>load<u8>(next) == space) next++
      const further = next < end ? separatorLength(next) : 0
      if (further == 0) break
      r = next + further
    }
  }
  return w - at
}

/** Bytes of a mark that no space precedes where white space or the end follows: `,.;:!?)]）」』》〉”`. */
export function markLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte < 0x80) return load<u8>(kinds + byte) & 1 ? 1 : 0
  const rest = load<u16>(at + 1)
  if (byte == 0xef) return rest == 0x89bc ? 3 : 0
  if (byte == 0xe3) return rest == 0x8d80 || rest == 0x8f80 || rest == 0x8b80 || rest == 0x8980 ? 3 : 0
  if (byte == 0xe2) return rest == 0x9d80 ? 3 : 0
  return 0
}

/** Spaces before closing marks, and spaces and separators at the inner side of round brackets, go. */
export function dropSpacesAtMarks(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  let afterOpen = false
  while (r < end) {
    const byte: u32 = load<u8>(r)
    const isInner = byte == space || byte == 0x2c || byte == 0x3b
    if (isInner) {
      // [ ,;]+ before a closing bracket, or after an opening one.
      let next = r
      while (next < end) {
        const other: u32 = load<u8>(next)
        if (other != space && other != 0x2c && other != 0x3b) break
        next++
      }
      const closes = next < end && (<u32>load<u8>(next) == closeRound || (isWideRound(next) && load<u8>(next + 2) == 0x89))
      if (closes || afterOpen) {
        r = next
        afterOpen = false
        continue
      }
      if (byte == space) {
        const mark = r + 1 < end ? markLength(r + 1) : 0
        const isLast = mark > 0 && (r + 1 + mark >= end || isSpace(load<u8>(r + 1 + mark)))
        const isDouble = w > at && <u32>load<u8>(w - 1) == space
        if (!isLast && !isDouble) {
          store<u8>(w, <u8>space)
          w++
        }
        r++
        continue
      }
    }
    afterOpen = false
    if (byte == openRound) afterOpen = true
    else if (byte == 0xef && isWideRound(r) && load<u8>(r + 2) == 0x88) {
      memory.copy(w, r, 3)
      w += 3
      r += 3
      afterOpen = true
      continue
    }
    store<u8>(w, <u8>byte)
    w++
    r++
  }
  return w - at
}
