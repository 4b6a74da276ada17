/** The systems that are compared: each gives every document of a pool a score for a query. */

import { skeletonTokens } from '../../language/skeleton.ts'
import { bigrams, type Tokenize } from '../../language/tokens.ts'
import { Bm25Index } from '../../search/bm25.ts'
import { type DictionaryRules, englishToKorean, koreanToEnglish, TermDictionary } from '../../search/dictionary.ts'
import { SparseIndex } from '../../search/sparse.ts'
import type { Links } from './links.ts'
import { directionOf, type Pool, type Task } from './tasks.ts'
import type { Vectors } from './vectors.ts'

export const neuralSparse = 'neural-sparse'

export interface System {
  readonly name: string
  /** A score for each document of the task's pool; 0 where nothing is shared. */
  scores(query: string): ArrayLike<number>
}

/** Languages for which a dictionary can be looked up in. */
const rulesByDirection: ReadonlyMap<string, DictionaryRules> = new Map([
  ['ko→en', koreanToEnglish],
  ['en→ko', englishToKorean],
])

/** The systems that learn nothing, or only the dictionary of the train pairs. Indexes are made once a pool. */
export class Baselines {
  private readonly links: Links
  private readonly leftLanguage: string
  private readonly indexes = new Map<Pool, Map<Tokenize, Bm25Index>>()
  private readonly dictionaries = new Map<DictionaryRules, TermDictionary>()

  /** `leftLanguage`: that of the first term of each pair. */
  constructor(links: Links, leftLanguage: string) {
    this.links = links
    this.leftLanguage = leftLanguage
  }

  /** Those that can answer the task. */
  for(task: Task): System[] {
    const { name, from, pool } = task
    const systems = [lexical('bm25', this.indexOf(pool, bigrams), bigrams)]
    const rules = rulesByDirection.get(directionOf(task))
    if (rules) {
      const dictionary = this.dictionaryOf(rules, from === this.leftLanguage)
      const index = this.indexOf(pool, rules.target)
      systems.push({ name: 'dictionary-bm25', scores: (query) => index.scores(dictionary.translate(query).weights) })
    }
    // Sounds say nothing about a whole lead, nor about two names in one language.
    if (name === 'synonyms') systems.push(lexical('skeleton', this.indexOf(pool, skeleton), skeleton))
    return systems
  }

  private indexOf(pool: Pool, tokenize: Tokenize): Bm25Index {
    const ofPool = this.indexes.get(pool) ?? new Map<Tokenize, Bm25Index>()
    this.indexes.set(pool, ofPool)
    const index = ofPool.get(tokenize) ?? Bm25Index.of(pool.texts.map(tokenize))
    ofPool.set(tokenize, index)
    return index
  }

  private dictionaryOf(rules: DictionaryRules, fromLeft: boolean): TermDictionary {
    const { trainPairs } = this.links
    const pairs = fromLeft ? trainPairs : trainPairs.map(([left, right]) => [right, left] as const)
    const dictionary = this.dictionaries.get(rules) ?? TermDictionary.of(pairs, rules)
    this.dictionaries.set(rules, dictionary)
    return dictionary
  }
}

/** Exact dot products of the model's vectors. */
export function neuralSystem(pool: Pool, vectors: Vectors): System {
  const index = SparseIndex.of(pool.texts.map((text) => vectors.document(text)))
  return { name: neuralSparse, scores: (query) => index.scores(vectors.query(query)) }
}

const skeleton: Tokenize = (text) => skeletonTokens(text)

function lexical(name: string, index: Bm25Index, tokenize: Tokenize): System {
  return { name, scores: (query) => index.scores(tokenize(query)) }
}
