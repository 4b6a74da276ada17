/**
 * A retry that the monitor is asked for, in a process of its own: lmdb gives a process one environment a folder, and in the monitor's the
 * log of an embedded run is open for reading alone.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { moduleUrl } from '../runtime/package-root.ts'
import type { RetriedLetters, RetryFlags } from './commands/dead.ts'

export interface RetryRequest {
  readonly letter: string
  readonly flags: RetryFlags
}

export type RetryAnswer =
  | { readonly retried: RetriedLetters }
  | { readonly refused: { readonly code: string; readonly message: string; readonly hint: string | undefined } }

/** Throws ConfigError with the code of what stands against it, FatalError RETRY_ENDED where the process ends without an answer. */
export async function retriedApart(letter: string, flags: RetryFlags): Promise<RetriedLetters> {
  const answer = await answered({ letter, flags })
  if ('retried' in answer) return answer.retried
  const { code, message, hint } = answer.refused
  throw new ConfigError(code, message, hint === undefined ? {} : { hint })
}

function answered(request: RetryRequest): Promise<RetryAnswer> {
  const child = fork(fileURLToPath(moduleUrl(import.meta.url, './retry-process')), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.on('message', resolve)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      reject(new FatalError('RETRY_ENDED', `the process of the retry ended with ${signal ?? `exit code ${code}`}`))
    })
    child.send(request)
  })
}
