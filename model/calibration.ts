import type { SparseVector } from './sparse-vector.ts'

/**
 * What to add to the bias of every term so that the texts have `wanted` active terms on average: the logits of a fresh head
 * have an arbitrary level, and a start at half the vocabulary or at nothing costs hundreds of steps or the whole run.
 * Never positive: terms that are off carry no logit here. Weights are log(1 + logit).
 */
export function calibrationBias(vectors: readonly SparseVector[], wanted: number): number {
  const logits = vectors.flatMap(({ weights }) => Array.from(weights, (weight) => Math.expm1(weight)))
  const kept = wanted * vectors.length
  if (logits.length <= kept) return 0
  return -logits.sort((a, b) => b - a)[Math.floor(kept)]!
}
