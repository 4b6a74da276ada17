import { evidenceId } from '../../confidence/evidence-id.ts'
import { dropped, emit, transform, withdrawal } from '../../runtime/service.ts'
import { mergedPair } from './merge.ts'
import { settings } from './settings.ts'
import { fromStored, storedForm } from './stored.ts'

export default transform(
  'deduplicator',
  { settings, ports: ['claims'], concurrency: 500 },
  async function* ({ key, value: candidate, origin, retracted }, { claims, settings, tally }) {
    const claim = { key, evidenceId: `${evidenceId(candidate)}|${candidate.side}` }
    const { owned, payloads } =
      candidate.retracted || retracted
        ? { owned: true, payloads: await claims.retract(claim) }
        : await claims.claim({ ...claim, owner: origin, payload: storedForm(candidate) })
    if (!owned) {
      yield dropped('already_known')
      return
    }
    if (!candidate.retracted) tally(candidate.rule)
    const [first, ...others] = payloads.map((payload) => fromStored(payload, key))
    yield first
      ? emit.synonymPairs(mergedPair(key, [first, ...others], { bias: settings.bias, voices: settings.weights }))
      : withdrawal('synonym-pairs', key)
  },
)
