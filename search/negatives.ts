/** Hard negatives: what BM25 takes for an answer and is none. */
import type { Hit } from './ranking.ts'

/** What negatives are looked for in: an index in memory, on disk or on a server. */
export interface Candidates {
  readonly documentCount: number
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
}

export const defaultMining: MiningSettings = { count: 4, maxOverlap: 0.5 }

/** Candidates asked for at first, beside twice the negatives wanted. */
const firstCandidates = 8

/**
 * The best-scored documents that are neither the positive, nor related, nor much like it; then random ones by `rng`
 * (uniform in [0, 1)), so that every query has its number. Same index, query and rng state: same negatives.
 */
export async function mineNegatives(
  index: Candidates,
  tokensOf: (doc: number) => Iterable<string>,
  { tokens, positive, isRelated }: MiningQuery,
  rng: () => number,
  { count, maxOverlap }: MiningSettings = defaultMining,
): Promise<MinedNegatives> {
  const positiveTokens = new Set(tokensOf(positive))
  const rejected = { related: 0, overlapping: 0 }
  const reasonAgainst = (doc: number): 'related' | 'overlapping' | undefined => {
    if (isRelated(doc)) return 'related'
    return overlap(positiveTokens, new Set(tokensOf(doc))) > maxOverlap ? 'overlapping' : undefined
  }
  const negatives: Negative[] = []
  const seen = new Set([positive])
  for (let k = 2 * count + firstCandidates; ; k *= 4) {
    const hits = await index.search(tokens, k)
    for (const { doc, score } of hits) {
      if (negatives.length >= count) break
      // Those of a shorter list come once more.
      if (seen.has(doc)) continue
      seen.add(doc)
      const reason = reasonAgainst(doc)
      if (reason === undefined) negatives.push({ doc, score, origin: 'bm25' })
      else rejected[reason]++
    }
    if (negatives.length >= count || hits.length < k) break
  }
  for (const doc of randomOrder(index.documentCount, rng)) {
    if (negatives.length >= count) break
    if (!seen.has(doc) && reasonAgainst(doc) === undefined) negatives.push({ doc, score: 0, origin: 'random' })
  }
  return { negatives, rejected }
}

/** |a ∩ b| / |a ∪ b|; 0 for two empty sets. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const token of a) if (b.has(token)) common += 1
  const union = a.size + b.size - common
  return union === 0 ? 0 : common / union
}

/** Every number below `size` once, in random order, drawn as far as they are asked for (Fisher–Yates on a sparse map). */
function* randomOrder(size: number, rng: () => number): Iterable<number> {
  const moved = new Map<number, number>()
  for (let at = 0; at < size; at++) {
    const pick = at + Math.floor(rng() * (size - at))
    yield moved.get(pick) ?? pick
    moved.set(pick, moved.get(at) ?? at)
  }
}
