/**
 * A block of samples as bytes. Values are whole numbers; of each series the first one, then differences of differences, zigzag,
 * seven bits a byte: a counter that moves evenly is mostly zeros, of which deflate leaves little.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** A difference of differences is up to four times as large, zigzag doubles it, and a double holds whole numbers below 2⁵³. */
const largest = 2 ** 49

/** @param values whole numbers up to 2⁴⁹; what is no number counts as 0. */
export function packColumn(values: readonly number[]): Buffer {
  const bytes: number[] = []
  let [before, step] = [0, 0]
  for (const value of values) {
    const whole = Number.isFinite(value) ? Math.max(-largest, Math.min(largest, Math.round(value))) : 0
    pushVarint(bytes, whole - before - step)
    step = whole - before
    before = whole
  }
  return deflateRawSync(Uint8Array.from(bytes), { level: 6 })
}

/** Throws RangeError or a zlib error where the bytes are no column. */
export function unpackColumn(packed: Uint8Array, length: number): number[] {
  const bytes = inflateRawSync(packed)
  const values: number[] = []
  let [at, before, step] = [0, 0, 0]
  for (let index = 0; index < length; index++) {
    let [zigzag, scale] = [0, 1]
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('the column ends too early')
      zigzag += (byte & 0x7f) * scale
      scale *= 0x80
      if (byte < 0x80) break
    }
    step += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
    before += step
    values.push(before)
  }
  return values
}

/** Arithmetic instead of shifts: the numbers are wider than 32 bits. */
function pushVarint(bytes: number[], difference: number): void {
  let zigzag = difference >= 0 ? difference * 2 : -difference * 2 - 1
  while (zigzag >= 0x80) {
    bytes.push((zigzag % 0x80) + 0x80)
    zigzag = Math.floor(zigzag / 0x80)
  }
  bytes.push(zigzag)
}
