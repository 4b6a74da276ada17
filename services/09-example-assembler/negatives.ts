/** Hard negatives for the documents of a corpus, mined page by page as they are asked for, and remembered. */
import { bigrams } from '../../language/tokens.ts'
import type { ScratchTable } from '../../runtime/ports.ts'
import { type Candidates, mineNegatives } from '../../search/negatives.ts'
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
  /** The stretch of the circle that was gone through for more, both ends with it; null for all of it. */
  readonly arc?: { readonly from: string; readonly to: string | null }
}

export interface MinedText {
  readonly language: string
  readonly kind: TextKind
  readonly title: string
}

export type MinedTable = ScratchTable<Mined>

export interface NegativeSources {
  readonly documents: ReadonlyMap<string, Documents>
  /** Undefined where all is mined already. */
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

  async #minedOf(text: MinedText, documents: Documents, positive: number): Promise<Mined> {
    const key = minedKey(text)
    const known = this.#mined.get(key) ?? this.#beingMined.get(key)
    if (known) return known
    const mining = this.#mine(text, documents, positive)
    this.#beingMined.set(key, mining)
    const mined = await mining.finally(() => this.#beingMined.delete(key))
    this.#mined.put(key, mined)
    return mined
  }

  async #mine({ language, kind, title }: MinedText, documents: Documents, positive: number): Promise<Mined> {
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
    const { negatives, seen, least, lastFill } = await mineNegatives(
      this.#sources.candidates(language, kind),
      (at) => bigrams(documents.at(at)[kind]),
      { tokens: bigrams(own[kind]), positive, isRelated },
      documents.around(from),
      { count, maxOverlap: kind === 'lead' ? maxOverlap : 1 },
    )
    const mined = { negatives: negatives.map(({ doc }) => doc), seen, least }
    if (negatives.length === count && lastFill === undefined) return mined
    const isAll = negatives.length < count || lastFill === undefined
    return { ...mined, arc: { from, to: isAll ? null : pointOf(documents.at(lastFill).title) } }
  }
}

export function isOnArc(point: string, { from, to }: NonNullable<Mined['arc']>): boolean {
  if (to === null) return true
  return from <= to ? from <= point && point <= to : from <= point || point <= to
}

export function minedKey({ language, kind, title }: MinedText): string {
  return `${language}/${kind}/${title}`
}

export function minedTextAt(key: string): MinedText {
  const [language = '', kind = ''] = key.split('/', 2)
  return { language, kind: kind as TextKind, title: key.slice(language.length + kind.length + 2) }
}
