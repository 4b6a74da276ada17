import { ConfigError } from '../runtime/errors.ts'
import type { Precision } from './graph/precision.ts'
import { type Provider, resolveProvider } from './graph/providers.ts'
import type { ExecutionSettings } from './settings.ts'

/** How this machine computes a step: everything here may change between two starts of one run. */
export interface Execution {
  readonly provider: Provider
  readonly precision: Precision
  /** Steps in one run of the runtime, at most. */
  readonly stepsPerRun: number
  /** Values up to which parameters share a buffer; 0: none do. */
  readonly packedValues: number
}

/**
 * State crosses the bus once a run: with 110 M parameters 2.6 GB, 0.7 s beside steps of 0.08 s on an H100 (bench/README.md). Spread
 * over so many steps that is 7 %. On a CPU there is no bus, and one step a run reports soonest.
 */
const gpuStepsPerRun = 128
/** 16 MiB: few buffers, and what an update needs beside them stays small. */
const gpuPackedValues = 2 ** 22

export const cpuExecution: Execution = { provider: 'cpu', precision: 'fp32', stepsPerRun: 1, packedValues: 0 }

/**
 * What the settings mean on this machine. Throws ConfigError PROVIDER_MISSING, and PRECISION_UNSUPPORTED: onnxruntime has no
 * bf16 on a CPU nor by WebGPU, and computes fp16 graphs on a CPU in fp32 without a word.
 */
export async function resolveExecution(settings: ExecutionSettings): Promise<Execution> {
  const provider = await resolveProvider(settings.provider)
  const { precision } = settings
  if (provider === 'cpu' && precision !== 'fp32') {
    throw new ConfigError('PRECISION_UNSUPPORTED', `${precision} is for GPUs; this run computes on the CPU`, {
      hint: 'leave training.precision at fp32, or give a GPU by training.provider (naru doctor lists what is here)',
    })
  }
  if (provider === 'webgpu' && precision === 'bf16') {
    throw new ConfigError('PRECISION_UNSUPPORTED', 'WebGPU has no bf16', {
      hint: 'set training.precision to fp16, which most cards can, or to fp32',
    })
  }
  if (provider === 'cpu') return { ...cpuExecution, stepsPerRun: fixed(settings.stepsPerRun) ?? 1 }
  return {
    provider,
    precision,
    stepsPerRun: fixed(settings.stepsPerRun) ?? gpuStepsPerRun,
    // A WebGPU kernel reads and writes twelve buffers at most: too few to part a packed one again.
    packedValues: provider === 'cuda' ? gpuPackedValues : 0,
  }
}

function fixed(steps: number | 'auto'): number | undefined {
  return steps === 'auto' ? undefined : steps
}
