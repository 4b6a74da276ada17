/** Searches by the alias: words, the model, or both. */
import { z } from 'zod'
import { ConfigError } from '../runtime/errors.ts'
import { publishedIndex } from './alias.ts'
import { bm25Fields, type IndexMeta, termsField } from './article-index.ts'
import type { Cluster } from './cluster.ts'

const searchModes = ['bm25', 'neural', 'doc-only', 'hybrid'] as const
/** neural and doc-only ask the model or the tokenizer that the alias was published with; hybrid asks it and BM25. */
export type SearchMode = (typeof searchModes)[number]

export interface SearchQuestion {
  readonly text: string
  readonly mode: SearchMode
  readonly k: number
  /** Language of the articles; all where it is not given. */
  readonly language?: string
}

export interface SearchHit {
  readonly id: string
  readonly score: number
  readonly language: string
  readonly title: string
  readonly lead: string
}

const hitsShape = z.looseObject({
  hits: z.looseObject({
    hits: z.array(
      z.looseObject({
        _id: z.string(),
        _score: z.number(),
        _source: z.looseObject({ language: z.string(), title: z.string(), lead: z.string() }),
      }),
    ),
  }),
})

/** What an alias is searched with: read once for many questions. */
export interface Searcher {
  readonly index: string
  search(question: SearchQuestion): Promise<readonly SearchHit[]>
}

/** Throws ConfigError NOT_PUBLISHED; `search` throws ConfigError SEARCH_MODE for a mode that it was not published for. */
export async function openSearcher(cluster: Cluster, alias: string): Promise<Searcher> {
  const { index, meta } = await publishedIndex(cluster, alias)
  return {
    index,
    search: async (question) => {
      assertMode(question.mode, meta.mode)
      const { hits } = await cluster.ask(hitsShape, 'POST', `/${meta.vectors === 'ann' ? index : alias}/_search`, {
        body: searchBody(question, meta),
        // The pipeline of the index has phases that words alone do not need.
        ...(question.mode === 'bm25' ? { query: { search_pipeline: '_none' } } : {}),
      })
      return hits.hits.map(({ _id, _score, _source: { language, title, lead } }) => ({
        id: _id,
        score: _score,
        language,
        title,
        lead,
      }))
    },
  }
}

function assertMode(asked: SearchMode, published: 'bilingual' | 'doc-only'): void {
  if (asked === 'bm25' || asked === 'hybrid' || (asked === 'doc-only') === (published === 'doc-only')) return
  throw new ConfigError('SEARCH_MODE', `what is published is ${published}, which cannot answer ${asked}`, {
    hint: `Search with --mode ${published === 'doc-only' ? 'doc-only' : 'neural'}, or publish with the other --mode under another --index.`,
  })
}

function searchBody(
  { text, mode, k, language }: SearchQuestion,
  meta: Pick<IndexMeta, 'vectors' | 'queryModel' | 'analyzers'>,
): object {
  const { vectors, queryModel } = meta
  const filter = language === undefined ? [] : [{ term: { language } }]
  const query = text.normalize('NFC')
  const words = { multi_match: { query, fields: bm25Fields(meta), type: 'most_fields' } }
  const terms = {
    neural_sparse: {
      [termsField]: {
        query_text: query,
        ...(vectors === 'ann'
          ? { model_id: queryModel, method_parameters: { k, top_n: 10, heap_factor: 1, ...filterOf(filter) } }
          : {}),
      },
    },
  }
  const filtered = (one: object): object => (filter.length === 0 ? one : { bool: { must: [one], filter } })
  const asked =
    mode === 'bm25'
      ? filtered(words)
      : mode === 'hybrid'
        ? { hybrid: { queries: [filtered(words), filtered(terms)] } }
        : filtered(terms)
  return { size: k, _source: ['language', 'title', 'lead'], query: asked }
}

/** SEISMIC looks for its k among all documents unless the filter is its own. */
function filterOf(filter: readonly object[]): object {
  return filter.length === 0 ? {} : { filter: { bool: { filter } } }
}
