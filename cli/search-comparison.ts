/** A query answered by the model and by BM25, with what made each hit one. */
import type { LanguagePair } from '../language/pair.ts'
import { bigrams } from '../language/tokens.ts'
import { Bm25Index } from '../search/bm25.ts'
import type { Lead } from '../search/lead-index.ts'
import type { ActivatedTerm, SearchModel } from './published-model.ts'

export interface MatchedTerm extends ActivatedTerm {
  /** Weight in the query times weight in the article: the shares of a hit's score. */
  readonly share: number
}

export interface ComparedHit extends Lead {
  readonly score: number
}

export interface SearchComparison {
  readonly text: string
  readonly model: string
  readonly languages: LanguagePair
  /** What the query activates, heaviest first. */
  readonly terms: readonly ActivatedTerm[]
  /** The model's, each with the terms that it shares with the query, the greatest share first. */
  readonly sparse: readonly (ComparedHit & { readonly why: readonly MatchedTerm[] })[]
  /** BM25's over the same articles, each with the character pairs that it shares with the query. */
  readonly bm25: readonly (ComparedHit & { readonly why: readonly string[] })[]
}

const whyAtMost = 8

/** Remembers the lexical index of a model. */
export class SearchComparer {
  private readonly model: SearchModel
  private lexical: Promise<{ index: Bm25Index; leads: readonly Lead[] }> | undefined

  constructor(model: SearchModel) {
    this.model = model
  }

  /** Throws ConfigError INDEX_MISSING where the model was exported without being evaluated. */
  async compare(text: string, k: number): Promise<SearchComparison> {
    const { model } = this
    const terms = await model.terms(text, 'query')
    const weights = new Map(terms.map(({ term, weight }) => [term, weight]))
    const hits = await model.search(text, k)
    const sparse = await Promise.all(
      hits.map(async ({ language, title, lead, score }) => {
        const shared = (await model.terms(lead, 'document')).flatMap((term): MatchedTerm[] => {
          const weight = weights.get(term.term)
          return weight === undefined ? [] : [{ ...term, share: weight * term.weight }]
        })
        const why = shared.sort((a, b) => b.share - a.share).slice(0, whyAtMost)
        return { language, title, lead, score, why }
      }),
    )
    return { text, model: model.name, languages: model.languages, terms, sparse, bm25: await this.lexically(text, k) }
  }

  private async lexically(text: string, k: number): Promise<SearchComparison['bm25']> {
    this.lexical ??= this.model
      .leads()
      .then((leads) => ({ leads, index: Bm25Index.of(leads.map(({ lead }) => bigrams(lead))) }))
    const { index, leads } = await this.lexical
    const asked = bigrams(text)
    return index.search(asked, k).map(({ doc, score }) => {
      const { language, title, lead } = leads[doc]!
      const own = new Set(bigrams(lead))
      return { language, title, lead, score, why: [...new Set(asked)].filter((token) => own.has(token)) }
    })
  }
}
