import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toF32 } from '../../model/number-types.ts'

/** (−1)^s · 2^(e−bias) · (1 + f/2^bits), and its limits: the definition in IEEE 754. */
function defined(half: number, exponentBits: number, fractionBits: number): number {
  const sign = half >> 15 ? -1 : 1
  const exponent = (half >> fractionBits) & (2 ** exponentBits - 1)
  const fraction = (half & (2 ** fractionBits - 1)) / 2 ** fractionBits
  const bias = 2 ** (exponentBits - 1) - 1
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * 2 ** (1 - bias) * fraction : sign * 2 ** (exponent - bias) * (1 + fraction)
}

const everyHalf = Uint16Array.from({ length: 65_536 }, (_, i) => i)

for (const [type, exponentBits, fractionBits] of [
  ['F16', 5, 10],
  ['BF16', 8, 7],
] as const) {
  test(`every ${type} is widened to the same number`, () => {
    const wide = toF32(new Uint8Array(everyHalf.buffer), type)
    for (const [half, value] of wide.entries()) {
      if (!Object.is(value, defined(half, exponentBits, fractionBits))) assert.fail(`0x${half.toString(16)}: ${value}`)
    }
  })
}

test('a double is rounded to the nearest, and bytes at any address are read', () => {
  const bytes = new Uint8Array(17)
  new DataView(bytes.buffer).setFloat64(1, 0.1, true)
  new DataView(bytes.buffer).setFloat64(9, -2.5, true)
  assert.deepEqual(toF32(bytes.subarray(1), 'F64'), Float32Array.of(Math.fround(0.1), -2.5))
})
