/** Weights of evidence from judged pairs, by maximum a posteriori. */
import { logistic, logOddsOf, type Weights } from './formula.ts'
import { type Voice, voices } from './voices.ts'

export interface JudgedVoices {
  readonly spoken: readonly Voice[]
  readonly agreed: boolean
  /** Of right pairs like this one, the share that the judge agrees with: above 0, at most 1. */
  readonly judgeRecall: number
}

/**
 * Precision that a study of Wikipedia expects of pairs which only this voice says (../shared/notes/evaluation.md, section 3);
 * for links that one wiki makes, infoboxes, entities and lists, which it has no figure for, our guess.
 */
const expectedPrecision: Readonly<Record<Voice, number>> = {
  link_mutual: 0.99,
  link_one_sided: 0.97,
  link_inline: 0.95,
  gloss: 0.95,
  infobox: 0.9,
  bold: 0.9,
  redirect: 0.75,
  anchor: 0.9,
  entity: 0.6,
  existing: 0.9,
}

/** Where a pair stands before anyone has spoken: more often wrong than right. */
const expectedBias = -1
/** How far, in log-odds, the data may easily move a weight from what was expected. */
const standardDeviation = 1
const stepsAtMost = 20_000
/** A slope of log-posterior that is as good as none. */
const flat = 1e-7

export const expectedWeights: Weights = {
  bias: expectedBias,
  voices: Object.fromEntries(
    voices.map((voice) => [voice, logOddsOf(expectedPrecision[voice]) - expectedBias]),
  ) as Record<Voice, number>,
}

/**
 * The weights that make the verdicts most probable, where each weight is normally distributed about the expected one. A judge
 * agrees with a pair of confidence p with probability judgeRecall · p, for it lacks some that are right.
 */
export function fitWeights(pairs: readonly JudgedVoices[]): Weights {
  const rows = gathered(pairs)
  const expected = vectorOf(expectedWeights)
  let at = [...expected]
  // A bound of the second derivative: each row adds at most |x|²/4, the prior 1/σ².
  const curvature = rows.reduce(
    (sum, { features, count }) => sum + (count * square(features)) / 4,
    standardDeviation ** -2,
  )
  for (let step = 0; step < stepsAtMost; step++) {
    const gradient = at.map((value, index) => (expected[index]! - value) / standardDeviation ** 2)
    for (const { features, agreed, judgeRecall, count } of rows) {
      const p = logistic(features.reduce((sum, feature, index) => sum + feature * at[index]!, 0))
      const slope = agreed ? 1 - p : (-judgeRecall * p * (1 - p)) / (1 - judgeRecall * p)
      for (const [index, feature] of features.entries()) gradient[index]! += count * feature * slope
    }
    if (gradient.every((slope) => Math.abs(slope) < flat)) break
    at = at.map((value, index) => value + gradient[index]! / curvature)
  }
  const [bias, ...weights] = at
  return {
    bias: bias!,
    voices: Object.fromEntries(voices.map((voice, index) => [voice, weights[index]!])) as Record<Voice, number>,
  }
}

interface Row extends Pick<JudgedVoices, 'agreed' | 'judgeRecall'> {
  readonly features: readonly number[]
  count: number
}

/** Pairs of the same voices and verdict are one row. */
function gathered(pairs: readonly JudgedVoices[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { spoken, agreed, judgeRecall } of pairs) {
    const features = featuresOf(spoken)
    const key = `${features.join()}|${agreed}|${judgeRecall}`
    const known = rows.get(key)
    if (known) known.count++
    else rows.set(key, { features, agreed, judgeRecall, count: 1 })
  }
  return [...rows.values()]
}

/** Log of what `fitWeights` makes as large as it can, up to a constant. */
export function logPosterior(weights: Weights, pairs: readonly JudgedVoices[]): number {
  const expected = vectorOf(expectedWeights)
  const at = vectorOf(weights)
  const prior = at.reduce((sum, value, index) => sum - ((value - expected[index]!) / standardDeviation) ** 2 / 2, 0)
  return pairs.reduce((sum, { spoken, agreed, judgeRecall }) => {
    const p = logistic(featuresOf(spoken).reduce((total, feature, index) => total + feature * at[index]!, 0))
    return sum + Math.log(agreed ? judgeRecall * p : 1 - judgeRecall * p)
  }, prior)
}

/** 1 for the bias, then how often each voice is there. */
function featuresOf(spoken: readonly Voice[]): number[] {
  return [1, ...voices.map((voice) => spoken.filter((one) => one === voice).length)]
}

function vectorOf(weights: Weights): number[] {
  return [weights.bias, ...voices.map((voice) => weights.voices[voice])]
}

function square(features: readonly number[]): number {
  return features.reduce((sum, feature) => sum + feature * feature, 0)
}
