import { ConfigError } from '../runtime/errors.ts'
import type { Precision } from './graph/precision.ts'
import { type Provider, resolveProvider } from './graph/providers.ts'
import { loadTfjs, type TfjsPlace } from './graph/tfjs-loader.ts'
import type { TfjsRuntime } from './graph/tfjs-runtime.ts'
import type { ExecutionSettings } from './settings.ts'

/** What computes a graph. */
export type Engine = 'onnxruntime' | 'tfjs'

export const engines = ['onnxruntime', 'tfjs'] as const satisfies readonly Engine[]

/** How this machine computes a step: everything here may change between two starts of one run. */
export interface Execution {
  readonly engine: Engine
  readonly provider: Provider
  readonly precision: Precision
  /** Steps in one run of the runtime, at most. */
  readonly stepsPerRun: number
  /** Values up to which parameters share a buffer; 0: none do. */
  readonly packedValues: number
}

/**
 * State crosses the bus once a run: with 110 M parameters 2.6 GB, 0.7 s beside steps of 0.08 s on an H100 (bench/README.md). Spread
 * over so many steps that is 7 %. On a CPU onnxruntime is given one step a run whatever is asked for: there is no bus to spare, and only
 * then the update is in place, where a Loop holds weights and moments four times (bench/README.md).
 */
const gpuStepsPerRun = 128
/** 16 MiB: few buffers, and what an update needs beside them stays small. */
const gpuPackedValues = 2 ** 22

export const cpuExecution: Execution = {
  engine: 'onnxruntime',
  provider: 'cpu',
  precision: 'fp32',
  stepsPerRun: 1,
  packedValues: 0,
}

/** An execution and, where it is on TensorFlow.js, the copy of it that is loaded. */
export interface LoadedEngine {
  readonly execution: Execution
  readonly tfjs?: TfjsRuntime
}

/** What the settings mean on this machine, ready to compute. Throws as `resolveExecution` does. */
export async function loadEngine(settings: ExecutionSettings, place: TfjsPlace): Promise<LoadedEngine> {
  if (settings.engine === 'onnxruntime') return { execution: await resolveExecution(settings) }
  const { runtime, device } = await loadTfjs(settings.provider, place)
  return { execution: executionOn(device, settings, 1), tfjs: runtime }
}

/**
 * The execution on onnxruntime. Throws ConfigError PROVIDER_MISSING, and PRECISION_UNSUPPORTED: onnxruntime has no bf16 on a CPU
 * nor by WebGPU, and computes fp16 graphs on a CPU in fp32 without a word.
 */
export async function resolveExecution(settings: ExecutionSettings): Promise<Execution> {
  return executionOn(await resolveProvider(settings.provider), settings, gpuStepsPerRun)
}

function executionOn(
  provider: Provider,
  { engine, precision, stepsPerRun }: ExecutionSettings,
  gpuSteps: number,
): Execution {
  const fixed = stepsPerRun === 'auto' ? undefined : stepsPerRun
  if (provider === 'webgpu' && precision === 'bf16') {
    throw new ConfigError('PRECISION_UNSUPPORTED', 'WebGPU has no bf16', {
      hint: 'set training.precision to fp16, which most cards can, or to fp32',
    })
  }
  if (provider !== 'cpu') {
    // A WebGPU kernel reads and writes twelve buffers at most: too few to part a packed one again.
    const packedValues = provider === 'cuda' ? gpuPackedValues : 0
    return { engine, provider, precision, stepsPerRun: fixed ?? gpuSteps, packedValues }
  }
  if (precision !== 'fp32') {
    throw new ConfigError('PRECISION_UNSUPPORTED', `${precision} is for GPUs; this run computes on the CPU`, {
      hint: 'leave training.precision at fp32, or give a GPU by training.provider (naru doctor lists what is here)',
    })
  }
  return { ...cpuExecution, engine, stepsPerRun: engine === 'tfjs' ? (fixed ?? 1) : cpuExecution.stepsPerRun }
}
