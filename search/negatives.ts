/** Hard negatives: what BM25 takes for an answer and is none. */
import type { Hit } from './ranking.ts'

/** What negatives are looked for in: an index in memory, on disk or on a server. */
export interface Candidates {
  /** The k best documents, best first. */
  search(terms: readonly string[], k: number): readonly Hit[] | Promise<readonly Hit[]>
}

export interface Negative {
  readonly doc: number
  /** BM25 score; 0 for a random fill-up. */
  readonly score: number
  readonly origin: 'bm25' | 'random'
}

/** One query's negatives, and what was kept out of them: a false negative teaches the model a wrong thing. */
export interface MinedNegatives {
  readonly negatives: readonly Negative[]
  /** Those turned away that scored better than the last negative, by reason. */
  readonly rejected: { readonly related: number; readonly overlapping: number }
  /** All documents that were looked at, the positive and the negatives among them: as long as they stay, and `least`, so do the negatives. */
  readonly seen: readonly number[]
  /** What another document would have to score to be looked at; 0 where it need only share a term. */
  readonly least: number
  /** The last fill-up that was looked at. */
  readonly lastFill: number | undefined
  readonly found: Found
}

/** The best of an index for a query, best first. */
export interface Found {
  readonly hits: readonly Hit[]
  /** Whether no other document shares a term with it. */
  readonly isAll: boolean
}

export interface MiningSettings {
  /** Negatives wanted; fewer come back only when the corpus has no more that are allowed. */
  readonly count: number
  /** Share of common distinct tokens (Jaccard) with the positive, 0 to 1, above which a document may be a copy of it. */
  readonly maxOverlap: number
}

export interface MiningQuery {
  readonly tokens: readonly string[]
  /** The document that answers. */
  readonly positive: number
  /** Same cluster, linked with the positive, or another reason why the document may answer too. */
  readonly isRelated: (doc: number) => boolean
  /** What a search would find, where that is known: it is searched only where that is not enough. */
  readonly known?: Found
}

export const defaultMining: MiningSettings = { count: 4, maxOverlap: 0.5 }

/** Candidates asked for at first, beside twice the negatives wanted. */
const firstCandidates = 8

/**
 * The best-scored documents that are neither the positive, nor related, nor much like it; then those of `fills` that are neither,
 * so that every query has its number. Same index, query and fills: same negatives.
 * @param fills documents in an order that says nothing of the query, each once, which are taken as far as they are needed.
 */
export async function mineNegatives(
  index: Candidates,
  tokensOf: (doc: number) => ReadonlySet<string>,
  { tokens, positive, isRelated, known }: MiningQuery,
  fills: Iterable<number>,
  { count, maxOverlap }: MiningSettings = defaultMining,
): Promise<MinedNegatives> {
  const positiveTokens = tokensOf(positive)
  const rejected = { related: 0, overlapping: 0 }
  const reasonAgainst = (doc: number): 'related' | 'overlapping' | undefined => {
    if (isRelated(doc)) return 'related'
    // None is above 1, and names are many.
    if (maxOverlap >= 1) return undefined
    return overlap(positiveTokens, tokensOf(doc)) > maxOverlap ? 'overlapping' : undefined
  }
  const negatives: Negative[] = []
  const seen = new Set([positive])
  let least = 0
  const take = (hits: readonly Hit[]): void => {
    for (const { doc, score } of hits) {
      if (negatives.length >= count) break
      // Those of a shorter list come once more.
      if (seen.has(doc)) continue
      seen.add(doc)
      const reason = reasonAgainst(doc)
      if (reason === undefined) negatives.push({ doc, score, origin: 'bm25' })
      else rejected[reason]++
      if (negatives.length === count) least = score
    }
  }
  let found: Found = known ?? { hits: [], isAll: false }
  take(found.hits)
  for (let k = 2 * count + firstCandidates; negatives.length < count && !found.isAll; k *= 4) {
    const hits = await index.search(tokens, k)
    found = { hits, isAll: hits.length < k }
    take(hits)
  }
  let lastFill: number | undefined
  if (negatives.length < count) {
    for (const doc of fills) {
      lastFill = doc
      if (seen.has(doc)) continue
      seen.add(doc)
      if (reasonAgainst(doc) === undefined) negatives.push({ doc, score: 0, origin: 'random' })
      if (negatives.length === count) break
    }
  }
  return { negatives, rejected, seen: [...seen], least, lastFill, found }
}

/** |a ∩ b| / |a ∪ b|; 0 for two empty sets. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const token of a) if (b.has(token)) common += 1
  const union = a.size + b.size - common
  return union === 0 ? 0 : common / union
}
