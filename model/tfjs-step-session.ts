import type { LoopOptions } from './graph/onnx-loop.ts'
import type { Values } from './graph/session.ts'
import type { TensorData } from './graph/tensor.ts'
import type { TfjsRuntime } from './graph/tfjs-runtime.ts'
import { computeFed, disposeAll, fromTfjs, TfjsSession, type TfjsTensors } from './graph/tfjs-session.ts'
import { feedsOf, figuresOf, type StepInput } from './step-session.ts'
import type { TfjsState } from './tfjs-state.ts'
import type { StepFigures } from './training-step.ts'

/** Runs steps of one shape by TensorFlow.js, one after another; weights and moments stay on its device. */
export class TfjsStepSession {
  readonly #session: TfjsSession
  readonly #runtime: TfjsRuntime
  /** Name of the output that is the next value → name of the input. */
  readonly #carried: ReadonlyMap<string, string>

  constructor({ outputs, carried }: LoopOptions, runtime: TfjsRuntime) {
    this.#session = new TfjsSession({ outputs }, runtime)
    this.#runtime = runtime
    this.#carried = new Map([...carried].map(([input, next]) => [next, input]))
  }

  /** Figures of each step, in order. The new state was put into `state`; the caller swaps. */
  async run(state: TfjsState, inputs: readonly StepInput[]): Promise<readonly StepFigures[]> {
    const before = state.onDevice()
    const figures: StepFigures[] = []
    let current = before
    for (const input of inputs) {
      const { next, values } = this.#step(current, input)
      if (current !== before) disposeAll(current)
      current = next
      figures.push(figuresOf(values, 0))
    }
    if (current !== before) state.put(current)
    return figures
  }

  async close(): Promise<void> {
    await this.#session.close()
  }

  #step(state: TfjsTensors, input: StepInput): { readonly next: TfjsTensors; readonly values: Values } {
    const results = computeFed(this.#session, state, feedsOf(input), this.#runtime)
    const next: Record<string, TfjsTensors[string]> = {}
    const values: Record<string, TensorData> = {}
    for (const [name, tensor] of Object.entries(results)) {
      const carried = this.#carried.get(name)
      if (carried !== undefined) next[carried] = tensor
      else {
        values[name] = fromTfjs(tensor)
        tensor.dispose()
      }
    }
    return { next, values }
  }
}
