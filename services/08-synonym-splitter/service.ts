import { createHash } from 'node:crypto'
import { foldTitle } from '../../language/title.ts'
import { dropped, emit, stream } from '../../runtime/service.ts'
import type { Split, SynonymPair } from '../../schemas/types.ts'
import { Clusters } from './clusters.ts'
import { settings } from './settings.ts'

/** Hexadecimal digits of a cluster's name: 60 bits, a collision among 10 million clusters has odds of 1 in 20,000. */
const clusterDigits = 15

export default stream(
  'synonym-splitter',
  { settings, ports: ['scratch'] },
  async function* (events, { settings, scratch }) {
    // The last event of a key is the pair as it stands.
    const pairs = scratch.table<SynonymPair>('pairs')
    for await (const { key, value } of events) pairs.put(key, value)

    const clusters = new Clusters()
    for (const { value: pair } of pairs.entries()) {
      if (pair.confidence < settings.minConfidence) continue
      const [first, ...others] = namesOf(pair)
      for (const other of others) clusters.join(first!, other)
    }
    const smallest = clusters.smallestNames()
    for (const { value: pair } of pairs.entries()) {
      if (pair.confidence < settings.minConfidence) {
        yield dropped('below_threshold')
        continue
      }
      const cluster = digest(smallest.get(namesOf(pair)[0]!)!).slice(0, clusterDigits)
      yield emit.synonyms({ ...pair, cluster, split: splitOf(cluster, settings) })
    }
  },
)

/** Everything that a pair says is one thing: its terms, and the pages that its evidence rests on. */
function namesOf({ left, right, evidence }: SynonymPair): string[] {
  const names = new Set([
    `${left.language}:${foldTitle(left.surface)}`,
    `${right.language}:${foldTitle(right.surface)}`,
  ])
  for (const { leftTitle, rightTitle } of evidence) {
    if (leftTitle !== '') names.add(`${left.language}:page:${leftTitle}`)
    if (rightTitle !== '') names.add(`${right.language}:page:${rightTitle}`)
  }
  return [...names]
}

/** The side of a cluster depends on its own name and the seed alone, so that it stays when other clusters come and go. */
function splitOf(
  cluster: string,
  { seed, valShare, testShare }: { seed: number; valShare: number; testShare: number },
): Split {
  const position = Number.parseInt(digest(`${seed}:${cluster}`).slice(0, 8), 16) / 2 ** 32
  if (position < testShare) return 'test'
  return position < testShare + valShare ? 'val' : 'train'
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
