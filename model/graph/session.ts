import * as ort from 'onnxruntime-node'
import { type OnnxOptions, onnxModel } from './onnx.ts'
import { unreturnableOutput } from './onnx-writer.ts'
import { deviceOf, type Provider } from './providers.ts'
import { ShapeError, type TensorData } from './tensor.ts'

export interface SessionSettings {
  /** Threads inside one operator. */
  readonly threads: number
  /** Default cpu. Opening fails where this machine lacks it; see `resolveProvider`. */
  readonly provider?: Provider
}

/** Values by name, as plain memory. */
export type Values = Readonly<Record<string, TensorData>>

/** A feed: memory and the sizes of its axes. */
export interface Feed {
  readonly data: TensorData
  readonly shape: readonly number[]
}

/** A graph that is ready to be computed, on whichever engine. */
export interface GraphRunner {
  /** Computes all outputs. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Values>
  /** The same graph with some inputs given for good, which an engine may bring to its device once. */
  holding(feeds: Readonly<Record<string, Feed>>): HoldingRunner
  close(): Promise<void>
}

/** To be closed before the runner that it comes from. */
export type HoldingRunner = Pick<GraphRunner, 'run' | 'close'>

/** Running a graph by onnxruntime-node. Mind: `run` holds the thread until it is done (onnxruntime#19611). */
export class GraphSession implements GraphRunner {
  readonly #session: ort.InferenceSession

  private constructor(session: ort.InferenceSession) {
    this.#session = session
  }

  /** A model as bytes, as the path of a file beside which its external data lie, or as a graph. */
  static async open(model: Uint8Array | string | OnnxOptions, settings: SessionSettings): Promise<GraphSession> {
    return new GraphSession(await openSession(model, settings))
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames
  }

  async run(feeds: Readonly<Record<string, Feed>>): Promise<Values> {
    const results = await this.#session.run(mapValues(feeds, tensorOf))
    return mapValues(results, (tensor) => memoryOf(tensor))
  }

  /**
   * Computes all outputs of a model that was opened as `written`: `into` memory that is given, and the others, which are f32 of `shape`, into
   * memory that is returned. `into` must not be memory of a feed: the runtime writes an output as soon as it is computed, and a later
   * node would read the new value in place of the old.
   *
   * onnxruntime-node 1.30 copies an output once more for its result, even one that was written to where it was wanted
   * (js/node/src/tensor_helper.cc; its later sources do not): 435 MB and 0.2 s a step at 109 M parameters. So the first output of such
   * a model is one that it cannot give to JavaScript, at which it stops: all is computed then, and nothing copied.
   */
  async write(
    feeds: Readonly<Record<string, Feed>>,
    into: Readonly<Record<string, Feed>>,
    shape: readonly number[] = [],
  ): Promise<Values> {
    const buffers = new Set(Object.values(feeds).map(({ data }) => data.buffer))
    if (Object.values(into).some(({ data }) => buffers.has(data.buffer))) {
      throw new ShapeError('an output would be written over an input')
    }
    const others = this.#session.outputNames.filter((name) => !(name in into) && name !== unreturnableOutput)
    const size = shape.reduce((a, b) => a * b, 1)
    const returned = Object.fromEntries(others.map((name) => [name, { data: new Float32Array(size), shape }]))
    const places = mapValues({ ...into, ...returned }, tensorOf)
    try {
      await this.#session.run(mapValues(feeds, tensorOf), { [unreturnableOutput]: null, ...places })
    } catch (error) {
      if (!isUnreturnable(error)) throw error
    }
    return mapValues(returned, ({ data }) => data)
  }

  holding(feeds: Readonly<Record<string, Feed>>): HoldingRunner {
    return { run: (others) => this.run({ ...feeds, ...others }), close: async () => undefined }
  }

  async close(): Promise<void> {
    await this.#session.release()
  }
}

/** Is it what the binding says of the first output of a model that was opened as `written`? */
function isUnreturnable(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Non tensor type')
}

/** A session of the runtime, with the settings that all of ours share. */
export async function openSession(
  model: Uint8Array | string | OnnxOptions,
  settings: SessionSettings,
  more: ort.InferenceSession.SessionOptions = {},
): Promise<ort.InferenceSession> {
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: [settings.provider ?? 'cpu'],
    intraOpNumThreads: settings.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Where a size is known only at run time, planned memory comes on top of the arena's: a third more, no faster.
    enableMemPattern: false,
    // One session a length bucket means several thread pools: idle ones must sleep and not spin on the cores.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...more,
  }
  if (typeof model === 'string') return ort.InferenceSession.create(model, options)
  const bytes = model instanceof Uint8Array ? model : onnxModel({ device: deviceOf(settings.provider), ...model })
  return ort.InferenceSession.create(bytes, options)
}

export function tensorOf({ data, shape }: Feed): ort.Tensor {
  if (data instanceof Float32Array) return new ort.Tensor('float32', data, shape)
  if (data instanceof BigInt64Array) return new ort.Tensor('int64', data, shape)
  return new ort.Tensor('bool', data, shape)
}

export function memoryOf(value: ort.OnnxValue): TensorData {
  const { data } = value
  if (data instanceof Float32Array || data instanceof BigInt64Array || data instanceof Uint8Array) return data
  throw new ShapeError('a result has a type that the graph does not know')
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)]))
}
