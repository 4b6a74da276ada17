/**
 * Bytes of a tensor as f32. Types have the names of safetensors; all are little-endian, as both file formats write them.
 * f64 is rounded; the others are exact.
 */
export const floatTypes = { F32: 4, F16: 2, BF16: 2, F64: 8 } as const satisfies Record<string, number>
export type FloatType = keyof typeof floatTypes

export function isFloatType(name: string): name is FloatType {
  return Object.hasOwn(floatTypes, name)
}

/** bytes: the values one after the other, their number times `floatTypes[type]` bytes. */
export function toF32(bytes: Uint8Array, type: FloatType): Float32Array {
  // A view needs an address that its type divides, which a place inside a file has only by chance.
  const aligned = bytes.byteOffset % floatTypes[type] === 0 ? bytes : new Uint8Array(bytes)
  const { buffer, byteOffset: offset } = aligned
  const count = bytes.byteLength / floatTypes[type]
  switch (type) {
    case 'F32':
      return new Float32Array(buffer, offset, count)
    case 'F64':
      return Float32Array.from(new Float64Array(buffer, offset, count))
    case 'BF16':
      return widened(new Uint16Array(buffer, offset, count), (half) => half << 16)
    case 'F16':
      return widened(new Uint16Array(buffer, offset, count), bitsOfHalf)
  }
}

function widened(halves: Uint16Array, bitsOf: (half: number) => number): Float32Array {
  const bits = new Uint32Array(halves.length)
  for (let i = 0; i < halves.length; i++) bits[i] = bitsOf(halves[i]!)
  return new Float32Array(bits.buffer)
}

const asFloat = new Float32Array(1)
const asBits = new Uint32Array(asFloat.buffer)

/** Bits of the binary16 nearest to a number, ties to even; beyond ±65504 infinity. */
export function halfBits(value: number): number {
  asFloat[0] = value
  const bits = asBits[0]!
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fff_ffff
  if (magnitude >= 0x7f80_0000) return sign | (magnitude > 0x7f80_0000 ? 0x7e00 : 0x7c00)
  // 65520 and more round up to what binary16 has no room for.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00
  // Below 2⁻¹⁴ the steps are those of 2⁻²⁴, which the sum with a number of that step's size rounds to.
  if (magnitude < 0x3880_0000) {
    asFloat[0] = Math.abs(value) + 0.5
    return sign | (asBits[0]! - 0x3f00_0000)
  }
  return sign | ((magnitude - 0x3800_0000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13)
}

/** IEEE 754 binary16 to the bits of the same number as binary32. */
function bitsOfHalf(half: number): number {
  const sign = (half & 0x8000) << 16
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13)
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13)
  if (fraction === 0) return sign
  // Subnormal: shift the leading one to its hidden place; binary32 has room for the smaller exponent.
  const shift = Math.clz32(fraction) - 21
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)
}
