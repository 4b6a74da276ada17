import { FatalError } from '../../runtime/errors.ts'
import { type SparseVector, topTerms } from '../sparse-vector.ts'

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

/** Term by term the same, unless the two in a place weigh the same within the tolerance. */
function sameTop(a: SparseVector, b: SparseVector): boolean {
  const [x, y] = [topTerms(a, comparedTerms), topTerms(b, comparedTerms)]
  return (
    x.length === y.length &&
    x.every(({ id, weight }, i) => id === y[i]!.id || Math.abs(weight - y[i]!.weight) <= tolerance)
  )
}
