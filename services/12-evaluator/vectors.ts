/** The model's vectors of all texts that are judged. */

import type { SparseEncoder } from '../../model/sparse-encoder.ts'
import { type SparseVector, topTerms } from '../../model/sparse-vector.ts'

export type TextEncoder = Pick<SparseEncoder, 'encode' | 'close'>

export interface Vectors {
  /** Of a text that was encoded, with the heaviest terms that a query may keep. */
  query(text: string): SparseVector
  document(text: string): SparseVector
}

export interface EncodingSettings {
  readonly batchTexts: number
  readonly maxQueryTerms: number | null
  readonly maxDocumentTerms: number | null
}

/** Encodes each distinct text once, texts of like length together; `encoded` is told how many are done. */
export async function encodeAll(
  texts: ReadonlySet<string>,
  encoder: TextEncoder,
  { batchTexts, maxQueryTerms, maxDocumentTerms }: EncodingSettings,
  { signal, encoded }: { readonly signal: AbortSignal; readonly encoded: (done: number) => void },
): Promise<Vectors> {
  const ordered = [...texts].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  const vectors = new Map<string, SparseVector>()
  for (let start = 0; start < ordered.length; start += batchTexts) {
    signal.throwIfAborted()
    const batch = ordered.slice(start, start + batchTexts)
    for (const [at, vector] of (await encoder.encode(batch)).entries()) vectors.set(batch[at]!, vector)
    encoded(vectors.size)
  }
  const limited = (limit: number | null) => (text: string) => heaviest(vectors.get(text)!, limit)
  return { query: limited(maxQueryTerms), document: limited(maxDocumentTerms) }
}

function heaviest(vector: SparseVector, limit: number | null): SparseVector {
  if (limit === null || vector.terms.length <= limit) return vector
  const kept = topTerms(vector, limit).sort((a, b) => a.id - b.id)
  return {
    terms: Uint32Array.from(kept, ({ id }) => id),
    weights: Float32Array.from(kept, ({ weight }) => weight),
  }
}
