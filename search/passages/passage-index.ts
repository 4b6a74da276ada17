/** BM25 over many passages, on disk: what is searched for often stays in memory, up to a budget. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { inverseFrequency, weightsOf } from '../bm25-formula.ts'
import type { Hit } from '../ranking.ts'
import { BestHits } from './best-hits.ts'
import {
  impactOn,
  impactUnit,
  listBytes,
  listOf,
  type PostingList,
  rarityUnit,
  segmentDocuments,
  wholeRarity,
} from './posting-list.ts'
import { Recent } from './recent.ts'
import { type ListPlace, TermTable } from './term-table.ts'
import { type SegmentTerm, WindowSearch } from './window-search.ts'

export interface PassageIndexOptions {
  /** For postings that are kept in memory; 64 MiB unless stated. */
  readonly cacheBytes?: number
  /** How much a term says, ≥ 0, where the passages are a part of a collection; its inverse frequency among them where absent. */
  readonly rarityOf?: (term: string) => number
}

export const indexFormat = 2
/** What a score is counted in. */
export const scoreUnit = impactUnit * rarityUnit
const defaultCacheBytes = 64 << 20
/** What an entry costs beside its postings. */
const entryBytes = 400
const termsInMemory = 50_000
/** Postings that are looked at for a first bound: more of them raise it less than they cost. */
const boundPostings = 300

interface QueryTerm {
  /** Its occurrences in the query, times its rarity in whole units. */
  readonly weight: number
  readonly places: readonly ListPlace[]
}

export const paths = {
  facts: (folder: string): string => join(folder, 'index.json'),
  terms: (folder: string): string => join(folder, 'terms'),
  postings: (folder: string): string => join(folder, 'postings'),
}

const factsShape = z.strictObject({
  format: z.literal(indexFormat),
  documents: z.int().min(0),
  /** Number of the first document of each segment. */
  bases: z.array(z.int().min(0)),
})
export type IndexFacts = z.infer<typeof factsShape>

export class PassageIndex {
  readonly documentCount: number
  private readonly folder: string
  private readonly bases: readonly number[]
  private readonly file: number
  private readonly terms: TermTable
  private readonly places = new Recent<string, readonly ListPlace[]>(termsInMemory, () => 1)
  private readonly lists: Recent<number, PostingList>
  private readonly windows = new WindowSearch()
  private readonly rarityOf: (term: string) => number

  /** Opens what PassageIndexBuilder has written. Throws ConfigError INDEX_MISSING. */
  static open(folder: string, options: PassageIndexOptions = {}): PassageIndex {
    try {
      const facts = factsShape.parse(JSON.parse(readFileSync(paths.facts(folder), 'utf8')))
      return new PassageIndex(folder, facts, options)
    } catch (cause) {
      throw new ConfigError('INDEX_MISSING', 'there is no index of passages that can be read', {
        at: { file: folder },
        hint: 'Make it again.',
        cause,
      })
    }
  }

  private constructor(
    folder: string,
    { documents, bases }: IndexFacts,
    { cacheBytes = defaultCacheBytes, rarityOf }: PassageIndexOptions,
  ) {
    this.documentCount = documents
    this.folder = folder
    this.bases = bases
    this.file = openSync(paths.postings(folder), 'r')
    this.terms = new TermTable(paths.terms(folder), 'read')
    this.rarityOf = rarityOf ?? ((term) => inverseFrequency(documents, this.holdersOf(term)))
    this.lists = new Recent(cacheBytes, ({ docs }) => entryBytes + listBytes(docs.length))
  }

  /**
   * The k best passages that share a term, best first, ties by number; terms count as often as they occur. Scores are
   * those of bm25-formula.ts, each term's two factors rounded to 2⁻²¹ and 2⁻¹⁸. Throws FatalError INDEX_TRUNCATED.
   * @param above only those that score more, where it is more than 0.
   */
  search(terms: readonly string[], k: number, above = 0): Hit[] {
    const size = Math.min(k, this.documentCount)
    if (size <= 0) return []
    const query = this.queryOf(terms)
    const hits = new BestHits(size)
    hits.threshold = above > 0 ? above / scoreUnit : this.lowerBound(query, size)
    this.collect(query, hits)
    return hits.sorted(scoreUnit)
  }

  /** Whether a passage scores as much as `least` or more, > 0. */
  hasHit(terms: readonly string[], least: number): boolean {
    const hits = new BestHits(1)
    hits.threshold = Math.max(0, least / scoreUnit - 1)
    this.collect(this.queryOf(terms), hits)
    return hits.sorted(scoreUnit).some(({ score }) => score >= least)
  }

  /** How many passages hold a term. */
  holdersOf(term: string): number {
    return this.placesOf(term).reduce((sum, { count }) => sum + count, 0)
  }

  /** What a term says of a passage, beside its rarity: whole units, 0 where the passage does not hold it. */
  impactOn(passage: number, term: string): number {
    for (const place of this.placesOf(term)) {
      const doc = passage - this.bases[place.segment]!
      if (doc >= 0 && doc < segmentDocuments) return impactOn(doc, this.listAt(place))
    }
    return 0
  }

  /** The highest that a term has on any. */
  highestImpactOf(term: string): number {
    return this.placesOf(term).reduce((most, { highest }) => Math.max(most, highest), 0)
  }

  private queryOf(terms: readonly string[]): QueryTerm[] {
    return [...weightsOf(terms)].flatMap(([term, occurrences]) => {
      const places = this.placesOf(term)
      if (places.length === 0) return []
      return [{ weight: occurrences * wholeRarity(this.rarityOf(term)), places }]
    })
  }

  /** Less than the k-th best score: the k-th best by the few terms that add most, which no passage's whole score is below. */
  private lowerBound(query: readonly QueryTerm[], k: number): number {
    const strongest = [...query].sort((a, b) => mostOf(b) - mostOf(a))
    let postings = 0
    const few: QueryTerm[] = []
    for (const term of strongest) {
      postings += term.places.reduce((sum, { count }) => sum + count, 0)
      if (few.length > 0 && postings > boundPostings) break
      few.push(term)
    }
    if (few.length === query.length) return 0
    const hits = new BestHits(k)
    this.collect(few, hits)
    return Math.max(0, hits.threshold - 1)
  }

  private collect(query: readonly QueryTerm[], hits: BestHits): void {
    for (let segment = 0; segment < this.bases.length; segment++) {
      const held = query.flatMap(({ weight, places }) => {
        const place = places.find((one) => one.segment === segment)
        return place === undefined ? [] : [{ weight, place }]
      })
      const most = held.reduce((sum, { weight, place }) => sum + weight * place.highest, 0)
      if (most <= hits.threshold) continue
      const segmentTerms = held.map(
        ({ weight, place }): SegmentTerm => ({ weight, list: this.listAt(place), highest: place.highest }),
      )
      this.windows.searchSegment(segmentTerms, this.bases[segment]!, hits)
    }
  }

  async close(): Promise<void> {
    closeSync(this.file)
    await this.terms.close()
  }

  private placesOf(term: string): readonly ListPlace[] {
    return this.places.get(term, () => this.terms.get(term))
  }

  private listAt({ offset, count }: ListPlace): PostingList {
    return this.lists.get(offset, () => {
      const bytes = new Uint8Array(listBytes(count))
      const read = readSync(this.file, bytes, 0, bytes.length, offset)
      if (read < bytes.length) throw this.truncated(offset + read)
      return listOf(bytes, count)
    })
  }

  private truncated(byteOffset: number): FatalError {
    const at = { file: paths.postings(this.folder), byteOffset }
    return new FatalError('INDEX_TRUNCATED', 'the postings end before a list of theirs', { at, hint: 'Make it again.' })
  }
}

/** The most that a term adds to a score. */
function mostOf({ weight, places }: QueryTerm): number {
  return places.reduce((most, { highest }) => Math.max(most, weight * highest), 0)
}
