import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confidenceOf, logistic, logOddsOf, type Weights } from '../../confidence/formula.ts'
import { type Voice, voices } from '../../confidence/voices.ts'
import { expectedWeights, fitWeights, type JudgedVoices, logPosterior } from '../../confidence/weight-fit.ts'
import { Randomness } from '../../model/randomness.ts'

const speaking = ['redirect', 'anchor', 'gloss', 'bold'] as const satisfies readonly Voice[]

/** Pairs whose verdicts are drawn by the weights, with the chances that their voices speak. */
function drawn(count: number, truth: Weights, judgeRecall: number, seed: number): JudgedVoices[] {
  const randomness = new Randomness(seed)
  return Array.from({ length: count }, () => {
    const spoken = speaking.filter(() => randomness.uniform() < 0.4)
    const agreed = randomness.uniform() < judgeRecall * confidenceOf(spoken, truth)
    return { spoken, agreed, judgeRecall }
  })
}

const truth: Weights = {
  bias: -1.5,
  voices: { ...expectedWeights.voices, redirect: 0.8, anchor: 2.2, gloss: 1.5, bold: 1 },
}

test('confidence of no voice is that of the bias, and each voice adds its log-odds', () => {
  assert.equal(confidenceOf([], truth), logistic(-1.5))
  assert.ok(Math.abs(logOddsOf(confidenceOf(['redirect', 'anchor'], truth)) - 1.5) < 1e-12)
})

test('the fit is where the posterior is highest: its slope is naught in every direction, by finite differences', () => {
  const pairs = drawn(400, truth, 0.9, 1)
  const fitted = fitWeights(pairs)
  const step = 1e-4
  const moved = (by: number, voice?: Voice): Weights =>
    voice === undefined
      ? { ...fitted, bias: fitted.bias + by }
      : { ...fitted, voices: { ...fitted.voices, [voice]: fitted.voices[voice] + by } }
  for (const voice of [undefined, ...voices]) {
    const slope = (logPosterior(moved(step, voice), pairs) - logPosterior(moved(-step, voice), pairs)) / (2 * step)
    assert.ok(Math.abs(slope) < 1e-3, `${voice ?? 'bias'}: ${slope}`)
  }
})

test('from many verdicts the weights that made them are found again, though the judge lacks a fifth of the right pairs', () => {
  const fitted = fitWeights(drawn(60_000, truth, 0.8, 2))
  for (const voice of speaking) {
    assert.ok(Math.abs(fitted.voices[voice] - truth.voices[voice]) < 0.25, `${voice}: ${fitted.voices[voice]}`)
  }
})

test('without verdicts the weights are those that a study expects', () => {
  const { bias, voices: fitted } = fitWeights([])
  assert.ok(Math.abs(bias - expectedWeights.bias) < 1e-9)
  for (const voice of voices) assert.ok(Math.abs(fitted[voice] - expectedWeights.voices[voice]) < 1e-9)
  assert.ok(Math.abs(confidenceOf(['link_mutual'], expectedWeights) - 0.99) < 1e-12)
})
