import type { StepBatch, StepShape } from './batch.ts'
import type { Feed } from './graph/session.ts'
import type { Randomness } from './randomness.ts'

/**
 * A step's arrays of random texts, to measure by: a quarter to all of their length, every example with its negatives and a pair
 * of synonyms; leads are mates of the first documents. Ids below `firstToken` are special tokens and not drawn.
 */
export function syntheticBatch(
  shape: StepShape,
  { vocabularySize, firstToken }: { readonly vocabularySize: number; readonly firstToken: number },
  randomness: Randomness,
): StepBatch {
  const { examples: n, synonymTargets } = shape
  const documents = n * (1 + shape.negatives)
  const token = () => firstToken + randomness.below(vocabularySize - firstToken)
  const texts = (name: string, rows: number, length: number): Record<string, Feed> => {
    const lengths = Array.from({ length: rows }, () => Math.ceil((length * (1 + randomness.below(4))) / 4))
    const isReal = lengths.flatMap((size) => Array.from({ length }, (_, position) => position < size))
    return {
      [`${name}_ids`]: i64([rows, length], (i) => (isReal[i] ? token() : 0)),
      [`${name}_mask`]: i64([rows, length], (i) => (isReal[i] ? 1 : 0)),
    }
  }
  return {
    shape,
    feeds: {
      ...texts('short', 3 * n, shape.queryLength),
      ...texts('long', documents + shape.leads, shape.documentLength),
      target_tokens: i64([2 * n, synonymTargets], token),
      target_weights: filled([2 * n, synonymTargets], 1),
      query_present: filled([n], 1),
      document_present: filled([documents + shape.leads], 1),
      ...(shape.leads > 0 && { lead_mates: i64([shape.leads], (i) => i % n) }),
      pair_present: filled([n], 1),
      ranking_exclusion: filled([n, documents], 0),
      pair_exclusion: filled([n, n], 0),
    },
  }
}

function i64(shape: readonly number[], valueAt: (index: number) => number): Feed {
  const size = shape.reduce((a, b) => a * b, 1)
  return { shape, data: BigInt64Array.from({ length: size }, (_, i) => BigInt(valueAt(i))) }
}

function filled(shape: readonly number[], value: number): Feed {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) }
}
