/** Hard negatives for the documents of a corpus, mined page by page as they are asked for, and remembered. */
import type { ScratchTable } from '../../runtime/ports.ts'
import { type Candidates, type Found, mineNegatives } from '../../search/negatives.ts'
import type { Newcomers } from '../../search/passages/layered-index.ts'
import type { Hit } from '../../search/ranking.ts'
import { type Documents, linksTo, pointOf, type TextKind } from './documents.ts'

export interface NegativeSettings {
  readonly negatives: number
  readonly maxOverlap: number
  readonly seed: number
}

/** Numbers of the negatives of a page, which all its examples share, and what they rest on. */
export interface Mined {
  readonly negatives: readonly number[]
  /** Its own number, and those of all that were looked at. */
  readonly seen: readonly number[]
  /** What another document would have to score to be looked at. */
  readonly least: number
  /** Documents from this number on have come since; those that were not looked at are not in `found`. */
  readonly next: number
  /** What was found, [document, score] by [document, score], as long as it goes on from there. */
  readonly found: readonly number[]
  readonly isAll: boolean
  /** The stretch of the circle that was gone through for more, both ends with it; null for all of it. */
  readonly arc?: Arc
}

export interface Arc {
  readonly from: string
  readonly to: string | null
}

export interface MinedText {
  readonly language: string
  readonly kind: TextKind
  readonly title: string
}

/** For the next update: some may be gone then. */
const hitsKept = 32

export type MinedTable = ScratchTable<Mined>

export interface NegativeSources {
  readonly documents: ReadonlyMap<string, Documents>
  candidates(language: string, kind: TextKind): Candidates
}

export class Negatives {
  readonly #sources: NegativeSources
  readonly #settings: NegativeSettings
  readonly #mined: MinedTable
  readonly #beingMined = new Map<string, Promise<Mined>>()

  constructor(sources: NegativeSources, mined: MinedTable, settings: NegativeSettings) {
    this.#sources = sources
    this.#settings = settings
    this.#mined = mined
  }

  /**
   * Texts that BM25 takes for the text of page `title`, most alike first, and that belong neither to its group of clusters
   * nor to a page that it links to or that links to it; of names, none that the page has too. Ask for those of many pages at once.
   */
  async of(text: MinedText): Promise<readonly string[]> {
    const documents = this.#sources.documents.get(text.language)!
    const positive = documents.numberOf(text.title)
    if (positive === undefined) return []
    const { negatives } = await this.#minedOf(text, documents, positive)
    return negatives.map((number) => documents.at(number)[text.kind])
  }

  /** Mines once more what was mined before. Undefined where the page is no document any more. */
  async mineAnew(text: MinedText, found: Found | undefined): Promise<Mined | undefined> {
    const documents = this.#sources.documents.get(text.language)!
    const positive = documents.numberOf(text.title)
    const mined = positive === undefined ? null : await this.#mine(text, documents, positive, found)
    this.#mined.put(minedKey(text), mined)
    return mined ?? undefined
  }

  async #minedOf(text: MinedText, documents: Documents, positive: number): Promise<Mined> {
    const key = minedKey(text)
    const known = this.#mined.get(key) ?? this.#beingMined.get(key)
    if (known) return known
    const mining = this.#mine(text, documents, positive, undefined)
    this.#beingMined.set(key, mining)
    const mined = await mining.finally(() => this.#beingMined.delete(key))
    this.#mined.put(key, mined)
    return mined
  }

  async #mine(
    { language, kind, title }: MinedText,
    documents: Documents,
    positive: number,
    known: Found | undefined,
  ): Promise<Mined> {
    const own = documents.at(positive)
    const ownNames = new Set(own.namesOfCluster)
    const isRelated = (at: number): boolean => {
      const other = documents.at(at)
      return (
        (own.group !== null && other.group === own.group) ||
        linksTo(own, other.title) ||
        linksTo(other, title) ||
        // 수성 (대구) is another page than 수성 (행성), but its name answers no less.
        (kind === 'name' && (other.nameKey === own.nameKey || ownNames.has(other.nameKey)))
      )
    }
    const { negatives: count, maxOverlap, seed } = this.#settings
    // Each page goes on from a point of its own, so that no other page changes what it meets but by being met.
    const from = pointOf(`${seed}:${language}:${kind}:${title}`)
    const { negatives, seen, least, lastFill, found } = await mineNegatives(
      this.#sources.candidates(language, kind),
      (at) => documents.termsOf(at, kind).distinct,
      { tokens: documents.termsOf(positive, kind).all, positive, isRelated, ...(known && { known }) },
      documents.around(from),
      { count, maxOverlap: kind === 'lead' ? maxOverlap : 1 },
    )
    const kept = found.hits.slice(0, hitsKept)
    const mined = {
      negatives: negatives.map(({ doc }) => doc),
      seen,
      least,
      next: documents.next,
      found: kept.flatMap(({ doc, score }) => [doc, score]),
      isAll: found.isAll && kept.length === found.hits.length,
    }
    if (negatives.length === count && lastFill === undefined) return mined
    const isAll = negatives.length < count || lastFill === undefined
    return { ...mined, arc: { from, to: isAll ? null : pointOf(documents.at(lastFill).title) } }
  }
}

/** How the scores of a text have moved since it was mined, as terms have come to weigh more or less. */
export interface Shift {
  of(doc: number): number
  /** Of whichever document. */
  readonly most: number
}

/** What a document scores at most that was there when the text was mined, and was not found. */
export function unfoundScoreAtMost({ found, isAll }: Pick<Mined, 'found' | 'isAll'>, shift?: Shift): number {
  return isAll ? 0 : (found.at(-1) ?? Infinity) + (shift?.most ?? 0)
}

/**
 * What is found now, as far as that is sure: of what was found before and is there still, and of what has come, all that score more than whichever was not
 * found.
 * @param come since `mined.next`, those that score more than `unfoundScoreAtMost`.
 */
export function foundNow(
  mined: Pick<Mined, 'found' | 'isAll'>,
  come: Newcomers,
  documents: Pick<Documents, 'isGone' | 'compare'>,
  shift?: Shift,
): Found {
  const { found, isAll } = mined
  const hits: Hit[] = []
  for (let at = 0; at < found.length; at += 2) {
    const doc = found[at]!
    if (!documents.isGone(doc)) hits.push({ doc, score: found[at + 1]! + (shift?.of(doc) ?? 0) })
  }
  const last = Math.max(unfoundScoreAtMost(mined, shift), come.othersAtMost)
  const sure = [...hits, ...come.hits].filter(({ score }) => score > last)
  return {
    hits: sure.sort((a, b) => b.score - a.score || documents.compare(a.doc, b.doc)),
    isAll: isAll && come.othersAtMost === 0,
  }
}

export function minedKey({ language, kind, title }: MinedText): string {
  return `${language}/${kind}/${title}`
}

export function minedTextAt(key: string): MinedText {
  const [language = '', kind = ''] = key.split('/', 2)
  return { language, kind: kind as TextKind, title: key.slice(language.length + kind.length + 2) }
}
