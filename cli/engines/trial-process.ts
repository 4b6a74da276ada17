/** Main module of the process that trial.ts starts: one question, one answer. */
import { loadEngine } from '../../model/execution.ts'
import { tryProvider } from '../../model/graph/providers.ts'
import { tryTfjs } from '../../model/graph/tfjs-loader.ts'
import { measureSpeed } from '../../model/measure-speed.ts'
import type { ProviderRequest, TrialAnswer, TrialRequest } from './trial.ts'

async function answer({ settings, engines, threads, seconds }: TrialRequest): Promise<TrialAnswer> {
  const place = { engines, threads }
  const outcome = await tryTfjs(settings.provider, place)
  if (outcome.kind === 'missing') return { usable: false, reason: outcome.reason }
  const { version, device } = outcome
  if (seconds === undefined) return { usable: true, version, device }
  const speed = await measureSpeed(await loadEngine(settings, place), threads, seconds)
  return { usable: true, version, device, speed }
}

process.once('message', (request: TrialRequest | ProviderRequest) => {
  const tried = 'provider' in request ? tryProvider(request.provider) : answer(request)
  tried
    .catch(
      (error: unknown): TrialAnswer => ({
        usable: false,
        reason: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((message) => process.send?.(message, () => process.exit(0)))
    .catch(() => process.exit(1))
})
