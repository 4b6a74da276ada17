import { FatalError } from '../runtime/errors.ts'
import { type EncoderConfig, parameterShapes, type Weights } from './encoder.ts'
import { firstMomentOf, secondMomentOf } from './graph/optimiser.ts'
import type { Feed } from './graph/session.ts'
import { nextName } from './training-step.ts'

/**
 * Parameters and AdamW moments, each in two buffers: a step reads one and writes the other, then they swap. (Writing over
 * the input would let a node that runs late read the new value.) All sessions share the one state.
 */
export class TrainingState {
  readonly #names: readonly string[]
  #current: Readonly<Record<string, Feed>>
  #next: Readonly<Record<string, Feed>>

  /** `stored` may lack the moments, which then start at zero. Throws FatalError when a tensor is missing or misshapen. */
  constructor(config: EncoderConfig, stored: Weights) {
    const current: Record<string, Feed> = {}
    for (const [name, shape] of parameterShapes(config)) {
      const size = shape.reduce((a, b) => a * b, 1)
      const parameter = stored.get(name)
      if (parameter?.length !== size) {
        throw new FatalError('WEIGHTS_MISMATCH', `${name} has ${parameter?.length ?? 'no'} values, the model ${size}`, {
          hint: 'the weights belong to another model: check network sizes and vocabulary',
        })
      }
      current[name] = { data: parameter.slice(), shape }
      for (const moment of [firstMomentOf(name), secondMomentOf(name)]) {
        current[moment] = { data: stored.get(moment)?.slice() ?? new Float32Array(size), shape }
      }
    }
    this.#names = Object.keys(current)
    this.#current = current
    this.#next = Object.fromEntries(
      Object.entries(current).map(([name, { data, shape }]) => [name, { data: new Float32Array(data.length), shape }]),
    )
  }

  /** What a step reads. */
  get feeds(): Readonly<Record<string, Feed>> {
    return this.#current
  }

  /** Where a step writes, by output name. */
  get targets(): Readonly<Record<string, Feed>> {
    return Object.fromEntries(this.#names.map((name) => [nextName(name), this.#next[name]!]))
  }

  /** To be called after a step has written all targets. */
  swap(): void {
    const written = this.#next
    this.#next = this.#current
    this.#current = written
  }

  /** The values as they are now; valid until the next `swap`. */
  tensors(): ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }> {
    return new Map(
      this.#names.map((name) => {
        const { data, shape } = this.#current[name]!
        if (!(data instanceof Float32Array)) throw new FatalError('STATE_TYPE', `${name} is not f32`)
        return [name, { shape, data }]
      }),
    )
  }
}
