/** Markup that is left over because its partner is missing goes, in place. */
import { apostrophe, closeBrace, less, lower, openBrace, pipe, tilde } from './characters'
import { kinds } from './tidy'

/** Runs of brackets, quotes and tildes that markup left without a partner, `<ref` and `<!--`. */
export function dropOrphans(at: usize, length: usize): usize {
  const end = at + length
  let r = at
  let w = at
  while (r < end) {
    const byte: u32 = load<u8>(r)
    if (byte < 0x80 && (load<u8>(kinds + byte) & 8 || byte == pipe)) {
      if (byte == less) {
        const skipped = orphanTag(r, end)
        store<u8>(w, <u8>byte)
        w += skipped == 0 ? 1 : 0
        r += max<usize>(skipped, 1)
        continue
      }
      const next = pastRun(byte, r, end)
      const run = next - r
      if (byte == apostrophe ? run >= 3 : byte == tilde ? run >= 3 : byte != pipe && run >= 2) {
        r = next
        // Of three apostrophes and more one stays: they are bold and italic that nobody closed.
        if (byte == apostrophe) {
          store<u8>(w, <u8>byte)
          w++
        }
        continue
      }
      if (byte == pipe && next < end && <u32>load<u8>(next) == closeBrace) {
        r = pastRun(closeBrace, next, end)
        continue
      }
      if (byte == openBrace && next < end && <u32>load<u8>(next) == pipe) {
        r = pastRun(pipe, next, end)
        continue
      }
      memory.copy(w, r, run)
      w += run
      r = next
      continue
    }
    store<u8>(w, <u8>byte)
    w++
    r++
  }
  return w - at
}

/** Past the bytes like this one. */
@inline
function pastRun(byte: u32, at: usize, end: usize): usize {
  while (at < end && <u32>load<u8>(at) == byte) at++
  return at
}

function orphanTag(at: usize, end: usize): usize {
  if (at + 4 > end) return 0
  if (load<u32>(at) == 0x2d2d213c) return 4
  const isRef = lower(load<u8>(at + 1)) == 0x72 && lower(load<u8>(at + 2)) == 0x65 && lower(load<u8>(at + 3)) == 0x66
  return isRef ? 4 : 0
}
