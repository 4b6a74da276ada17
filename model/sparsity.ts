import type { Tensor } from './graph/graph.ts'
import { cast, divide, greater, matmul, maximum, multiply, reshape, square, sum } from './graph/ops.ts'
import { sizeAt } from './graph/tensor.ts'

/** What keeps sparse vectors sparse. Vectors: f32 [n, vocabulary] ≥ 0; present: f32 [n], 0 for a row that fills up the batch. */

export interface FlopsOptions {
  /**
   * Only rows with more active terms than this pay, so that texts which are sparse enough are left alone; 0: all rows.
   * Source: Shen et al. 2025, arXiv:2504.14839, section 3.1.
   */
  readonly activeTarget?: number
  /** Price of each term, f32 [vocabulary] ≥ 0; see `termCosts`. Default 1. */
  readonly costs?: Tensor
}

/** FLOPS penalty Σ_v (cost_v · mean_b w[b, v])², over the rows present. Source: Paria et al. 2020, arXiv:2004.05665. */
export function flops(vectors: Tensor, present: Tensor, { activeTarget = 0, costs }: FlopsOptions = {}): Tensor {
  const paying = activeTarget === 0 ? present : multiply(present, isOver(vectors, activeTarget))
  const share = reshape(divide(paying, maximum(sum(present), 1)), [1, sizeAt(vectors.shape, 0)])
  const means = matmul(share, vectors)
  return sum(square(costs ? multiply(means, costs) : means))
}

/** 1 for rows with more than `target` active terms, 0 for others: f32 [n]. No gradient. */
function isOver(vectors: Tensor, target: number): Tensor {
  const active = sum(cast(greater(vectors, 0), 'f32'), [1])
  return cast(greater(active, target), 'f32')
}

/**
 * Prices of terms by their inverse document frequency: 1 for the rarest, 1 + strength for one that is in every text. A frequent
 * term tells texts apart the least, and a posting list as long as the collection costs a search the most.
 * idf: [vocabulary] ≥ 0; strength ≥ 0.
 */
export function termCosts(idf: Float32Array, strength: number): Float32Array {
  const rarest = idf.reduce((a, b) => Math.max(a, b), 0) || 1
  return idf.map((value) => 1 + strength * (1 - value / rarest))
}
