/** CRC-32/BZIP2 (polynomial 0x04c11db7, highest bit first), eight bytes a step by eight tables of remainders. */
import { remainders } from './memory'

const polynomial: u32 = 0x04c11db7

/** Table k holds the remainder of each byte followed by k zero bytes; once. */
export function makeRemainders(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let remainder = byte << 24
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 0x80000000 ? (remainder << 1) ^ polynomial : remainder << 1
    store<u32>(remainders + (byte << 2), remainder)
  }
  for (let k: u32 = 1; k < 8; k++) {
    for (let byte: u32 = 0; byte < 256; byte++) {
      const before = load<u32>(remainders + ((k - 1) << 10) + (byte << 2))
      store<u32>(remainders + (k << 10) + (byte << 2), (before << 8) ^ remainderOf(0, before >> 24))
    }
  }
}

@inline
function remainderOf(table: usize, byte: u32): u32 {
  return load<u32>(remainders + (table << 10) + (<usize>byte << 2))
}

/** The checksum of what came before, continued over the bytes from `at` to `end`. */
export function checksum(before: u32, at: usize, end: usize): u32 {
  let crc = before
  for (; at + 8 <= end; at += 8) {
    crc ^= bswap<u32>(load<u32>(at))
    const next = load<u32>(at + 4)
    crc =
      remainderOf(7, crc >> 24) ^
      remainderOf(6, (crc >> 16) & 255) ^
      remainderOf(5, (crc >> 8) & 255) ^
      remainderOf(4, crc & 255) ^
      remainderOf(3, next & 255) ^
      remainderOf(2, (next >> 8) & 255) ^
      remainderOf(1, (next >> 16) & 255) ^
      remainderOf(0, next >> 24)
  }
  for (; at < end; at++) crc = (crc << 8) ^ remainderOf(0, (crc >> 24) ^ load<u8>(at))
  return crc
}
