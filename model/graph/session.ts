import * as ort from 'onnxruntime-node'
import { type OnnxOptions, onnxModel } from './onnx.ts'
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

  static async open(model: Uint8Array | OnnxOptions, settings: SessionSettings): Promise<GraphSession> {
    return new GraphSession(await openSession(model, settings))
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames
  }

  /**
   * Computes all outputs. `into` gives memory to write some f32 outputs to; it must not be memory of a feed: the runtime
   * writes an output as soon as it is computed, and a later node would read the new value in place of the old.
   */
  async run(feeds: Readonly<Record<string, Feed>>, into: Readonly<Record<string, Feed>> = {}): Promise<Values> {
    const buffers = new Set(Object.values(feeds).map(({ data }) => data.buffer))
    if (Object.values(into).some(({ data }) => buffers.has(data.buffer))) {
      throw new ShapeError('an output would be written over an input')
    }
    const fetches = Object.fromEntries(
      this.#session.outputNames.map((name) => [name, into[name] ? tensorOf(into[name]) : null]),
    )
    const results = await this.#session.run(mapValues(feeds, tensorOf), fetches)
    return mapValues(results, (tensor) => memoryOf(tensor))
  }

  holding(feeds: Readonly<Record<string, Feed>>): HoldingRunner {
    return { run: (others) => this.run({ ...feeds, ...others }), close: async () => undefined }
  }

  async close(): Promise<void> {
    await this.#session.release()
  }
}

/** A session of the runtime, with the settings that all of ours share. */
export async function openSession(
  model: Uint8Array | OnnxOptions,
  settings: SessionSettings,
  more: ort.InferenceSession.SessionOptions = {},
): Promise<ort.InferenceSession> {
  const bytes = model instanceof Uint8Array ? model : onnxModel({ device: deviceOf(settings.provider), ...model })
  return ort.InferenceSession.create(bytes, {
    executionProviders: [settings.provider ?? 'cpu'],
    intraOpNumThreads: settings.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Where a size is known only at run time, planned memory comes on top of the arena's: a third more, no faster.
    enableMemPattern: false,
    // One session a length bucket means several thread pools: idle ones must sleep and not spin on the cores.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...more,
  })
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
