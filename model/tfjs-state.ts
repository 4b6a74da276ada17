import { ShapeError } from './graph/tensor.ts'
import type { TfjsRuntime } from './graph/tfjs-runtime.ts'
import { disposeAll, fromTfjs, type TfjsTensors, toTfjs } from './graph/tfjs-session.ts'
import type { TrainingState } from './training-state.ts'

/**
 * Parameters and moments on TensorFlow.js' device. They lie on one side at a time: steps leave them there, whoever asks for their
 * values has them brought back to memory, and the next step takes them there again.
 */
export class TfjsState {
  readonly #memory: TrainingState
  readonly #runtime: TfjsRuntime
  #current: TfjsTensors | undefined
  /** Made by the last run, which is not sure yet to count. */
  #next: TfjsTensors | undefined

  constructor(memory: TrainingState, runtime: TfjsRuntime) {
    this.#memory = memory
    this.#runtime = runtime
  }

  /** What a step reads, by the name of the input. They stay this object's. */
  onDevice(): TfjsTensors {
    this.#current ??= Object.fromEntries(
      Object.entries(this.#memory.feeds).map(([name, feed]) => [name, toTfjs(feed, this.#runtime)]),
    )
    return this.#current
  }

  /** What a run made of it, under the same names: this object's from here on. */
  put(next: TfjsTensors): void {
    disposeAll(this.#next ?? {})
    this.#next = next
  }

  swap(): void {
    disposeAll(this.#current ?? {})
    this.#current = this.#next
    this.#next = undefined
  }

  tensors(): ReturnType<TrainingState['tensors']> {
    const { feeds } = this.#memory
    for (const [name, tensor] of Object.entries(this.#current ?? {})) {
      const [values, memory] = [fromTfjs(tensor), feeds[name]?.data]
      if (!(values instanceof Float32Array) || !(memory instanceof Float32Array))
        throw new ShapeError(`${name} is not f32`)
      memory.set(values)
    }
    this.close()
    return this.#memory.tensors()
  }

  /** Frees the device's memory. */
  close(): void {
    disposeAll({ ...this.#current })
    disposeAll({ ...this.#next })
    this.#current = undefined
    this.#next = undefined
  }
}
