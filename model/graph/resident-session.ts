import * as ort from 'onnxruntime-node'
import { Graph } from './graph.ts'
import type { OnnxOptions } from './onnx.ts'
import type { LoopOptions } from './onnx-loop.ts'
import { multiply } from './ops.ts'
import { type Feed, memoryOf, openSession, type SessionSettings, tensorOf, type Values } from './session.ts'
import { ShapeError } from './tensor.ts'

/**
 * Runs a graph again and again while its state stays in the GPU's memory: each run's state is a `gpu-buffer` that is fed to
 * the next. Only onnxruntime's WebGPU provider gives such buffers out; for CUDA there is `onnxLoop`.
 */
export class ResidentSession {
  readonly #session: ort.InferenceSession
  readonly #download: ort.InferenceSession
  readonly #carried: ReadonlyMap<string, string>

  private constructor(
    session: ort.InferenceSession,
    download: ort.InferenceSession,
    carried: ReadonlyMap<string, string>,
  ) {
    this.#session = session
    this.#download = download
    this.#carried = carried
  }

  static async open({ carried, ...form }: LoopOptions, settings: SessionSettings): Promise<ResidentSession> {
    const locations = Object.keys(form.outputs).map((name) => [name, stays(carried, name) ? 'gpu-buffer' : 'cpu'])
    const session = await openSession(form, settings, { preferredOutputLocation: Object.fromEntries(locations) })
    return new ResidentSession(session, await openSession(copies(form.outputs, carried), settings), carried)
  }

  /**
   * One run for each of `rounds`, in order: what a run gives besides state. The state goes to the device from `state` and comes
   * back into `targets` (by output name) after the last.
   */
  async run(
    state: Readonly<Record<string, Feed>>,
    rounds: readonly Readonly<Record<string, Feed>>[],
    targets: Readonly<Record<string, Feed>>,
  ): Promise<readonly Values[]> {
    let held = new Map(Object.entries(state).map(([name, feed]) => [name, tensorOf(feed)]))
    const figures: Values[] = []
    try {
      for (const round of rounds) {
        const feeds = Object.entries(round).map(([name, feed]) => [name, tensorOf(feed)] as const)
        const results = await this.#session.run(Object.fromEntries([...held, ...feeds]))
        for (const tensor of held.values()) tensor.dispose()
        held = new Map([...this.#carried].map(([input, output]) => [input, deviceTensor(results, output)]))
        const others = Object.entries(results).filter(([name]) => !stays(this.#carried, name))
        figures.push(Object.fromEntries(others.map(([name, tensor]) => [name, memoryOf(tensor)])))
      }
      // Tensor.getData ends the process here (onnxruntime-node 1.30.0); a graph that copies brings the values to the host.
      const fetches = Object.entries(targets).map(([name, feed]) => [name, tensorOf(feed)] as const)
      await this.#download.run(Object.fromEntries(held), Object.fromEntries(fetches))
    } finally {
      for (const tensor of held.values()) tensor.dispose()
    }
    return figures
  }

  async close(): Promise<void> {
    await this.#session.release()
    await this.#download.release()
  }
}

/** A graph that copies the state. */
function copies(outputs: LoopOptions['outputs'], carried: ReadonlyMap<string, string>): OnnxOptions {
  const graph = new Graph()
  const copy = ([input, output]: readonly [string, string]) => {
    const { dtype, shape } = outputs[output]!
    return [output, multiply(graph.input(input, dtype, shape), 1)] as const
  }
  return { outputs: Object.fromEntries([...carried].map(copy)) }
}

function stays(carried: ReadonlyMap<string, string>, output: string): boolean {
  return [...carried.values()].includes(output)
}

function deviceTensor(results: ort.InferenceSession.ReturnType, name: string): ort.Tensor {
  const tensor = results[name]
  if (!(tensor instanceof ort.Tensor)) throw new ShapeError(`no output ${name}`)
  return tensor
}
