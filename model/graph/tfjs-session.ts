import type { Tensor } from './graph.ts'
import type { Feed, GraphRunner, HoldingRunner, Values } from './session.ts'
import { ShapeError, type TensorData } from './tensor.ts'
import { type Program, programOf, runProgram } from './tfjs-program.ts'
import type { TfjsRuntime } from './tfjs-runtime.ts'
import type { TfjsTensor } from './tfjs-step.ts'

/** Tensors by the name of an input or output. */
export type TfjsTensors = Readonly<Record<string, TfjsTensor>>

/** Running a graph by TensorFlow.js, op by op. Mind: computing holds the thread until it is done. */
export class TfjsSession implements GraphRunner {
  readonly #runtime: TfjsRuntime
  readonly #names: readonly string[]
  readonly #program: Program
  readonly #constants: ReadonlyMap<Tensor, TfjsTensor>

  constructor({ outputs }: { readonly outputs: Readonly<Record<string, Tensor>> }, runtime: TfjsRuntime) {
    this.#runtime = runtime
    this.#names = Object.keys(outputs)
    this.#program = programOf(Object.values(outputs))
    this.#constants = new Map(
      this.#program.constants.map(({ tensor, data }) => [
        tensor,
        toTfjs({ data, shape: tensor.shape.map(Number) }, runtime),
      ]),
    )
  }

  /** Tensors of the device in and out: nothing is copied. What comes in stays the caller's, and so becomes what comes out. */
  compute(tensors: TfjsTensors): TfjsTensors {
    const given = new Map(this.#constants)
    for (const input of this.#program.inputs) {
      const tensor = tensors[input.name]
      if (!tensor) throw new ShapeError(`nothing was given for the input ${input.name}`)
      given.set(input, tensor)
    }
    const results = runProgram(this.#program, given, this.#runtime)
    return Object.fromEntries(results.map((tensor, i) => [this.#names[i]!, tensor]))
  }

  run(feeds: Readonly<Record<string, Feed>>): Promise<Values> {
    return this.#run(feeds, {})
  }

  holding(feeds: Readonly<Record<string, Feed>>): HoldingRunner {
    const held = mapValues(feeds, (feed) => toTfjs(feed, this.#runtime))
    return { run: (others) => this.#run(others, held), close: async () => disposeAll(held) }
  }

  async close(): Promise<void> {
    for (const tensor of this.#constants.values()) tensor.dispose()
  }

  async #run(feeds: Readonly<Record<string, Feed>>, held: TfjsTensors): Promise<Values> {
    const results = computeFed(this, held, feeds, this.#runtime)
    const values = mapValues(results, fromTfjs)
    disposeAll(results)
    return values
  }
}

/** Brings feeds to the device for one computation; they are gone after it, whatever came of it. */
export function computeFed(
  session: TfjsSession,
  held: TfjsTensors,
  feeds: Readonly<Record<string, Feed>>,
  runtime: TfjsRuntime,
): TfjsTensors {
  const fed = mapValues(feeds, (feed) => toTfjs(feed, runtime))
  try {
    return session.compute({ ...held, ...fed })
  } finally {
    disposeAll(fed)
  }
}

export function disposeAll(tensors: TfjsTensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose()
}

/** Copies memory into a tensor of the backend. Throws ShapeError for a whole number beyond int32. */
export function toTfjs({ data, shape }: Feed, { tf }: TfjsRuntime): TfjsTensor {
  if (data instanceof Float32Array) return tf.tensor(data.slice(), [...shape], 'float32')
  if (data instanceof BigInt64Array) return tf.tensor(Int32Array.from(data, narrowed), [...shape], 'int32')
  return tf.tensor(data.slice(), [...shape], 'bool')
}

function narrowed(value: bigint): number {
  if (BigInt.asIntN(32, value) !== value) throw new ShapeError(`${value} does not fit the int32 of TensorFlow.js`)
  return Number(value)
}

/** Copies a tensor of the backend into memory. */
export function fromTfjs(tensor: TfjsTensor): TensorData {
  const data = tensor.dataSync()
  if (tensor.dtype === 'float32') return Float32Array.from(data)
  return tensor.dtype === 'bool' ? Uint8Array.from(data) : BigInt64Array.from(data, BigInt)
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]))
}
