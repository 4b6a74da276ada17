/** The input as bits, highest first. At least 56 are held after `refill`, as in F. Giesen, "Reading bits in far too many ways". */
import { input, inputBytes } from './memory'

/** Address of the next byte to load. */
export let nextByte: usize = input
/** Address after the last byte of the input. */
export let inputEnd: usize = input
/** Bits loaded and not yet taken; the next one is the highest. */
export let heldBits: u64 = 0
/** How many of `heldBits` count; those below repeat what `nextByte` will load. */
export let held: u32 = 0
/** Bytes that have left the buffer. */
let dropped: f64 = 0

/** Eight bytes as a number, the first one highest. */
@inline
export function bigEndian(at: usize): u64 {
  const swapped = v128.shuffle<u8>(v128.load64_zero(at), i64x2.splat(0), 7, 6, 5, 4, 3, 2, 1, 0, 8, 9, 10, 11, 12, 13, 14, 15)
  return v128.extract_lane<u64>(swapped, 0)
}

function refill(): void {
  heldBits |= bigEndian(nextByte) >> held
  nextByte += (63 - held) >> 3
  held |= 56
}

/** The next `count` bits, 1 to 32. */
export function take(count: u32): u32 {
  if (held < count) refill()
  const value = <u32>(heldBits >> (64 - count))
  heldBits <<= count
  held -= count
  return value
}

/** Gives back the state that a loop kept in local variables. */
@inline
export function resume(at: usize, bits: u64, count: u32): void {
  nextByte = at
  heldBits = bits
  held = count
}

/** Bits from the start of the buffer to the next one to take. */
export function bitsTaken(): u32 {
  return <u32>((nextByte - input) << 3) - held
}

/** True where the input holds `count` more bits; false for 0 where more has been taken than there was. */
export function hasBits(count: u32): bool {
  return bitsTaken() + count <= <u32>((inputEnd - input) << 3)
}

/** Bits from the start of the first input to the next one to take. */
export function position(): f64 {
  return dropped * 8 + <f64>bitsTaken()
}

/** Goes to a bit of the buffer. */
export function moveTo(bit: u32): void {
  nextByte = input + (bit >> 3)
  heldBits = 0
  held = 0
  if (bit & 7) take(bit & 7)
}

export function skipToByte(): void {
  moveTo((bitsTaken() + 7) & ~7)
}

/** Empties the buffer; what is fed next begins at position 0. */
export function restart(): void {
  inputEnd = input
  dropped = 0
  moveTo(0)
}

/** Moves what is not read yet to the front of the buffer. Returns how many bytes there is room for. */
export function makeRoom(): u32 {
  const bit = bitsTaken()
  const read = <usize>(bit >> 3)
  const left = inputEnd - input - read
  memory.copy(input, input + read, left)
  inputEnd = input + left
  dropped += <f64>read
  moveTo(bit & 7)
  return <u32>(inputBytes - left)
}

/** Counts `length` bytes, stored at `inputEnd`, to the input. What was held may have come from where they now lie. */
export function extend(length: u32): void {
  inputEnd += length
  moveTo(bitsTaken())
}
