import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError } from '../../runtime/errors.ts'
import type { Provider } from './providers.ts'
import { isNodeBackend, type TfjsRuntime, tfjsRuntime } from './tfjs-runtime.ts'
import type { Tfjs } from './tfjs-step.ts'

/** What the native binding of TensorFlow.js computes on. */
export type TfjsDevice = 'cpu' | 'cuda'
export const tfjsDevices = ['cpu', 'cuda'] as const satisfies readonly TfjsDevice[]

export const tfjsPackages = {
  cpu: '@tensorflow/tfjs-node',
  cuda: '@tensorflow/tfjs-node-gpu',
} as const satisfies Record<TfjsDevice, string>

/** The folder of one of our builds, inside of the folder of all engines. */
export function tfjsFolder(engines: string, device: TfjsDevice): string {
  return join(engines, `tfjs-${device}`)
}

export interface LoadedTfjs {
  readonly runtime: TfjsRuntime
  /** What it computes on: a build for CUDA computes on the CPU where there is no GPU. */
  readonly device: TfjsDevice
  readonly version: string
}

export interface TfjsPlace {
  /** Folder of the engines that `naru engines add` made. */
  readonly engines?: string | undefined
  /** Threads inside one kernel. */
  readonly threads: number
}

/**
 * Loads the binding, our build first, then one that the project has installed itself. `auto` takes the build for CUDA where there
 * is one. A process loads one build at most. Throws ConfigError PROVIDER_MISSING, with what to do about it.
 */
export async function loadTfjs(provider: Provider | 'auto', place: TfjsPlace): Promise<LoadedTfjs> {
  const outcome = await tryTfjs(provider, place)
  if (outcome.kind === 'loaded') return outcome
  const { reason, hint, cause } = outcome
  throw new ConfigError('PROVIDER_MISSING', `TensorFlow.js cannot compute on ${provider} here: ${reason}`, {
    hint,
    cause,
  })
}

export type TfjsOutcome =
  | ({ readonly kind: 'loaded' } & LoadedTfjs)
  | { readonly kind: 'missing'; readonly reason: string; readonly hint: string; readonly cause?: unknown }

export async function tryTfjs(provider: Provider | 'auto', { engines, threads }: TfjsPlace): Promise<TfjsOutcome> {
  if (provider !== 'auto' && provider !== 'cpu' && provider !== 'cuda') {
    return {
      kind: 'missing',
      reason: 'it knows cpu and cuda',
      hint: 'leave training.provider at auto, or use onnxruntime',
    }
  }
  const file = buildsFor(provider)
    .map((device) => locate(device, engines))
    .find((found) => found !== undefined)
  if (file === undefined) return { kind: 'missing', reason: 'its native binding is not installed', hint: addIt }
  try {
    const loaded = await load(file, provider === 'cpu', threads)
    if (provider !== 'cuda' || loaded.device === 'cuda') return { kind: 'loaded', ...loaded }
    return {
      kind: 'missing',
      reason: 'TensorFlow found no GPU',
      hint: 'it needs an NVIDIA driver for CUDA 12 (see nvidia-smi)',
    }
  } catch (cause) {
    return { kind: 'missing', reason: `its native binding does not load: ${firstLine(cause)}`, hint: addIt, cause }
  }
}

const addIt = 'naru engines add tfjs-gpu builds it'

function buildsFor(provider: 'auto' | TfjsDevice): readonly TfjsDevice[] {
  if (provider === 'cuda') return ['cuda']
  return provider === 'cpu' ? ['cpu', 'cuda'] : ['cuda', 'cpu']
}

/** The main file of the package; undefined where there is none. */
function locate(device: TfjsDevice, engines: string | undefined): string | undefined {
  const places = [
    ...(engines === undefined ? [] : [pathToFileURL(join(tfjsFolder(engines, device), '/'))]),
    import.meta.url,
  ]
  for (const from of places) {
    try {
      return createRequire(from).resolve(tfjsPackages[device])
    } catch {
      // Not there: the next place.
    }
  }
  return undefined
}

async function load(file: string, hidesGpus: boolean, threads: number): Promise<LoadedTfjs> {
  restoreUtil()
  // TensorFlow reads these when its library is loaded. Unasked it tells of each missing GPU on stderr, and takes all memory of one.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
  process.env.TF_NUM_INTRAOP_THREADS ??= String(threads)
  if (hidesGpus) process.env.CUDA_VISIBLE_DEVICES = '-1'
  // By require, as the package is written: what `import` makes of it differs between Node and loaders of TypeScript.
  const tf: Tfjs = createRequire(import.meta.url)(file)
  await tf.ready()
  const backend: unknown = tf.backend()
  if (!isNodeBackend(backend)) throw new Error(`it has the backend ${tf.getBackend()} in place of TensorFlow's`)
  return { runtime: tfjsRuntime(tf), device: backend.isUsingGpuDevice ? 'cuda' : 'cpu', version: tf.version_core }
}

/**
 * tfjs-node 4.22.0 calls two functions of node:util in every kernel that newer Nodes warn of, and that Node 23 removed. (The fix,
 * tensorflow/tfjs#8425, was never released.)
 */
function restoreUtil(): void {
  const util: Record<string, unknown> = createRequire(import.meta.url)('node:util')
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined
  util.isArray = Array.isArray
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0] ?? ''
}
