import { z } from 'zod'
import { Tokenizer } from '../language/tokenizer.ts'
import type { Tensor } from './graph/graph.ts'
import { dropAdd, expand, gather, multiply, reshape } from './graph/ops.ts'
import { sizeAt } from './graph/tensor.ts'
import type { SparseVector } from './sparse-vector.ts'

/**
 * Inverse document frequencies of the terms, ln(1 + (N − df + ½) / (df + ½)) as in Lucene's BM25: f32 [vocabulary] ≥ 0.
 * Special tokens, which are no terms, have 0.
 */
export function inverseDocumentFrequencies(texts: Iterable<string>, tokenizer: Tokenizer): Float32Array {
  const frequencies = new Uint32Array(tokenizer.vocabularySize)
  let documents = 0
  for (const text of texts) {
    for (const id of new Set(tokenizer.contentIds(text))) frequencies[id]!++
    documents++
  }
  const idf = Float32Array.from(frequencies, (df) => Math.log(1 + (documents - df + 0.5) / (df + 0.5)))
  for (const id of Object.values(tokenizer.special)) idf[id] = 0
  return idf
}

/** As a file: one term a line, those with an IDF above 0. The form in which OpenSearch takes such a table. */
export function idfJson(idf: Float32Array, tokenizerJson: string): string {
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const entries = Array.from(idf, (value, id) => [tokenizer.decodeToken(id), value] as const).filter(
    ([, value]) => value > 0,
  )
  return `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`
}

const idfShape = z.record(z.string(), z.number().min(0))

/** What `idfJson` wrote. Throws where it is something else. */
export function parseIdf(json: string, tokenizerJson: string): Float32Array {
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const idf = new Float32Array(tokenizer.vocabularySize)
  for (const [term, value] of Object.entries(idfShape.parse(JSON.parse(json))))
    idf[tokenizer.find(term) ?? idf.length] = value
  return idf
}

/**
 * A query without a model: each of its tokens, as far as a text is read, once, with its IDF. For a model of documents alone, whose queries cost no more
 * than a look-up (Geng et al. 2024, arXiv:2411.04403).
 */
export function idfQuery(text: string, tokenizer: Tokenizer, idf: Float32Array): SparseVector {
  const ids = tokenizer.encode(text).slice(1, -1)
  const terms = Uint32Array.from([...new Set(ids)].filter((id) => idf[id]! > 0)).sort()
  return { terms, weights: Float32Array.from(terms, (id) => idf[id]!) }
}

/**
 * The same vectors in a graph: f32 [n, vocabulary]. ids: i64 [n, length]; first: f32 [n, length], 1 where a token that is a term
 * stands for the first time in its row; idf: f32 [vocabulary].
 */
export function idfVectors(ids: Tensor, first: Tensor, idf: Tensor): Tensor {
  const vocabularySize = sizeAt(idf.shape, 0)
  const weights = reshape(gather(reshape(idf, [vocabularySize, 1]), ids), first.shape)
  const nothing = expand(ids.graph.scalar(0), [sizeAt(ids.shape, 0), vocabularySize])
  return dropAdd(nothing, ids, multiply(weights, first))
}
