import type { StepBatch } from './batch.ts'
import { type LoopOptions, onnxLoop } from './graph/onnx-loop.ts'
import { deviceOf } from './graph/providers.ts'
import { type Feed, GraphSession, type SessionSettings, type Values } from './graph/session.ts'
import { ShapeError, type TensorData } from './graph/tensor.ts'
import type { TrainingState } from './training-state.ts'
import type { StepFigures } from './training-step.ts'

/** The inputs of one step that are not state. */
export interface StepInput {
  readonly feeds: StepBatch['feeds']
  readonly scalars: Readonly<Record<string, number>>
}

/** Runs steps of one shape: one at a time, or several in a loop inside the runtime. Both give the same losses. */
export class StepSession {
  readonly #session: GraphSession
  readonly #looped: boolean

  private constructor(session: GraphSession, looped: boolean) {
    this.#session = session
    this.#looped = looped
  }

  static async open(step: LoopOptions, settings: SessionSettings, looped: boolean): Promise<StepSession> {
    const form: LoopOptions = { device: deviceOf(settings.provider), ...step }
    return new StepSession(await GraphSession.open(looped ? onnxLoop(form) : form, settings), looped)
  }

  /** Figures of each step, in order. The new state lies in `state.targets`; the caller swaps. */
  async run(state: TrainingState, inputs: readonly StepInput[]): Promise<readonly StepFigures[]> {
    const feeds = inputs.map(feedsOf)
    if (this.#looped) {
      const values = await this.#session.run({ ...state.feeds, ...stacked(feeds) }, state.targets)
      return inputs.map((_, round) => figuresOf(values, round))
    }
    const [first] = feeds
    if (!first || feeds.length > 1) throw new ShapeError(`${feeds.length} steps in a session of one`)
    return [figuresOf(await this.#session.run({ ...state.feeds, ...first }, state.targets), 0)]
  }

  async close(): Promise<void> {
    await this.#session.close()
  }
}

export function feedsOf({ feeds, scalars }: StepInput): Readonly<Record<string, Feed>> {
  const entries = Object.entries(scalars).map(([name, value]) => [name, { data: Float32Array.of(value), shape: [] }])
  return { ...feeds, ...Object.fromEntries(entries) }
}

/** One feed a name, the rounds along a new first axis. */
function stacked(rounds: readonly Readonly<Record<string, Feed>>[]): Record<string, Feed> {
  const names = Object.keys(rounds[0] ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const parts = rounds.map((round) => round[name]!)
      return [name, { data: joined(parts.map(({ data }) => data)), shape: [parts.length, ...parts[0]!.shape] }]
    }),
  )
}

function joined(parts: readonly TensorData[]): TensorData {
  const bytes = Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )
  const { buffer } = new Uint8Array(bytes)
  if (parts[0] instanceof Float32Array) return new Float32Array(buffer)
  return parts[0] instanceof BigInt64Array ? new BigInt64Array(buffer) : new Uint8Array(buffer)
}

export function figuresOf(values: Values, round: number): StepFigures {
  const numberOf = (name: keyof StepFigures) => Number(values[name]?.[round])
  return {
    loss: numberOf('loss'),
    ranking: numberOf('ranking'),
    crossLingual: numberOf('crossLingual'),
    sparsity: numberOf('sparsity'),
    alignment: numberOf('alignment'),
    contrast: numberOf('contrast'),
    activation: numberOf('activation'),
    distillation: numberOf('distillation'),
    activeTerms: numberOf('activeTerms'),
    activeTermsShort: numberOf('activeTermsShort'),
    activeTermsLong: numberOf('activeTermsLong'),
    gradientNorm: numberOf('gradientNorm'),
    lossScale: numberOf('lossScale'),
  }
}
