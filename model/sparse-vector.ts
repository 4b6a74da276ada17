/** Sparse vectors of terms. */
export interface SparseVector {
  /** Term ids, rising. */
  readonly terms: Uint32Array
  /** Their weights, > 0. */
  readonly weights: Float32Array
}

/** The rows of dense vectors [rows, vocabulary], row-major, without their zeros. */
export function sparseRows(dense: Float32Array, vocabularySize: number): SparseVector[] {
  return Array.from({ length: dense.length / vocabularySize }, (_, row) =>
    sparseVector(dense.subarray(row * vocabularySize, (row + 1) * vocabularySize)),
  )
}

function sparseVector(row: Float32Array): SparseVector {
  let active = 0
  for (let term = 0; term < row.length; term++) if (row[term]! > 0) active++
  const terms = new Uint32Array(active)
  const weights = new Float32Array(active)
  for (let term = 0, at = 0; at < active; term++) {
    if (row[term]! > 0) {
      terms[at] = term
      weights[at++] = row[term]!
    }
  }
  return { terms, weights }
}

/** Inner product over common terms. */
export function dot(a: SparseVector, b: SparseVector): number {
  let total = 0
  for (let i = 0, j = 0; i < a.terms.length && j < b.terms.length; ) {
    const [left, right] = [a.terms[i]!, b.terms[j]!]
    if (left === right) total += a.weights[i++]! * b.weights[j++]!
    else if (left < right) i++
    else j++
  }
  return total
}

export interface WeightedTerm {
  readonly id: number
  readonly weight: number
}

/** The heaviest terms first; equal weights by id. */
export function topTerms({ terms, weights }: SparseVector, limit: number): WeightedTerm[] {
  return Array.from(terms, (id, i) => ({ id, weight: weights[i]! }))
    .sort((a, b) => b.weight - a.weight || a.id - b.id)
    .slice(0, limit)
}
