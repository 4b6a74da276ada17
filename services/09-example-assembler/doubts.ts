/** Which texts may have other negatives after an update, and what is found for them now, as far as that follows from what was. */
import type { Found } from '../../search/negatives.ts'
import type { LayeredIndex } from '../../search/passages/layered-index.ts'
import { scoreUnit } from '../../search/passages/passage-index.ts'
import { pointOf, type Terms, type TextKind } from './documents.ts'
import type { Changed } from './exchange.ts'
import {
  type Arc,
  foundNow,
  type Mined,
  type MinedText,
  minedTextAt,
  type Shift,
  unfoundScoreAtMost,
} from './negatives.ts'
import type { Exchange } from './ranking.ts'
import type { Relayered } from './relayering.ts'
import type { World } from './world.ts'

export interface Doubt {
  readonly text: MinedText
  readonly was: Mined
  /** Undefined where a search must tell. */
  readonly found: Found | undefined
}

/** New documents that are looked at for a text: more than are often among the first. */
const comeAtMost = 16

/** All that was mined `before` and may be otherwise in the world `after`, whose documents and layers are up to date. */
export function* doubts(
  before: World,
  after: World,
  { exchanges }: Pick<Changed, 'exchanges'>,
  relayered: ReadonlyMap<string, ReadonlyMap<TextKind, Relayered>>,
): Iterable<Doubt> {
  const arrivals = new Map([...exchanges].map(([language, { come }]) => [language, new Arrivals(come)]))
  for (const { key, value: was } of before.mined.entries()) {
    const text = minedTextAt(key)
    const { language, kind, title } = text
    const now = relayered.get(language)?.get(kind)
    if (now === undefined) continue
    const documents = after.documents.get(language)!
    const own = was.seen[0]!
    const isOther = documents.isGone(own)
    const number = isOther ? documents.numberOf(title) : own
    const isAsItWas = (): boolean =>
      !isOther || before.documents.get(language)!.at(own)[kind] === documents.at(number!)[kind]
    if (now.newest === undefined || number === undefined || !isAsItWas()) {
      yield { text, was, found: undefined }
      continue
    }
    const terms = documents.termsOf(number, kind)
    const { index } = after.rankingOf(language, kind)
    const shift = shiftOf(terms, now.reweighed, index)
    const isDoubtful =
      isOther ||
      shift !== undefined ||
      was.seen.some((doc) => documents.isGone(doc)) ||
      (was.arc !== undefined && arrivals.get(language)!.isAnyOn(was.arc)) ||
      now.newest.hasHit(terms.all, was.least)
    if (!isDoubtful) continue
    const come = index.since(was.next, terms.all, comeAtMost, unfoundScoreAtMost(was, shift))
    yield { text, was, found: foundNow(was, come, documents, shift) }
  }
}

/**
 * How the scores of a text have moved; undefined where they have not.
 * @param reweighed by how much terms have changed, in the whole units of scores.
 */
export function shiftOf(
  { all, distinct }: Terms,
  reweighed: ReadonlyMap<string, number>,
  index: LayeredIndex,
): Shift | undefined {
  const changes = new Map<string, number>()
  for (const term of distinct) if (reweighed.has(term)) changes.set(term, 0)
  if (changes.size === 0) return undefined
  for (const term of all) if (changes.has(term)) changes.set(term, changes.get(term)! + reweighed.get(term)!)
  let most = 0
  for (const [term, change] of changes) most += Math.max(0, change) * index.highestImpactOf(term)
  const of = (doc: number): number => {
    let sum = 0
    for (const [term, change] of changes) sum += change * index.impactOn(doc, term)
    return sum * scoreUnit
  }
  return { most: most * scoreUnit, of }
}

/** Where new documents lie on the circle. */
class Arrivals {
  readonly #points: readonly string[]

  constructor(come: Exchange['come']) {
    this.#points = come.map(({ title }) => pointOf(title)).sort()
  }

  /** Whether one is on the arc, both ends with it. */
  isAnyOn({ from, to }: Arc): boolean {
    if (this.#points.length === 0) return false
    if (to === null) return true
    const next = this.#points[this.#firstFrom(from)]
    if (from <= to) return next !== undefined && next <= to
    return next !== undefined || this.#points[0]! <= to
  }

  #firstFrom(from: string): number {
    let [low, high] = [0, this.#points.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#points[middle]! < from) low = middle + 1
      else high = middle
    }
    return low
  }
}
