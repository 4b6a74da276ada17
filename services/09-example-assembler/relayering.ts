/** Brings the documents of a language and their rankings up to date: what comes is a layer of its own, until there are too many. */
import { bigrams } from '../../language/tokens.ts'
import type { Scratch } from '../../runtime/ports.ts'
import { isSameGrid } from '../../search/passages/collection.ts'
import type { PassageIndex } from '../../search/passages/passage-index.ts'
import { type TextKind, textKinds } from './documents.ts'
import { layerFolder } from './kept-world.ts'
import type { Exchange, Ranking } from './ranking.ts'
import type { World } from './world.ts'

/** Each is searched for itself. */
const layersAtMost = 8
/** Share of the documents that may be gone from the layers: they are found, and passed over. */
const goneAtMost = 0.25

export interface Relayered {
  /** The documents that are new; undefined where nothing is as it was. */
  readonly newest: PassageIndex | undefined
  /** Terms that weigh more or less than before, and by how much, in the whole units of scores. */
  readonly reweighed: ReadonlyMap<string, number>
}

export async function relayer(
  language: string,
  exchange: Exchange,
  world: World,
  { scratch, signal }: { readonly scratch: Scratch; readonly signal: AbortSignal },
): Promise<ReadonlyMap<TextKind, Relayered>> {
  const { gone, come } = exchange
  const documents = world.documents.get(language)!
  const rankings = textKinds.map((kind) => world.rankingOf(language, kind))
  const isRenewed = rankings.some((ranking) => mustBeRenewed(ranking, exchange))
  const weights = new Map(rankings.map((ranking) => [ranking, weightsIn(ranking, exchange)]))
  for (const document of gone) world.removeDocument(language, document)
  let base = documents.next
  for (const document of come) world.addDocument(language, document)
  if (isRenewed) base = documents.renumber()

  const relayered = new Map<TextKind, Relayered>()
  for (const ranking of rankings) {
    const { kind } = ranking
    const place = { base, folder: layerFolder(language, kind, base, { scratch }) }
    if (isRenewed) {
      await ranking.beginAnew()
      await ranking.addLayer(place, documents, signal)
      relayered.set(kind, { newest: undefined, reweighed: new Map() })
    } else {
      ranking.noteGone(gone)
      const newest = await ranking.addLayer(place, come, signal)
      relayered.set(kind, { newest, reweighed: reweighed(ranking, weights.get(ranking)!) })
    }
  }
  return relayered
}

function mustBeRenewed(ranking: Ranking, exchange: Exchange): boolean {
  const { size, layers, documents } = ranking
  if (layers.length >= layersAtMost || documents.gone + exchange.gone.length > goneAtMost * size.documents) return true
  return !isSameGrid(size, ranking.sizeAfter(exchange))
}

/** What the terms weigh of which there are more or fewer. */
function weightsIn(ranking: Ranking, { gone, come }: Exchange): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const document of [...gone, ...come]) {
    for (const term of bigrams(document[ranking.kind])) {
      if (!weights.has(term)) weights.set(term, ranking.weightOf(term))
    }
  }
  return weights
}

function reweighed(ranking: Ranking, weights: ReadonlyMap<string, number>): Map<string, number> {
  const changes = new Map<string, number>()
  for (const [term, weight] of weights) {
    const change = ranking.weightOf(term) - weight
    if (change !== 0) changes.set(term, change)
  }
  return changes
}
