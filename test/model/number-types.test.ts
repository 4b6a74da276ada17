import assert from 'node:assert/strict'
import { test } from 'node:test'
import { halfBits, toF32 } from '../../model/number-types.ts'

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

test('a number is rounded to the nearest half, ties to the even one', () => {
  for (const half of everyHalf) {
    const value = defined(half, 5, 10)
    if (Number.isNaN(value)) assert.ok(Number.isNaN(defined(halfBits(value), 5, 10)))
    else assert.equal(halfBits(value), half, `${value}`)
  }
  for (let half = 0; half < 0x7bff; half++) {
    const [below, above] = [defined(half, 5, 10), defined(half + 1, 5, 10)]
    const middle = (below + above) / 2
    if (halfBits(middle) !== half + (half % 2)) assert.fail(`${middle} is not rounded to the even half`)
    const step = (above - below) / 8
    if (halfBits(middle - step) !== half || halfBits(-middle - step) !== half + 1 + 0x8000) assert.fail(`${middle}`)
  }
  assert.deepEqual([65_519, 65_520, 1e9, -1e9, 2 ** -26].map(halfBits), [0x7bff, 0x7c00, 0x7c00, 0xfc00, 0])
})
