import { FatalError } from '../../runtime/errors.ts'
import { type SparseVector, topTerms, type WeightedTerm } from '../sparse-vector.ts'

/** How far two computations of the same vectors agree. */
export interface Agreement {
  /** Greatest |Δ weight| over all texts and terms. */
  readonly maxDifference: number
  /** Texts whose twenty heaviest terms are the same; terms of equal weight may change places. */
  readonly sameTopTerms: number
}

/** What became of one form of an export. */
export interface FormParity extends Agreement {
  readonly file: string
  /** What ran it, with its version. */
  readonly runtime: string
}

/** parity.json: every form that was run here, beside the encoder as it is trained. */
export interface Parity {
  readonly texts: number
  /** Largest maxDifference that counts as equal. */
  readonly tolerance: number
  /** Forms that must agree; an export where one does not is refused. */
  readonly exact: readonly FormParity[]
  /** Forms whose weights are rounded, and what that costs. */
  readonly rounded: readonly (FormParity & { readonly precision: string })[]
  /** Forms that could not be run on this machine, and why. */
  readonly notRun: readonly { readonly file: string; readonly reason: string }[]
}

/** f32 sums in another order differ in the seventh digit; weights are below 10. */
export const tolerance = 1e-4

const comparedTerms = 20

export function agreementOf(a: readonly SparseVector[], b: readonly SparseVector[]): Agreement {
  const pairs = a.map((vector, i) => [vector, b[i] ?? nothing] as const)
  return {
    maxDifference: pairs.reduce((most, [x, y]) => Math.max(most, greatestDifference(x, y)), 0),
    sameTopTerms: pairs.filter(([x, y]) => sameTop(x, y)).length,
  }
}

/** Throws FatalError EXPORT_DIFFERS, with the form and how it differs, where one of the exact forms does not agree. */
export function requireParity({ exact, texts }: Parity, checkpointDir: string): void {
  for (const { file, runtime, maxDifference, sameTopTerms } of exact) {
    // A weight that is not a number agrees with none.
    if (maxDifference <= tolerance && sameTopTerms === texts) continue
    throw new FatalError(
      'EXPORT_DIFFERS',
      `${file} on ${runtime}: weights differ by up to ${maxDifference}, ${texts - sameTopTerms} of ${texts} texts have other top terms`,
      { at: { file: checkpointDir }, hint: 'the exported file does not compute what was trained: report this' },
    )
  }
}

const nothing: SparseVector = { terms: new Uint32Array(), weights: new Float32Array() }

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

/**
 * Place by place the same term; or, where several weigh the same within the tolerance, another of those. So is a term that only
 * one side has, if its weight is that near to 0.
 */
function sameTop(a: SparseVector, b: SparseVector): boolean {
  const [x, y] = [topTerms(a, comparedTerms), topTerms(b, comparedTerms)]
  return Array.from({ length: Math.max(x.length, y.length) }, (_, place) => {
    const [left, right] = [x[place], y[place]]
    return left?.id === right?.id || (fills(b, left, right) && fills(a, right, left))
  }).every(Boolean)
}

/** Does a term weigh in a vector as much as the one that stands there in its place? Where there is none, that is 0. */
function fills({ terms, weights }: SparseVector, term: Term, standing: Term): boolean {
  const weight = term === undefined ? 0 : (weights[terms.indexOf(term.id)] ?? 0)
  return Math.abs(weight - (standing?.weight ?? 0)) <= tolerance
}

type Term = WeightedTerm | undefined
