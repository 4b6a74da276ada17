import type { Weights } from './encoder.ts'

/** Name under which a checkpoint keeps a trained weight beside its average. */
export const trainedNameOf = (parameter: string) => `trained:${parameter}`

/**
 * An exponential moving average of the weights, which is what is judged and exported: it forgets the noise of the last steps.
 * At step t the average keeps min(decay, (1 + t) / (10 + t)) of itself, so that it does not remember its random beginning.
 */
export class WeightAverage {
  readonly values: ReadonlyMap<string, Float32Array>
  readonly #decay: number

  /** Begins with a copy of the weights. */
  constructor(weights: Weights, decay: number) {
    this.values = new Map([...weights].map(([name, values]) => [name, values.slice()]))
    this.#decay = decay
  }

  /** Takes in the weights after `steps` steps, `step` of the whole run being the last of them. */
  update(weights: ReadonlyMap<string, { readonly data: Float32Array }>, step: number, steps = 1): void {
    let kept = 1
    for (let t = step - steps + 1; t <= step; t++) kept *= Math.min(this.#decay, (1 + t) / (10 + t))
    for (const [name, average] of this.values) {
      const { data } = weights.get(name)!
      for (let i = 0; i < average.length; i++) average[i] = kept * average[i]! + (1 - kept) * data[i]!
    }
  }
}
