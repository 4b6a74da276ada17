import type { Tensor } from './graph/graph.ts'
import {
  add,
  cast,
  divide,
  greater,
  logSoftmax,
  matmul,
  maximum,
  multiply,
  negate,
  pick,
  reshape,
  softplus,
  square,
  stopGradient,
  subtract,
  sum,
  transpose,
} from './graph/ops.ts'
import { ShapeError, sizeAt } from './graph/tensor.ts'

/**
 * The objectives, as graph nodes. Vectors are sparse encodings, f32 [n, vocabulary] ≥ 0. `present` is f32 [n], 1 for a row
 * that holds data and 0 for one that fills up the batch: such rows change no loss.
 */

/** Σ present·x / Σ present. x, present: [n]. An empty batch gives 0. */
function meanOfPresent(x: Tensor, present: Tensor): Tensor {
  return divide(sum(multiply(x, present)), maximum(sum(present), 1))
}

/**
 * InfoNCE: cross-entropy of each query's scores over all documents, row i's right answer being column i.
 * queries: [n, vocabulary]; documents: [m ≥ n, vocabulary], positives first, then hard negatives.
 * exclusion: [n, m], 0, or very negative where a document must not count against a query (the same text once more, or a
 * row that is not there). temperature > 0 divides the scores. Source: van den Oord et al. 2018, arXiv:1807.03748.
 */
export function ranking(
  queries: Tensor,
  documents: Tensor,
  { exclusion, present, temperature }: { exclusion: Tensor; present: Tensor; temperature: number },
): Tensor {
  const [n, m] = [sizeAt(queries.shape, 0), sizeAt(documents.shape, 0)]
  if (m < n) throw new ShapeError(`${n} queries need at least as many documents, not ${m}`)
  const scores = matmul(queries, documents, { transposeB: true, scale: 1 / temperature })
  return meanOfPresent(negate(diagonal(logSoftmax(add(scores, exclusion)))), present)
}

/** Both directions of `ranking` between the sides of synonym pairs. left, right: [n, vocabulary]; exclusion: [n, n]. */
export function contrast(
  left: Tensor,
  right: Tensor,
  { exclusion, present, temperature }: { exclusion: Tensor; present: Tensor; temperature: number },
): Tensor {
  const there = ranking(left, right, { exclusion, present, temperature })
  const back = ranking(right, left, { exclusion: transpose(exclusion, [1, 0]), present, temperature })
  return multiply(add(there, back), 0.5)
}

/**
 * Mean squared difference of the two vectors of a synonym pair over the terms that are active in either: terms that are
 * off on both sides would only dilute it. left, right: [n, vocabulary].
 * Source of the restriction: MILCO (arXiv:2510.00671).
 */
export function alignment(left: Tensor, right: Tensor, present: Tensor): Tensor {
  const active = sum(cast(greater(add(left, right), 0), 'f32'), [1])
  const squared = sum(square(subtract(left, right)), [1])
  return meanOfPresent(divide(squared, maximum(stopGradient(active), 1)), present)
}

/**
 * The same for longer texts, in proportion to their own size: mean of Σ (l − r)² / (Σ l² + Σ r²), in [0, 1], 0 for equal vectors and 1 for
 * such as share no term. Vectors of any scale have the same loss, so that emptier ones are no way out, as they are of an error by the
 * term (docs/explain/losses.md). Two empty ones have 0.
 */
export function proportionalAlignment(left: Tensor, right: Tensor, present: Tensor): Tensor {
  const squared = sum(square(subtract(left, right)), [1])
  const size = sum(add(square(left), square(right)), [1])
  return meanOfPresent(divide(squared, maximum(size, leastSize)), present)
}

/** Below every vector with a term that counts. */
const leastSize = 1e-6

/**
 * Asks a text to activate given tokens, those of its synonym. Works on logits, where a term that is off still has a slope:
 * through ReLU two disjoint vocabularies could never switch on each other's terms.
 * Mean over a row's tokens of log(1 + e^(margin − logit)). logits: [n, vocabulary]; tokens: i64 [n, k];
 * tokenWeights: [n, k], 0 for filling.
 */
export function tokenActivation(
  logits: Tensor,
  { tokens, tokenWeights, present, margin }: { tokens: Tensor; tokenWeights: Tensor; present: Tensor; margin: number },
): Tensor {
  const shortfall = softplus(subtract(margin, pick(logits, tokens)))
  const perRow = divide(sum(multiply(shortfall, tokenWeights), [1]), maximum(sum(tokenWeights, [1]), 1))
  return meanOfPresent(perRow, present)
}

/** Mean number of active terms of the rows present. No gradient. */
export function activeTerms(vectors: Tensor, present: Tensor): Tensor {
  return meanOfPresent(sum(cast(greater(vectors, 0), 'f32'), [1]), present)
}

/** Element i of each row i. scores: [n, m ≥ n] → [n]. */
function diagonal(scores: Tensor): Tensor {
  const n = sizeAt(scores.shape, 0)
  const columns = scores.graph.constant(
    Array.from({ length: n }, (_, i) => i),
    [n, 1],
    'i64',
  )
  return reshape(pick(scores, columns), [n])
}
