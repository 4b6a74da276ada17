import { instantiate } from '../../runtime/instantiate.ts'
import type { AdamWFactors } from '../graph/optimiser.ts'

/** What assembly/adamw.ts offers; addresses are in its memory. */
interface AdamWExports {
  valuesAtOnce(): number
  parametersAt(): number
  gradientsAt(): number
  firstMomentsAt(): number
  secondMomentsAt(): number
  setFactors(...factors: number[]): void
  update(count: number): void
}

/** A parameter with all that an update of it reads; values and moments are overwritten. All have one length. */
export interface UpdatedParameter {
  readonly values: Float32Array
  readonly firstMoment: Float32Array
  readonly secondMoment: Float32Array
  readonly gradient: Float32Array
  /** Is it subject to weight decay? */
  readonly decays: boolean
}

/**
 * AdamW in place and in one pass over memory, block by block through a kernel whose blocks stay in the processor's cache. Equal to
 * the bit to what the nodes of graph/optimiser.ts compute.
 */
export class AdamWKernel {
  readonly #exports = instantiate<AdamWExports>(new URL('./adamw.wasm', import.meta.url))
  readonly #atOnce = this.#exports.valuesAtOnce()
  readonly #parameters = this.#region(this.#exports.parametersAt())
  readonly #gradients = this.#region(this.#exports.gradientsAt())
  readonly #firstMoments = this.#region(this.#exports.firstMomentsAt())
  readonly #secondMoments = this.#region(this.#exports.secondMomentsAt())

  update({ values, firstMoment, secondMoment, gradient, decays }: UpdatedParameter, factors: AdamWFactors): void {
    const { share, firstKept, secondKept, squareShare, kept, rate, floor } = factors
    this.#exports.setFactors(share, firstKept, secondKept, squareShare, decays ? kept : 1, rate, floor)
    for (let start = 0; start < values.length; start += this.#atOnce) {
      const end = Math.min(values.length, start + this.#atOnce)
      this.#parameters.set(values.subarray(start, end))
      this.#gradients.set(gradient.subarray(start, end))
      this.#firstMoments.set(firstMoment.subarray(start, end))
      this.#secondMoments.set(secondMoment.subarray(start, end))
      this.#exports.update(end - start)
      values.set(this.#parameters.subarray(0, end - start), start)
      firstMoment.set(this.#firstMoments.subarray(0, end - start), start)
      secondMoment.set(this.#secondMoments.subarray(0, end - start), start)
    }
  }

  #region(at: number): Float32Array {
    return new Float32Array(this.#exports.memory.buffer, at, this.#atOnce)
  }
}
