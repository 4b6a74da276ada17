/** Round brackets that lost what was in them, or their partner, are mended, in place. */
import { closeRound, isSpace, openRound, pipe } from './characters'
import { noteSeparator, noteSpacedMark } from './tidy'

/** （ or ） at `at`. */
@inline
export function isWideRound(at: usize): bool {
  if (load<u8>(at) != 0xef || load<u8>(at + 1) != 0xbc) return false
  const last: u32 = load<u8>(at + 2)
  return last == 0x88 || last == 0x89
}

/** Bytes of what may stand in a bracket without making it one with content: space and `,;:·/、，；|`. */
function fillerLength(at: usize): usize {
  const byte: u32 = load<u8>(at)
  if (byte < 0x80) {
    return isSpace(byte) || byte == 0x2c || byte == 0x3b || byte == 0x3a || byte == 0x2f || byte == pipe ? 1 : 0
  }
  if (byte == 0xc2) return load<u8>(at + 1) == 0xb7 ? 2 : 0
  const rest = load<u16>(at + 1)
  if (byte == 0xe3) return rest == 0x8180 ? 3 : 0
  if (byte == 0xef) return rest == 0x8cbc || rest == 0x9bbc ? 3 : 0
  return 0
}

/** Bytes of the filler that ends at `at`. */
function fillerBefore(at: usize, from: usize): usize {
  if (at - from >= 1 && load<u8>(at - 1) < 0x80) return fillerLength(at - 1)
  if (at - from >= 2 && fillerLength(at - 2) == 2) return 2
  if (at - from >= 3 && fillerLength(at - 3) == 3) return 3
  return 0
}

const deepest: i32 = 64
/** Offsets past the open brackets at hand; negative where a bracket with content lies inside. */
const opens = memory.data(64 * 4)

/** The next byte of `()`, or the first of their wide forms. */
@inline
function nextRound(at: usize, end: usize): usize {
  while (at + 16 <= end) {
    const bytes = v128.load(at)
    // ( 28 and ) 29 differ in bit 0 only.
    const round = i8x16.eq(v128.and(bytes, i8x16.splat(<i8>0xfe)), i8x16.splat(0x28))
    const mask = i8x16.bitmask(v128.or(round, i8x16.eq(bytes, i8x16.splat(<i8>0xef))))
    if (mask != 0) return at + ctz(mask)
    at += 16
  }
  while (at < end) {
    const byte: u32 = load<u8>(at)
    if (byte == openRound || byte == closeRound || byte == 0xef) break
    at++
  }
  return at
}

/**
 * Brackets without content go, also where all they hold are such; in the innermost ones filler at the ends goes. Where
 * a bracket went, or one of the others has filler, the steps that follow are wanted.
 */
export function mendBrackets(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  let depth = 0
  while (r < end) {
    const next = nextRound(r, end)
    if (next > r) {
      if (w != r) memory.copy(w, r, next - r)
      w += next - r
      r = next
      continue
    }
    const byte: u32 = load<u8>(r)
    const isWide = byte == 0xef && isWideRound(r)
    if (byte == 0xef && !isWide) {
      store<u8>(w, <u8>byte)
      w++
      r++
      continue
    }
    const size: usize = isWide ? 3 : 1
    const opensHere = isWide ? load<u8>(r + 2) == 0x88 : byte == openRound
    if (opensHere) {
      memory.copy(w, r, size)
      w += size
      r += size
      if (depth < deepest) store<i32>(opens + (<usize>depth << 2), <i32>(w - at))
      depth++
      continue
    }
    if (depth > 0) depth--
    else {
      memory.copy(w, r, size)
      w += size
      r += size
      continue
    }
    const open = depth < deepest ? load<i32>(opens + (<usize>depth << 2)) : -1
    if (open >= 0) {
      const content = at + open
      while (w > content) {
        const filler = fillerBefore(w, content)
        if (filler == 0) break
        w -= filler
      }
      if (w == content) {
        // The open bracket goes too; those around stay what they were.
        noteSeparator()
        w -= load<u8>(w - 1) == openRound ? 1 : 3
        r += size
        continue
      }
      let start = content
      while (start < w) {
        const filler = fillerLength(start)
        if (filler == 0) break
        start += filler
      }
      if (start > content) {
        memory.copy(content, start, w - start)
        w -= start - content
      }
    }
    else noteSpacedMark()
    for (let i = 0; i < depth && i < deepest; i++) store<i32>(opens + (<usize>i << 2), -1)
    memory.copy(w, r, size)
    w += size
    r += size
  }
  return w - at
}
