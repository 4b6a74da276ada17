import { type Activation, logitOf } from './encoder.ts'
import type { SparseVector } from './sparse-vector.ts'

/**
 * level: one number for all terms. terms: first what the texts have in common, term by term; a trained masked-language-model
 * head can put nearly the same large logit on every term of every text (klue/roberta-large: 1.9 on average, cosine .99), of
 * which one number for all would leave each text the same few terms.
 */
export const calibrations = ['level', 'terms'] as const
export type Calibration = (typeof calibrations)[number]

/**
 * What to add to the bias of each term so that the texts have `wanted` active terms on average: the logits of a head that was
 * not trained for this have an arbitrary level, and a start at half the vocabulary or at nothing costs hundreds of steps or the
 * whole run. Never positive: terms that are off carry no logit here. Returns f32 [vocabularySize].
 */
export function calibrationBias(
  vectors: readonly SparseVector[],
  {
    wanted,
    vocabularySize,
    activation,
    calibration,
  }: { wanted: number; vocabularySize: number; activation: Activation; calibration: Calibration },
): Float32Array {
  const shift = new Float32Array(vocabularySize)
  const eachLogit = function* (): Iterable<readonly [term: number, logit: number]> {
    for (const { terms, weights } of vectors) {
      for (const [i, term] of terms.entries()) yield [term, logitOf(weights[i]!, activation)]
    }
  }
  if (calibration === 'terms') for (const [term, logit] of eachLogit()) shift[term]! -= logit / vectors.length
  const active = vectors.reduce((total, { terms }) => total + terms.length, 0)
  const left = new Float32Array(active)
  let count = 0
  for (const [term, logit] of eachLogit()) if (logit + shift[term]! > 0) left[count++] = logit + shift[term]!
  const kept = Math.floor(wanted * vectors.length)
  if (count > kept) {
    const level = left.subarray(0, count).sort()[count - 1 - kept]!
    for (let term = 0; term < shift.length; term++) shift[term]! -= level
  }
  return shift
}
