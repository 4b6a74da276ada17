/** Hard negatives for the documents of a corpus, mined page by page as they are asked for, and remembered. */
import { bigrams } from '../../language/tokens.ts'
import type { ScratchTable } from '../../runtime/ports.ts'
import { type Candidates, type Found, mineNegatives } from '../../search/negatives.ts'
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
  /** What was found, [document, score] by [document, score], as long as it goes on from there. */
  readonly found: readonly number[]
  readonly isAll: boolean
  /** The stretch of the circle that was gone through for more, both ends with it; null for all of it. */
  readonly arc?: { readonly from: string; readonly to: string | null }
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
   * @param known what BM25 finds, as far as that is known.
   */
  async of(text: MinedText, known?: Found): Promise<readonly string[]> {
    const documents = this.#sources.documents.get(text.language)!
    const positive = documents.numberOf(text.title)
    if (positive === undefined) return []
    const { negatives } = await this.#minedOf(text, documents, positive, known)
    return negatives.map((number) => documents.at(number)[text.kind])
  }

  async #minedOf(text: MinedText, documents: Documents, positive: number, found?: Found): Promise<Mined> {
    const key = minedKey(text)
    const known = this.#mined.get(key) ?? this.#beingMined.get(key)
    if (known) return known
    const mining = this.#mine(text, documents, positive, found)
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
      (at) => bigrams(documents.at(at)[kind]),
      { tokens: bigrams(own[kind]), positive, isRelated, ...(known && { known }) },
      documents.around(from),
      { count, maxOverlap: kind === 'lead' ? maxOverlap : 1 },
    )
    const kept = found.hits.slice(0, hitsKept)
    const mined = {
      negatives: negatives.map(({ doc }) => doc),
      seen,
      least,
      found: kept.flatMap(({ doc, score }) => [doc, score]),
      isAll: found.isAll && kept.length === found.hits.length,
    }
    if (negatives.length === count && lastFill === undefined) return mined
    const isAll = negatives.length < count || lastFill === undefined
    return { ...mined, arc: { from, to: isAll ? null : pointOf(documents.at(lastFill).title) } }
  }
}

/** What is found now, as far as that is sure: of what was found before and is there still, and of what has come, all that score more than the last of either. */
export function foundNow(
  { found, isAll }: Pick<Mined, 'found' | 'isAll'>,
  come: Found,
  documents: Pick<Documents, 'isGone' | 'compare'>,
): Found {
  const hits: Hit[] = []
  for (let at = 0; at < found.length; at += 2) {
    if (!documents.isGone(found[at]!)) hits.push({ doc: found[at]!, score: found[at + 1]! })
  }
  const lastFound = isAll ? 0 : (found.at(-1) ?? Infinity)
  const last = Math.max(lastFound, come.isAll ? 0 : (come.hits.at(-1)?.score ?? Infinity))
  const sure = [...hits, ...come.hits].filter(({ score }) => score > last)
  return {
    hits: sure.sort((a, b) => b.score - a.score || documents.compare(a.doc, b.doc)),
    isAll: isAll && come.isAll,
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
