import type { z } from 'zod'
import { dropped, emit, transform } from '../../runtime/service.ts'
import type { SynonymCandidate } from '../../schemas/types.ts'
import { evidenceId, mergedPair } from './merge.ts'
import { settings } from './settings.ts'

export type Trust = z.output<typeof settings>['trust']

export default transform(
  'deduplicator',
  { settings, ports: ['claims'], concurrency: 500 },
  async function* (event, deps) {
    const { owned, payloads } = await deps.claims.claim({
      key: event.value.pairKey,
      evidenceId: evidenceId(event.value),
      owner: event.origin,
      payload: JSON.stringify(event.value),
    })
    if (!owned) {
      yield dropped('already_known')
      return
    }
    const candidates = payloads.map((payload): SynonymCandidate => JSON.parse(payload))
    yield emit.synonymPairs(mergedPair(event.key, candidates, deps.settings.trust))
  },
)
