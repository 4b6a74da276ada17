import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreementOf, type FormParity, requireParity } from '../../../model/export/parity.ts'
import { parityTexts } from '../../../model/export/parity-texts.ts'
import type { SparseVector } from '../../../model/sparse-vector.ts'

const vector = (weights: Readonly<Record<number, number>>): SparseVector => ({
  terms: Uint32Array.from(Object.keys(weights), Number),
  weights: Float32Array.from(Object.values(weights)),
})

const form = (agreement: { maxDifference: number; sameTopTerms: number }): FormParity => ({
  file: 'onnx/model.onnx',
  runtime: 'a runtime',
  ...agreement,
})
const gate = (...exact: readonly FormParity[]) =>
  requireParity({ texts: 2, tolerance: 1e-4, exact, rounded: [], notRun: [] }, 'checkpoint')

test('a weight that one side lacks counts whole, and a text that is missing counts as empty', () => {
  assert.equal(agreementOf([vector({ 1: 0.5, 2: 1 })], [vector({ 2: 1 })]).maxDifference, 0.5)
  assert.equal(agreementOf([vector({ 2: 1 })], [vector({ 1: 0.5, 2: 1 })]).maxDifference, 0.5)
  assert.deepEqual(agreementOf([vector({ 1: 2 })], []), { maxDifference: 2, sameTopTerms: 0 })
})

test('terms of nearly the same weight may change places, others not', () => {
  const [a, b] = [vector({ 1: 1, 2: 1.00001 }), vector({ 1: 1.00001, 2: 1 })]
  assert.equal(agreementOf([a], [b]).sameTopTerms, 1)
  assert.equal(agreementOf([vector({ 1: 1, 2: 2 })], [vector({ 1: 2, 2: 1 })]).sameTopTerms, 0)
  const [with3, without3] = [vector({ 1: 1, 3: 1e-5 }), vector({ 1: 1 })]
  assert.equal(agreementOf([with3], [without3]).sameTopTerms, 1)
  assert.equal(agreementOf([without3], [with3]).sameTopTerms, 1)
  const heavy = vector({ 1: 1, 3: 0.5 })
  assert.equal(agreementOf([heavy], [without3]).sameTopTerms, 0)
  assert.equal(agreementOf([without3], [heavy]).sameTopTerms, 0)
})

test('the gate refuses one form that differs, in weights, in top terms, or by what is no number', () => {
  const good = form({ maxDifference: 1e-4, sameTopTerms: 2 })
  gate(good, good)
  for (const bad of [
    { maxDifference: 1.1e-4, sameTopTerms: 2 },
    { maxDifference: 0, sameTopTerms: 1 },
    { maxDifference: Number.NaN, sameTopTerms: 2 },
  ]) {
    assert.throws(() => gate(good, form(bad)), {
      name: 'FatalError',
      code: 'EXPORT_DIFFERS',
      message: /onnx\/model\.onnx on a runtime/,
      at: { file: 'checkpoint' },
      hint: /report/,
    })
  }
})

test('forms are compared over 500 texts, as many Korean as English, none of them twice by chance of the draw', async () => {
  const texts = await parityTexts()
  assert.equal(texts.length, 500)
  assert.ok(new Set(texts).size >= 495, `${new Set(texts).size} different`)
  const korean = texts.filter((text) => /\p{Script=Hangul}/u.test(text)).length
  assert.ok(korean > 200 && korean < 300, `${korean} with Hangul`)
  assert.deepEqual(await parityTexts(), texts)
})
