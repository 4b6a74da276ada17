/** Characters that the source says are no markup become themselves again, in place. */
import { find, firstMark, markFirst, markSecond, originalOf } from './characters'

/** Protected characters are themselves again, other marks go. */
export function unprotect(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    const next = find(markFirst, r, end)
    if (next > r) {
      if (w != r) memory.copy(w, r, next - r)
      w += next - r
      r = next
      continue
    }
    const byte: u32 = load<u8>(r)
    if (byte == markFirst && r + 2 < end && <u32>load<u8>(r + 1) == markSecond) {
      const last: u32 = load<u8>(r + 2)
      if (last - firstMark < 0x20) {
        const original = originalOf(last)
        if (original != 0) {
          store<u8>(w, <u8>original)
          w++
        }
        r += 3
        continue
      }
    }
    store<u8>(w, <u8>byte)
    w++
    r++
  }
  return w - at
}
