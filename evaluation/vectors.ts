/** The model's vectors of all texts that are judged. */
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import type { SparseVector } from '../model/sparse-vector.ts'
import type { Pool } from './pools.ts'
import type { Task } from './tasks.ts'

export type TextEncoder = Pick<SparseEncoder, 'encode' | 'encodeQueries' | 'contentIds' | 'decode' | 'close'>

export interface Vectors {
  /** Of a text that was encoded, with the heaviest terms that may be kept. */
  query(text: string): SparseVector
  document(text: string): SparseVector
}

export interface EncodingSettings {
  readonly batchTexts: number
  readonly maxQueryTerms: number | null
  readonly maxDocumentTerms: number | null
}

/** What is asked and what is searched, each text once. Texts of a page that has none are left out. */
export interface JudgedTexts {
  readonly queries: ReadonlySet<string>
  readonly documents: ReadonlySet<string>
}

export function textsOf(tasks: readonly Task[], names: readonly string[]): JudgedTexts {
  const pools = new Set<Pool>(tasks.map(({ pool }) => pool))
  return {
    queries: new Set([...names, ...tasks.flatMap(({ queries }) => queries.map(({ text }) => text))]),
    documents: new Set([...pools].flatMap(({ texts }) => texts)),
  }
}

/** Texts that a model has to encode: queries as well, unless it makes them without. */
export function textCount({ queries, documents }: JudgedTexts, { encodeQueries }: TextEncoder): number {
  return encodeQueries ? queries.size + documents.size : new Set([...queries, ...documents]).size
}

/** Encodes each distinct text once, texts of like length together; `encoded` is told how many are done. */
export async function encodeAll(
  { queries, documents }: JudgedTexts,
  encoder: TextEncoder,
  { batchTexts, maxQueryTerms, maxDocumentTerms }: EncodingSettings,
  { signal, encoded }: { readonly signal: AbortSignal; readonly encoded: (done: number) => void },
): Promise<Vectors> {
  let done = 0
  const encode = async (texts: ReadonlySet<string>, by: TextEncoder['encode']) => {
    const ordered = [...texts].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    const vectors = new Map<string, SparseVector>()
    for (let start = 0; start < ordered.length; start += batchTexts) {
      signal.throwIfAborted()
      const batch = ordered.slice(start, start + batchTexts)
      for (const [at, vector] of (await by(batch)).entries()) vectors.set(batch[at]!, vector)
      done += batch.length
      encoded(done)
    }
    return vectors
  }
  const { encodeQueries } = encoder
  const ofDocuments = await encode(encodeQueries ? documents : new Set([...queries, ...documents]), encoder.encode)
  const ofQueries = encodeQueries ? await encode(queries, encodeQueries) : ofDocuments
  const limited = (vectors: ReadonlyMap<string, SparseVector>, limit: number | null) =>
    memoised((text) => heaviest(vectors.get(text)!, limit))
  return { query: limited(ofQueries, maxQueryTerms), document: limited(ofDocuments, maxDocumentTerms) }
}

/** The same vectors with the heaviest terms of each alone. */
export function pruned(vectors: Vectors, terms: number): Vectors {
  return {
    query: memoised((text) => heaviest(vectors.query(text), terms)),
    document: memoised((text) => heaviest(vectors.document(text), terms)),
  }
}

function memoised(vectorOf: (text: string) => SparseVector): (text: string) => SparseVector {
  const known = new Map<string, SparseVector>()
  return (text) => {
    const vector = known.get(text) ?? vectorOf(text)
    known.set(text, vector)
    return vector
  }
}

/** Of terms of equal weight the lowest ids stay. */
function heaviest(vector: SparseVector, limit: number | null): SparseVector {
  const { terms, weights } = vector
  if (limit === null || terms.length <= limit) return vector
  const least = weights.slice().sort()[weights.length - limit]!
  let level = limit - weights.reduce((heavier, weight) => heavier + (weight > least ? 1 : 0), 0)
  const isKept = weights.map((weight) => (weight > least || (weight === least && level-- > 0) ? 1 : 0))
  const kept = (_: number, at: number): boolean => isKept[at] === 1
  return { terms: terms.filter(kept), weights: weights.filter(kept) }
}
