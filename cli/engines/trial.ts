/**
 * Trying an engine in a process of its own: a native library that is broken ends that process and not ours, and the two builds of
 * TensorFlow cannot be loaded side by side.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Provider, ProviderState } from '../../model/graph/providers.ts'
import type { TfjsDevice } from '../../model/graph/tfjs-loader.ts'
import type { Speed } from '../../model/measure-speed.ts'
import type { ExecutionSettings } from '../../model/settings.ts'
import { moduleUrl } from '../../runtime/package-root.ts'

export interface TrialRequest {
  readonly settings: ExecutionSettings
  /** Folder of the engines that `naru engines add` made. */
  readonly engines: string
  readonly threads: number
  /** How long to train for the figure; absent: only load it. */
  readonly seconds?: number
}

export interface ProviderRequest {
  readonly provider: Provider
}

export type TrialAnswer =
  | { readonly usable: true; readonly version: string; readonly device: TfjsDevice; readonly speed?: Speed }
  | { readonly usable: false; readonly reason: string }

/** TensorFlow.js by the native binding. Never throws: what goes wrong is the reason. */
export async function tryTfjsApart(request: TrialRequest): Promise<TrialAnswer> {
  const asked = await askApart<TrialAnswer>(request, 'inherit')
  return 'failure' in asked ? { usable: false, reason: asked.failure } : asked.answer
}

/** onnxruntime with a provider, whose libraries shout on stderr about drivers that they do not find. Never throws. */
export async function tryProviderApart(provider: Provider): Promise<ProviderState> {
  const asked = await askApart<ProviderState>({ provider }, 'ignore')
  return 'failure' in asked ? { provider, usable: false, reason: asked.failure } : asked.answer
}

function askApart<Answer>(
  request: TrialRequest | ProviderRequest,
  stderr: 'inherit' | 'ignore',
): Promise<{ readonly answer: Answer } | { readonly failure: string }> {
  const child = fork(fileURLToPath(moduleUrl(import.meta.url, './trial-process')), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', stderr, 'ipc'],
  })
  return new Promise((resolve) => {
    child.on('message', (answer) => resolve({ answer: answer as Answer }))
    child.on('error', (error) => resolve({ failure: error.message }))
    child.on('exit', (code, signal) => {
      resolve({ failure: `the process that tried it ended with ${signal ?? `exit code ${code}`}` })
    })
    child.send(request)
  })
}
