/** Whether the cluster computes what we compute: asked of every published model before the alias may point to its index. */
import { edgeTexts } from '../model/export/edge-texts.ts'
import { type Agreement, agreementOf, tolerance } from '../model/export/parity.ts'
import type { SparseEncoder } from '../model/sparse-encoder.ts'
import type { SparseVector } from '../model/sparse-vector.ts'
import { FatalError } from '../runtime/errors.ts'
import type { ModelFunction } from './bundle.ts'
import type { Cluster } from './cluster.ts'
import { predict } from './models.ts'

/**
 * Lets a deployed model predict the weights of texts and compares them with ours. Throws FatalError OPENSEARCH_DIFFERS where a weight
 * differs by more than 1e-4, or the heaviest terms are others. @param texts default: those of `edge-texts.ts`
 */
export async function requireAgreement(
  cluster: Cluster,
  model: { readonly id: string; readonly function: ModelFunction },
  encoder: SparseEncoder,
  texts: readonly string[] = edgeTexts,
): Promise<Agreement> {
  // ml-commons refuses a text of nothing.
  const comparedTexts = texts.filter((text) => text.trim() !== '')
  const theirs = await predict(cluster, model.id, model.function, comparedTexts)
  const ours = await vectorsOf(encoder, model.function, comparedTexts)
  const agreement = agreementOf(ours, inNumbers(theirs, encoder))
  const { maxDifference, sameTopTerms } = agreement
  if (maxDifference <= tolerance && sameTopTerms === comparedTexts.length) return agreement
  throw new FatalError(
    'OPENSEARCH_DIFFERS',
    `the cluster's weights differ from ours by up to ${maxDifference}, ${comparedTexts.length - sameTopTerms} of ${comparedTexts.length} texts have other top terms`,
    {
      at: { url: cluster.url },
      hint: 'The alias was not moved. naru export verify checks the folder; is the model of this id another one, put there by hand?',
    },
  )
}

/** What a model of that function should answer; a tokenizer without a table of weights gives each token 1. */
async function vectorsOf(
  encoder: SparseEncoder,
  modelFunction: ModelFunction,
  texts: readonly string[],
): Promise<readonly SparseVector[]> {
  if (modelFunction === 'SPARSE_ENCODING') return encoder.encode(texts)
  if (encoder.encodeQueries) return encoder.encodeQueries(texts)
  return texts.map((text) => {
    const terms = Uint32Array.from(new Set(encoder.contentIds(text))).sort()
    return { terms, weights: new Float32Array(terms.length).fill(1) }
  })
}

/** A term that the vocabulary does not have gets the number behind its last one, where nothing of ours stands. */
function inNumbers(
  vectors: readonly ReadonlyMap<string, number>[],
  { vocabularySize, tokenOf }: SparseEncoder,
): SparseVector[] {
  const numbers = new Map(Array.from({ length: vocabularySize }, (_, id) => [tokenOf(id), id]))
  return vectors.map((weights) => {
    const entries = [...weights].map(([term, weight]) => [numbers.get(term) ?? vocabularySize, weight] as const)
    entries.sort(([a], [b]) => a - b)
    return {
      terms: Uint32Array.from(entries, ([term]) => term),
      weights: Float32Array.from(entries, ([, weight]) => weight),
    }
  })
}
