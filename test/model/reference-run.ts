import type { Device } from '../../model/graph/graph.ts'
import { stepScalars } from '../../model/graph/optimiser.ts'
import { fullPrecision, type Precision } from '../../model/graph/precision.ts'
import { deviceOf, type Provider } from '../../model/graph/providers.ts'
import type { TfjsRuntime } from '../../model/graph/tfjs-runtime.ts'
import { AdamWThreads } from '../../model/kernels/adamw-threads.ts'
import { lossSettings } from '../../model/settings.ts'
import { sparsityWeightInput } from '../../model/step-objective.ts'
import { openStepSession, type StepInput } from '../../model/step-session.ts'
import { TfjsState } from '../../model/tfjs-state.ts'
import { TfjsStepSession } from '../../model/tfjs-step-session.ts'
import { TrainingState } from '../../model/training-state.ts'
import { parameterGroups, type StepFigures, trainingStep } from '../../model/training-step.ts'
import { f32, i64, trainingReference } from './reference/reference.ts'

/** The five steps of the reference, computed in one of the ways that must agree. */
export interface Way {
  readonly precision?: Precision
  /** Values up to which parameters share a buffer. */
  readonly packedValues?: number
  /** Steps a run; above 1 they go in a loop inside the runtime. */
  readonly stepsPerRun?: number
  /** Threads that update in place. */
  readonly updateThreads?: number
  /** Which form of the graph; that for GPUs runs on a CPU as well. */
  readonly device?: Device
  /** Texts that are encoded at once; 0: all. */
  readonly chunkTexts?: number
  /** On TensorFlow.js in place of onnxruntime. */
  readonly tfjs?: TfjsRuntime
  /** Default cpu; another one takes the form for GPUs. */
  readonly provider?: Provider
  /** State of the loss scale at the start. */
  readonly scaler?: Readonly<Record<string, number>>
}

export interface Trained {
  readonly figures: readonly StepFigures[]
  readonly state: Pick<TrainingState, 'tensors'>
}

const { config, losses, optimiser, steps, shape, parameters, batch } = trainingReference

const feeds = Object.fromEntries(
  Object.entries(batch).map(([name, tensor]) => [name, /ids|mask|tokens|mates/.test(name) ? i64(tensor) : f32(tensor)]),
)

export async function trainReference(way: Way = {}): Promise<Trained> {
  const { precision = fullPrecision, packedValues = 0, stepsPerRun = 1, chunkTexts = 0, scaler = {}, tfjs } = way
  const { updateThreads = 1, provider = 'cpu', device = deviceOf(provider) } = way
  const groups = parameterGroups(config, packedValues)
  const graph = trainingStep(shape, {
    encoder: config,
    losses: lossSettings.parse(losses),
    optimiser,
    precision,
    groups,
    chunkTexts,
  })
  const stored = new Map(Object.entries(parameters).map(([name, { data }]) => [name, Float32Array.from(data)]))
  for (const [name, value] of Object.entries(scaler)) stored.set(name, Float32Array.of(value))
  const memory = new TrainingState(config, stored, { groups, lossScale: precision === 'fp16' })
  const inputs = steps.map(({ learningRate, sparsityWeight }, i): StepInput => {
    const scalars = { ...stepScalars(i + 1, learningRate, optimiser), [sparsityWeightInput]: sparsityWeight }
    return { feeds, scalars }
  })
  const figures: StepFigures[] = []
  const stepwise = async (
    state: { swap(): void },
    run: (part: readonly StepInput[]) => Promise<readonly StepFigures[]>,
  ) => {
    for (let at = 0; at < inputs.length; at += stepsPerRun) {
      figures.push(...(await run(inputs.slice(at, at + stepsPerRun))))
      state.swap()
    }
  }
  if (tfjs) {
    const state = new TfjsState(memory, tfjs)
    const session = new TfjsStepSession(graph, tfjs)
    await stepwise(state, (part) => session.run(state, part))
    await session.close()
    return { figures, state }
  }
  const adamW = new AdamWThreads(updateThreads, { leastValues: 1 })
  const options = { several: stepsPerRun > 1, adamW }
  const session = await openStepSession({ ...graph, device }, { threads: 1, provider }, options)
  await stepwise(memory, (part) => session.run(memory, part))
  await session.close()
  await adamW.close()
  return { figures, state: memory }
}
