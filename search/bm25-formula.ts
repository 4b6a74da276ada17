/**
 * BM25 as Lucene scores it since version 8, with exact document lengths (Lucene keeps one byte of them):
 * score(q, d) = Σ_t q_t · ln(1 + (N − df + 0.5) / (df + 0.5)) · tf / (tf + k1 · (1 − b + b · |d| / mean |d|)).
 * Lucene left out the constant factor k1 + 1 (LUCENE-8563): the order is the same.
 */
export interface Bm25Settings {
  /** How fast repeated terms saturate; ≥ 0. */
  readonly k1: number
  /** How much longer documents are held back; 0 to 1. */
  readonly b: number
}

/** Tokens, counted as often as they occur, or terms with a weight each. */
export type Bm25Query = readonly string[] | ReadonlyMap<string, number>

export const defaultBm25: Bm25Settings = { k1: 1.2, b: 0.75 }

/** > 0; a term that no document holds has the highest. */
export function inverseFrequency(documents: number, documentsWithTerm: number): number {
  return Math.log(1 + (documents - documentsWithTerm + 0.5) / (documentsWithTerm + 0.5))
}

/** k1 · (1 − b + b · |d| / mean |d|). */
export function lengthNorm(length: number, meanLength: number, { k1, b }: Bm25Settings): number {
  return k1 * (1 - b + (b * length) / meanLength)
}

/** 1 where there is nothing to take the mean of. */
export function meanLengthOf(documents: number, tokens: number): number {
  return tokens === 0 ? 1 : tokens / documents
}

export function weightsOf(query: Bm25Query): ReadonlyMap<string, number> {
  if (!Array.isArray(query)) return query as ReadonlyMap<string, number>
  const weights = new Map<string, number>()
  for (const token of query as readonly string[]) weights.set(token, (weights.get(token) ?? 0) + 1)
  return weights
}
