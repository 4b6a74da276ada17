/** Hard negatives: what BM25 takes for an answer and is none. */
import type { Bm25Index, Bm25Query } from './bm25.ts'

export interface Negative {
  readonly doc: number
  /** BM25 score; 0 for a random fill-up. */
  readonly score: number
  readonly origin: 'bm25' | 'random'
}

/** One query's negatives, and what was kept out of them: a false negative teaches the model a wrong thing. */
export interface MinedNegatives {
  readonly negatives: readonly Negative[]
  /** Candidates turned away, by reason; each document counts once. */
  readonly rejected: { readonly related: number; readonly overlapping: number }
}

export interface MiningSettings {
  /** Negatives wanted; fewer come back only when the corpus has no more that are allowed. */
  readonly count: number
  /** Share of common distinct tokens (Jaccard) with the positive, 0 to 1, above which a document may be a copy of it. */
  readonly maxOverlap: number
}

export interface MiningQuery {
  readonly tokens: Bm25Query
  /** The document that answers. */
  readonly positive: number
  /** Same cluster, linked with the positive, or another reason why the document may answer too. */
  readonly isRelated: (doc: number) => boolean
}

export const defaultMining: MiningSettings = { count: 4, maxOverlap: 0.5 }

/**
 * The best-scored documents that are neither the positive, nor related, nor much like it; then random ones by `rng`
 * (uniform in [0, 1)), so that every query has its number. Same index, query and rng state: same negatives.
 */
export function mineNegatives(
  index: Bm25Index,
  tokensOf: (doc: number) => Iterable<string>,
  { tokens, positive, isRelated }: MiningQuery,
  rng: () => number,
  { count, maxOverlap }: MiningSettings = defaultMining,
): MinedNegatives {
  const positiveTokens = new Set(tokensOf(positive))
  const verdicts = new Map<number, 'related' | 'overlapping' | 'allowed'>()
  const verdictOn = (doc: number): 'related' | 'overlapping' | 'allowed' => {
    const known = verdicts.get(doc)
    if (known) return known
    const isCopy = (): boolean => overlap(positiveTokens, new Set(tokensOf(doc))) > maxOverlap
    const verdict = isRelated(doc) ? 'related' : isCopy() ? 'overlapping' : 'allowed'
    verdicts.set(doc, verdict)
    return verdict
  }
  const isBarred = (doc: number): boolean => doc === positive || verdictOn(doc) !== 'allowed'

  const hits = index.search(tokens, count, { exclude: isBarred })
  const negatives: Negative[] = hits.map(({ doc, score }) => ({ doc, score, origin: 'bm25' }))
  const taken = new Set(hits.map(({ doc }) => doc))
  for (const doc of randomOrder(index.documentCount, rng)) {
    if (negatives.length >= count) break
    if (!taken.has(doc) && !isBarred(doc)) negatives.push({ doc, score: 0, origin: 'random' })
  }
  const rejectedFor = (reason: string): number => [...verdicts.values()].filter((verdict) => verdict === reason).length
  return { negatives, rejected: { related: rejectedFor('related'), overlapping: rejectedFor('overlapping') } }
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
