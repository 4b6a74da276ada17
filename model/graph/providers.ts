import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { ConfigError } from '../../runtime/errors.ts'
import { type Device, Graph } from './graph.ts'
import { onnxModel } from './onnx.ts'
import { add } from './ops.ts'

/** What onnxruntime computes a graph with. */
export type Provider = 'cpu' | 'cuda' | 'webgpu' | 'dml' | 'coreml'

export const providers = ['cpu', 'cuda', 'webgpu', 'dml', 'coreml'] as const satisfies readonly Provider[]

/** Which form of the graph it is given. That for GPUs leans on cuDNN; WebGPU's MaxPool tells no places. */
export function deviceOf(provider: Provider = 'cpu'): Device {
  return provider === 'cuda' ? 'gpu' : 'cpu'
}

export interface ProviderState {
  readonly provider: Provider
  /** Does this machine compute with it? */
  readonly usable: boolean
  /** Why not, in the runtime's words. */
  readonly reason?: string
}

/** What a user does about a provider that is missing. */
const hints: Readonly<Record<Provider, string>> = {
  cpu: 'reinstall onnxruntime-node: npm ci',
  cuda: 'naru engines add cuda fetches its files (linux x64); it also needs an NVIDIA driver, CUDA and cuDNN on the library path',
  webgpu: 'it needs a GPU driver with Vulkan, Metal or Direct3D 12, and a package that bundles it (linux x64 does)',
  dml: 'DirectML is part of the package on Windows only',
  coreml: 'CoreML is part of the package on macOS only',
}

/** Tries a provider by computing 1 + 1 with it: a package may list what the machine lacks the driver for. */
export async function tryProvider(provider: Provider): Promise<ProviderState> {
  const listed = provider === 'cpu' || ort.listSupportedBackends().some(({ name }) => name === provider)
  if (!listed) return { provider, usable: false, reason: 'the installed onnxruntime-node was built without it' }
  // Looked for here, because the runtime shouts on stderr about a library that it does not find.
  if (provider === 'cuda' && !existsSync(cudaLibrary())) {
    return { provider, usable: false, reason: 'its files are not installed' }
  }
  const graph = new Graph()
  const model = onnxModel({ outputs: { y: add(graph.input('x', 'f32', [1]), 1) } })
  try {
    const session = await ort.InferenceSession.create(model, { executionProviders: [provider], logSeverityLevel: 4 })
    await session.run({ x: new ort.Tensor('float32', Float32Array.of(1), [1]) })
    await session.release()
    return { provider, usable: true }
  } catch (error) {
    return { provider, usable: false, reason: plainReason(error) }
  }
}

/** The runtime's first line, without the source file and the condition that it puts before. */
function plainReason(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  return line.replace(/^\/onnxruntime_src.* was false\. /, '')
}

const require = createRequire(import.meta.url)

function cudaLibrary(): string {
  const folder = dirname(require.resolve('onnxruntime-node/package.json'))
  const file = process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'
  return join(folder, 'bin', 'napi-v6', process.platform, process.arch, file)
}

export function runtimeVersion(): string {
  return ort.env.versions.node ?? ort.env.versions.common
}

/**
 * The provider that a setting means: `auto` is cuda where this machine has it, otherwise cpu.
 * Throws ConfigError PROVIDER_MISSING, with what to do about it.
 */
export async function resolveProvider(setting: Provider | 'auto'): Promise<Provider> {
  if (setting === 'auto') return (await tryProvider('cuda')).usable ? 'cuda' : 'cpu'
  const { usable, reason } = await tryProvider(setting)
  if (usable) return setting
  throw new ConfigError('PROVIDER_MISSING', `${setting} cannot compute on this machine: ${reason}`, {
    hint: hints[setting],
  })
}
