/**
 * Finds the 48-bit marks at which blocks start, at any bit. Whatever its shift, a mark covers five whole bytes; the first
 * three of them are looked up for 16 places at a time: each byte, by its halves, has a bit for every shift at which it fits.
 */
import { bigEndian } from './bits'
import { input, marks, mostMarks } from './memory'

export const blockMark: u64 = 0x314159265359

/** The lookup of the `byte`-th whole byte of a mark by one half of it; `half` is 4 for the high one, 0 for the low. */
function fits(byte: u32, half: u32): v128 {
  const at = scratch
  memory.fill(at, 0, 16)
  for (let shift: u32 = 0; shift < 8; shift++) {
    // The mark begins `shift` bits into the byte before the first of these; at 0 it fills that one as well.
    const whole = <u32>(blockMark >> (32 + shift - 8 * byte)) & 255
    const entry = at + ((whole >> half) & 15)
    store<u8>(entry, load<u8>(entry) | (<u8>1 << <u8>shift))
  }
  return v128.load(at)
}

/** Sixteen bytes to make a lookup in; the table of marks is not used before the first one is found. */
const scratch: usize = marks

@inline
function shiftsOf(bytes: v128, low: v128, high: v128): v128 {
  const lowHalf = v128.and(bytes, i8x16.splat(15))
  return v128.and(v128.swizzle(low, lowHalf), v128.swizzle(high, i8x16.shr_u(bytes, 4)))
}

/**
 * Positions of marks that begin within the first `length` bytes of the input, of which 7 more are looked at. They
 * are stored in `marks`, in bits from the start of the input, ascending. Returns how many.
 */
export function scanMarks(length: u32): u32 {
  const low0 = fits(0, 0)
  const high0 = fits(0, 4)
  const low1 = fits(1, 0)
  const high1 = fits(1, 4)
  const low2 = fits(2, 0)
  const high2 = fits(2, 4)
  let found: u32 = 0
  // `at` is the byte in which a mark begins; the whole bytes looked at follow it.
  for (let at: u32 = 0; at < length; at += 16) {
    const first = shiftsOf(v128.load(input + at, 1), low0, high0)
    const second = shiftsOf(v128.load(input + at, 2), low1, high1)
    const third = shiftsOf(v128.load(input + at, 3), low2, high2)
    const all = v128.and(v128.and(first, second), third)
    if (!v128.any_true(all)) continue
    for (let i: u32 = 0; i < 16 && at + i < length; i++) {
      const window = bigEndian(input + at + i)
      for (let shift: u32 = 0; shift < 8 && found < mostMarks; shift++) {
        if ((window << shift) >> 16 != blockMark) continue
        store<u32>(marks + (found << 2), ((at + i) << 3) + shift)
        found++
      }
    }
  }
  return found
}
