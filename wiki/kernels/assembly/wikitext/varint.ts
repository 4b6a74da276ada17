import { Bytes } from './memory'

/** Avro's long: zigzag, then seven bits a byte. https://avro.apache.org/docs/1.12.0/specification/#primitive-types-1 */
export function writeLong(out: Bytes, value: i64): void {
  let rest: u64 = <u64>((value << 1) ^ (value >> 63))
  out.ensure(10)
  while (rest >= 0x80) {
    out.push(<u32>(rest & 0x7f) | 0x80)
    rest >>= 7
  }
  out.push(<u32>rest)
}

/** Avro's string and bytes: length, then the bytes. */
export function writeString(out: Bytes, at: usize, length: usize): void {
  writeLong(out, length)
  out.append(at, length)
}
