import { type SparseVector, topTerms } from '../sparse-vector.ts'

/** How far two computations of the same vectors agree. */
export interface Parity {
  readonly texts: number
  /** Greatest |Δ weight| over all texts and terms. */
  readonly maxDifference: number
  /** Texts whose twenty heaviest terms are the same; terms of equal weight may change places. */
  readonly sameTopTerms: number
  /** Largest maxDifference that counts as equal. */
  readonly tolerance: number
}

const comparedTerms = 20

export function parityOf(a: readonly SparseVector[], b: readonly SparseVector[], tolerance: number): Parity {
  const pairs = a.map((vector, i) => [vector, b[i]!] as const)
  return {
    texts: pairs.length,
    maxDifference: pairs.reduce((most, [x, y]) => Math.max(most, greatestDifference(x, y)), 0),
    sameTopTerms: pairs.filter(([x, y]) => sameTop(x, y, tolerance)).length,
    tolerance,
  }
}

function greatestDifference(a: SparseVector, b: SparseVector): number {
  const weightOf = new Map(Array.from(a.terms, (term, i) => [term, a.weights[i]!]))
  let greatest = 0
  for (const [i, term] of b.terms.entries()) {
    greatest = Math.max(greatest, Math.abs((weightOf.get(term) ?? 0) - b.weights[i]!))
    weightOf.delete(term)
  }
  for (const weight of weightOf.values()) greatest = Math.max(greatest, weight)
  return greatest
}

/** Term by term the same, unless the two in a place weigh the same within the tolerance. */
function sameTop(a: SparseVector, b: SparseVector, tolerance: number): boolean {
  const [x, y] = [topTerms(a, comparedTerms), topTerms(b, comparedTerms)]
  return (
    x.length === y.length &&
    x.every(({ id, weight }, i) => id === y[i]!.id || Math.abs(weight - y[i]!.weight) <= tolerance)
  )
}
