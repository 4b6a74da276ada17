/** How sparse the vectors are, and whether they tell texts apart: figures that a degenerate model fails. */
import { Randomness } from '../model/randomness.ts'
import { dot, type SparseVector } from '../model/sparse-vector.ts'
import { percentile } from '../search/percentile.ts'

/** The vectors of one language, or of both. */
export interface VectorSet {
  readonly queries: readonly SparseVector[]
  readonly documents: readonly SparseVector[]
}

export interface SparsityFigures {
  readonly meanQueryTerms: number
  /** 95 of 100 queries have at most so many active terms (nearest rank). */
  readonly p95QueryTerms: number
  readonly meanDocumentTerms: number
  readonly p95DocumentTerms: number
  /** Share of the texts, queries and documents together, in which the most frequent term is active. */
  readonly maxTermShare: number
  /** Mean over seeded random pairs of two different texts; 0 for a pair with an empty vector. */
  readonly randomPairCosine: number
  /** Share of the texts without any active term. */
  readonly emptyShare: number
  readonly flops: number
}

export function sparsityOf(vectors: VectorSet, pairs: number, seed: number): SparsityFigures {
  const { queries, documents } = vectors
  const texts = [...queries, ...documents]
  const queryTerms = queries.map(activeTerms)
  const documentTerms = documents.map(activeTerms)
  return {
    meanQueryTerms: mean(queryTerms),
    p95QueryTerms: percentile95(queryTerms),
    meanDocumentTerms: mean(documentTerms),
    p95DocumentTerms: percentile95(documentTerms),
    maxTermShare: [...activationRates(texts).values()].reduce((largest, rate) => Math.max(largest, rate), 0),
    randomPairCosine: randomPairCosine(texts, pairs, new Randomness(seed)),
    emptyShare: mean(texts.map(({ terms }) => (terms.length === 0 ? 1 : 0))),
    flops: flopsOf(queries, documents),
  }
}

/**
 * Σ_j p_q(j) · p_d(j) with the activation rates p of term j in queries and documents: the multiplications that a query
 * and a document cost on average in an inverted index. Source: Paria et al. 2020, arXiv:2004.05665.
 */
export function flopsOf(queries: readonly SparseVector[], documents: readonly SparseVector[]): number {
  const inDocuments = activationRates(documents)
  let total = 0
  for (const [term, rate] of activationRates(queries)) total += rate * (inDocuments.get(term) ?? 0)
  return total
}

export interface TermShare {
  readonly term: number
  /** Share of the texts in which it is active. */
  readonly share: number
}

/** The terms that are active in most texts, first the most frequent; equal shares by id. */
export function mostFrequentTerms(vectors: readonly SparseVector[], limit: number): TermShare[] {
  return [...activationRates(vectors)]
    .map(([term, share]) => ({ term, share }))
    .sort((a, b) => b.share - a.share || a.term - b.term)
    .slice(0, limit)
}

function activationRates(vectors: readonly SparseVector[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { terms } of vectors) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return new Map([...counts].map(([term, count]) => [term, count / vectors.length]))
}

function randomPairCosine(vectors: readonly SparseVector[], pairs: number, randomness: Randomness): number {
  if (vectors.length < 2) return 0
  let total = 0
  for (let pair = 0; pair < pairs; pair++) {
    const first = randomness.below(vectors.length)
    const second = (first + 1 + randomness.below(vectors.length - 1)) % vectors.length
    total += cosine(vectors[first]!, vectors[second]!)
  }
  return total / pairs
}

export function cosine(a: SparseVector, b: SparseVector): number {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b))
  return lengths === 0 ? 0 : dot(a, b) / lengths
}

function activeTerms({ terms }: SparseVector): number {
  return terms.length
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function percentile95(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.95,
  )
}
