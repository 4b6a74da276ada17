import type { StepBatch } from './batch.ts'
import { onnxLoop } from './graph/onnx-loop.ts'
import type { StepFactor } from './graph/optimiser.ts'
import { deviceOf } from './graph/providers.ts'
import { ResidentSession } from './graph/resident-session.ts'
import { type Feed, GraphSession, type SessionSettings, type Values } from './graph/session.ts'
import { ShapeError, type TensorData } from './graph/tensor.ts'
import type { AdamWThreads } from './kernels/adamw-threads.ts'
import type { TrainingState } from './training-state.ts'
import { factorName, type GradientStep, type StepFigures, type TrainingStep } from './training-step.ts'

/** The inputs of one step that are not state. */
export interface StepInput {
  readonly feeds: StepBatch['feeds']
  readonly scalars: Readonly<Record<string, number>>
}

/** Runs steps of one shape, however the machine does it best; all ways give the same losses. */
export interface StepSession {
  /** Figures of each step, in order. The new state lies in `state.targets`, or in its place already; the caller swaps. */
  run(state: TrainingState, inputs: readonly StepInput[]): Promise<readonly StepFigures[]>
  close(): Promise<void>
}

export interface StepSessionOptions {
  /** Does a run take several steps? */
  readonly several: boolean
  /** What updates in place, for all sessions of a run; the caller closes it. */
  readonly adamW: AdamWThreads
}

/**
 * One step a run, on a CPU with the update in place; or, `several`, as many as are asked for, while the state stays on the device: in a
 * loop inside the runtime, and with WebGPU by buffers that are handed from step to step.
 */
export async function openStepSession(
  { inPlace, ...step }: TrainingStep,
  settings: SessionSettings,
  { several, adamW }: StepSessionOptions,
): Promise<StepSession> {
  const form = { device: deviceOf(settings.provider), written: true, ...step }
  if (!several && inPlace && (settings.provider ?? 'cpu') === 'cpu') {
    return updatesInPlace(await GraphSession.open({ ...form, outputs: inPlace.outputs }, settings), inPlace, adamW)
  }
  if (!several) return oneStepARun(await GraphSession.open(form, settings))
  if (settings.provider === 'webgpu')
    return residentSteps(await ResidentSession.open({ ...form, written: false }, settings))
  return stepsInALoop(await GraphSession.open(onnxLoop(form), settings))
}

function oneStepARun(session: GraphSession): StepSession {
  return {
    run: async (state, inputs) => {
      const feeds = { ...state.feeds, ...feedsOf(onlyOne(inputs)) }
      return [figuresOf(await session.write(feeds, state.targets), 0)]
    },
    close: () => session.close(),
  }
}

/** A step whose losses or gradients are not finite leaves the state as it was. */
function updatesInPlace(session: GraphSession, { constantFactors }: GradientStep, adamW: AdamWThreads): StepSession {
  return {
    run: async (state, inputs) => {
      const values = await session.write({ ...state.feeds, ...feedsOf(onlyOne(inputs)) }, state.gradients)
      const figures = figuresOf(values, 0)
      if (Number.isFinite(figures.loss + figures.gradientNorm)) {
        const factorOf = (name: StepFactor) => Number(values[factorName(name)]?.[0])
        const factors = {
          ...constantFactors,
          share: factorOf('share'),
          kept: factorOf('kept'),
          rate: factorOf('rate'),
          floor: factorOf('floor'),
        }
        await state.update((parameters) => adamW.update(parameters, factors))
      }
      return [figures]
    },
    close: () => session.close(),
  }
}

function onlyOne(inputs: readonly StepInput[]): StepInput {
  const [input, ...more] = inputs
  if (!input || more.length > 0) throw new ShapeError(`${inputs.length} steps in a session of one`)
  return input
}

function stepsInALoop(session: GraphSession): StepSession {
  return {
    run: async (state, inputs) => {
      const feeds = { ...state.feeds, ...stacked(inputs.map(feedsOf)) }
      const values = await session.write(feeds, state.targets, [inputs.length])
      return inputs.map((_, round) => figuresOf(values, round))
    },
    close: () => session.close(),
  }
}

function residentSteps(session: ResidentSession): StepSession {
  return {
    run: async (state, inputs) => {
      const values = await session.run(state.feeds, inputs.map(feedsOf), state.targets)
      return values.map((one) => figuresOf(one, 0))
    },
    close: () => session.close(),
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
    leadAlignment: numberOf('leadAlignment'),
    distillation: numberOf('distillation'),
    activeTerms: numberOf('activeTerms'),
    activeTermsShort: numberOf('activeTermsShort'),
    activeTermsLong: numberOf('activeTermsLong'),
    gradientNorm: numberOf('gradientNorm'),
    lossScale: numberOf('lossScale'),
  }
}
