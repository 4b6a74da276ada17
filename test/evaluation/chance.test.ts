import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { pairedBootstrap } from '../../evaluation/bootstrap.ts'
import { holm } from '../../evaluation/holm.ts'
import { studentInterval } from '../../evaluation/intervals.ts'

interface Reference {
  readonly bootstrap: readonly {
    readonly name: string
    readonly differences: readonly number[]
    readonly mean: number
    readonly lower: number
    readonly upper: number
    readonly p: number
  }[]
  readonly holm: readonly { readonly p: readonly number[]; readonly corrected: readonly number[] }[]
}
const reference: Reference = JSON.parse(readFileSync(new URL('reference/statistics.json', import.meta.url), 'utf8'))
const settings = { resamples: 10_000, seed: 1 }

test('interval and p-value are those of scipy, as nearly as 10,000 resamples can tell', () => {
  for (const { name, differences, mean, lower, upper, p } of reference.bootstrap) {
    const [found] = pairedBootstrap([Float64Array.from(differences)], settings)
    assert.ok(Math.abs(found!.mean - mean) < 1e-6, name)
    // The spread of a resampled quantile is about a thirtieth of the interval.
    const tolerance = (upper - lower) / 15
    assert.ok(Math.abs(found!.lower - lower) < tolerance, `${name} ${found!.lower} ${lower}`)
    assert.ok(Math.abs(found!.upper - upper) < tolerance, `${name} ${found!.upper} ${upper}`)
    // Four standard errors of a share, twice for two sides.
    const error = 8 * Math.sqrt((p / 2) * (1 - p / 2) * (1 / settings.resamples)) + 4 / settings.resamples
    assert.ok(Math.abs(found!.p - p) <= error, `${name} ${found!.p} ${p}`)
  }
})

test('comparisons that are drawn together are each what they are alone', () => {
  const all = reference.bootstrap.map(({ differences }) => Float64Array.from(differences.slice(0, 200)))
  const together = pairedBootstrap(all, { resamples: 500, seed: 7 })
  for (const [at, values] of all.entries()) {
    const [alone] = pairedBootstrap([values], { resamples: 500, seed: 7 })
    assert.ok(Math.abs(alone!.mean - together[at]!.mean) < 1e-12)
    assert.ok(Math.abs(alone!.lower - together[at]!.lower) < 1e-12)
    assert.equal(alone!.p, together[at]!.p)
  }
})

test('no p-value is 0, and without any difference or query it is 1', () => {
  const [sure, none, empty] = [[1, 1, 1], [0, 0, 0], []].map(
    (values) => pairedBootstrap([Float64Array.from(values)], { resamples: 999, seed: 1 })[0]!,
  )
  assert.equal(sure!.p, 2 / 1000)
  assert.equal(none!.p, 1)
  assert.deepEqual([empty!.mean, empty!.p], [0, 1])
})

test("Holm's correction is that of statsmodels", () => {
  for (const { p, corrected } of reference.holm) {
    for (const [at, value] of holm(p).entries()) assert.ok(Math.abs(value - corrected[at]!) < 1e-12, `${p} at ${at}`)
  }
})

test("Holm's correction keeps the order, makes nothing smaller, and treats the same the same", () => {
  const pValue = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(pValue, { minLength: 1, maxLength: 12 }), (values) => {
      const corrected = holm(values)
      for (const [a, p] of values.entries()) {
        assert.ok(corrected[a]! >= p && corrected[a]! <= 1)
        for (const [b, q] of values.entries()) if (p <= q) assert.ok(corrected[a]! <= corrected[b]! + 1e-12)
      }
    }),
  )
})

test("the interval of a mean is Student's, as scipy has it", () => {
  // scipy 1.17.1: t.interval(0.95, 11, loc=mean, scale=std(ddof=1)/sqrt(12))
  const found = studentInterval(Float64Array.of(0, 0.5, 1, 0.25, 1, 1 / 3, 0, 0.2, 0.5, 1, 1, 0.1))
  assert.ok(found && Math.abs(found.lower - 0.230_478) < 1e-4 && Math.abs(found.upper - 0.750_077) < 1e-4)
  assert.deepEqual(studentInterval(Float64Array.of(0.99, 1, 1, 1))?.upper, 1, 'a figure is at most 1')
  assert.equal(studentInterval(Float64Array.of(0.5, 0.5)), undefined)
  assert.equal(studentInterval(new Float64Array(1)), undefined)
})
