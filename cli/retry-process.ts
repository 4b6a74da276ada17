/** Main module of the process that retry-apart.ts starts: one letter, one answer. */
import { NaruError } from '../runtime/errors.ts'
import { retried } from './commands/dead.ts'
import type { RetryAnswer, RetryRequest } from './retry-apart.ts'

async function answer({ letter, flags }: RetryRequest): Promise<RetryAnswer> {
  try {
    return { retried: await retried([letter], flags) }
  } catch (error) {
    if (!(error instanceof NaruError)) throw error
    const { code, message, hint } = error
    return { refused: { code, message, hint } }
  }
}

process.once('message', (request: RetryRequest) => {
  answer(request)
    .then((message) => process.send?.(message, () => process.exit(0)))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    })
})
