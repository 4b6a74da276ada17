/** The outermost coding: after four equal bytes follows a byte that says how many more of them there are, 0 to 255. */
import { output, outputBytes } from './memory'

/** What one step of `expand` writes at most: 16 bytes, or four and a run of 255 in whole vectors. */
const longestStep: usize = 4 + 16 * 17

/** Where `expand` stopped reading, and writing. */
export let readEnd: usize = 0
export let writeEnd: usize = 0

/** Expands the bytes from `at` to `end` into `output` until either is used up. */
export function expand(at: usize, end: usize): void {
  let out = output
  const full = output + outputBytes - longestStep
  // A vector is looked at with the three bytes behind it; a run found in it may need a fourth, its count.
  while (at + 20 <= end && out <= full) {
    const bytes = v128.load(at)
    v128.store(out, bytes)
    const pairs = i8x16.eq(bytes, v128.load(at, 1))
    const triples = v128.and(pairs, i8x16.eq(bytes, v128.load(at, 2)))
    const fours = i8x16.bitmask(v128.and(triples, i8x16.eq(bytes, v128.load(at, 3))))
    if (fours == 0) {
      at += 16
      out += 16
      continue
    }
    const before = ctz(fours)
    at += before
    out = writeRun(at, out + before)
    at += 5
  }
  while (at < end && out <= full && at + 20 > end) {
    if (at + 4 < end && isRun(at)) {
      out = writeRun(at, out)
      at += 5
    } else {
      store<u8>(out, load<u8>(at))
      out++
      at++
    }
  }
  readEnd = at
  writeEnd = out
}

@inline
function isRun(at: usize): bool {
  const four = load<u32>(at)
  return four == rotl(four, 8)
}

/** Writes the run of which four bytes and the count lie at `at`; returns where it ends. */
function writeRun(at: usize, out: usize): usize {
  const sixteen = v128.load8_splat(at)
  store<u32>(out, load<u32>(at))
  const end = out + 4 + load<u8>(at, 4)
  for (out += 4; out < end; out += 16) v128.store(out, sixteen)
  return end
}
