/** The bodies of what a published model consists of in the cluster: an index, its ingest pipeline and its search pipeline. */
import type { Analyzers } from './analyzers.ts'

/**
 * bilingual: the model makes queries and documents; doc-only: a query's tokens weigh what their table says, so that no model runs
 * when someone searches.
 */
export type QueryMode = 'bilingual' | 'doc-only'

/** exact: rank_features, every posting is looked at; ann: sparse_vector, clusters of postings (SEISMIC). */
export type VectorKind = 'exact' | 'ann'

export interface Encoding {
  /** Id of the model of the documents. */
  readonly documentModel: string
  /** Id of the model, or of the tokenizer, of the queries. */
  readonly queryModel: string
  readonly mode: QueryMode
  readonly vectors: VectorKind
  /** Weights below this share of a text's greatest are left out; 0 to 1. */
  readonly pruneRatio: number
  /** By which BM25 makes words: a text is analysed by both, for a name may stand in the article of the other language. */
  readonly analyzers: Analyzers
}

/** What an index says of itself, in its mapping. */
export interface IndexMeta {
  readonly model: string
  /** Hash of the model's bundle. */
  readonly sha256: string
  readonly mode: QueryMode
  readonly vectors: VectorKind
  readonly pruneRatio: number
  readonly analyzers: Analyzers
  readonly documentModel: string
  readonly queryModel: string
  /** The index that the alias pointed to before; null for the first. */
  readonly previous: string | null
}

const textField = 'lead'
export const termsField = 'terms'

/** What BM25 looks into: a field as the first language analyses it, and the one beside it, named for the analyzer of the second. */
export function bm25Fields({ analyzers: [first, second] }: Pick<IndexMeta, 'analyzers'>): readonly string[] {
  return first === second ? ['title^2', 'lead'] : ['title^2', `title.${second}^2`, 'lead', `lead.${second}`]
}

/** Pieces of a query heavier than 0.4 of its heaviest decide first who is a candidate; the others only rank. */
const twoPhase = { prune_type: 'max_ratio', prune_ratio: 0.4, expansion_rate: 5, max_window_size: 10_000 }

export function ingestPipeline({ documentModel, pruneRatio }: Encoding): object {
  return {
    description: `naru: ${textField} to ${termsField}`,
    processors: [
      {
        sparse_encoding: {
          model_id: documentModel,
          prune_type: 'max_ratio',
          prune_ratio: pruneRatio,
          field_map: { [textField]: termsField },
        },
      },
    ],
  }
}

/**
 * Brings the scores of a hybrid to one scale; where postings are exact, also fills in the model of the queries and searches in two
 * phases. Not so for sparse_vector: neural-search 3.6.0 then encodes the query by words, where this field wants numbers.
 */
export function searchPipeline({ queryModel, vectors }: Encoding): object {
  const enrich = { neural_query_enricher: { default_model_id: queryModel } }
  const phases = { neural_sparse_two_phase_processor: { enabled: true, two_phase_parameter: twoPhase } }
  return {
    description: 'naru: neural sparse and hybrid search',
    request_processors: vectors === 'exact' ? [enrich, phases] : [],
    phase_results_processors: [
      {
        'normalization-processor': {
          normalization: { technique: 'min_max' },
          combination: { technique: 'arithmetic_mean', parameters: { weights: [0.3, 0.7] } },
        },
      },
    ],
  }
}

/** Settings and mappings. */
export function indexBody(encoding: Encoding, meta: IndexMeta, pipeline: string): object {
  const [first, second] = encoding.analyzers
  const beside = first === second ? {} : { fields: { [second]: { type: 'text', analyzer: second } } }
  const text = { type: 'text', analyzer: first, ...beside }
  return {
    settings: {
      'index.number_of_shards': 1,
      'index.number_of_replicas': 0,
      'index.default_pipeline': pipeline,
      'index.search.default_pipeline': pipeline,
      ...(encoding.vectors === 'ann' ? { 'index.sparse': true } : {}),
    },
    mappings: {
      dynamic: 'strict',
      _meta: { naru: meta },
      properties: {
        wiki: { type: 'keyword' },
        language: { type: 'keyword' },
        pageId: { type: 'long' },
        title: text,
        [textField]: text,
        [termsField]: encoding.vectors === 'exact' ? { type: 'rank_features' } : seismicField,
      },
    },
  }
}

const seismicField = {
  type: 'sparse_vector',
  method: {
    name: 'seismic',
    parameters: { n_postings: 300, cluster_ratio: 0.1, summary_prune_ratio: 0.4, approximate_threshold: 10_000 },
  },
}
