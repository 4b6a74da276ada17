import type { EncoderConfig, Weights } from './encoder.ts'
import type { Execution } from './execution.ts'
import type { Tensor } from './graph/graph.ts'
import { type GraphRunner, GraphSession } from './graph/session.ts'
import type { TfjsRuntime } from './graph/tfjs-runtime.ts'
import { TfjsSession } from './graph/tfjs-session.ts'
import { AdamWThreads } from './kernels/adamw-threads.ts'
import { openStepSession, type StepInput } from './step-session.ts'
import { TfjsState } from './tfjs-state.ts'
import { TfjsStepSession } from './tfjs-step-session.ts'
import { type StateLayout, TrainingState } from './training-state.ts'
import type { StepFigures, TrainingStep } from './training-step.ts'

/**
 * Parameters and moments, and what computes on them: one of the engines. Everything that trains goes through it, and what is
 * trained does not depend on which one it is but for rounding.
 */
export interface Computation {
  readonly state: Pick<TrainingState, 'tensors' | 'swap'>
  /** `stepsPerRun` (default: the execution's) is how many a run may be given. */
  openStep(step: TrainingStep, stepsPerRun?: number): Promise<StepRunner>
  openGraph(outputs: Readonly<Record<string, Tensor>>): Promise<GraphRunner>
  /** Frees what a device holds; runners are closed before. */
  close(): Promise<void>
}

export interface StepRunner {
  /** Figures of each step, in order. What the steps made of the state counts once it is swapped. */
  run(inputs: readonly StepInput[]): Promise<readonly StepFigures[]>
  close(): Promise<void>
}

export interface ComputationParts {
  readonly config: EncoderConfig
  /** Parameters, and moments where there are any, by name. */
  readonly stored: Weights
  readonly layout: StateLayout
  readonly threads: number
  /** Where the execution is on TensorFlow.js: the copy of it that is loaded. */
  readonly tfjs?: TfjsRuntime | undefined
}

export function computationOf(
  execution: Execution,
  { config, stored, layout, ...parts }: ComputationParts,
): Computation {
  const state = new TrainingState(config, stored, layout)
  return parts.tfjs ? onTfjs(state, parts.tfjs) : onOnnxRuntime(state, execution, parts.threads)
}

function onOnnxRuntime(
  state: TrainingState,
  { provider, stepsPerRun: usual }: Execution,
  threads: number,
): Computation {
  const adamW = new AdamWThreads(threads)
  return {
    state,
    openStep: async (step, stepsPerRun = usual) => {
      const session = await openStepSession(step, { threads, provider }, { several: stepsPerRun > 1, adamW })
      return { run: (inputs) => session.run(state, inputs), close: () => session.close() }
    },
    openGraph: (outputs) => GraphSession.open({ outputs }, { threads, provider }),
    close: () => adamW.close(),
  }
}

function onTfjs(memory: TrainingState, runtime: TfjsRuntime): Computation {
  const state = new TfjsState(memory, runtime)
  return {
    state,
    openStep: async (step) => {
      const session = new TfjsStepSession(step, runtime)
      return { run: (inputs) => session.run(state, inputs), close: () => session.close() }
    },
    openGraph: async (outputs) => new TfjsSession({ outputs }, runtime),
    close: async () => state.close(),
  }
}
