/** The systems that are compared: each gives every document of a pool a score for a query. */

import { skeletonTokens } from '../language/skeleton.ts'
import { bigrams, type Tokenize, words } from '../language/tokens.ts'
import { Bm25Index } from '../search/bm25.ts'
import { type DictionaryRules, englishToKorean, koreanToEnglish, TermDictionary } from '../search/dictionary.ts'
import { SparseIndex } from '../search/sparse.ts'
import type { Links } from './links.ts'
import type { Pool } from './pools.ts'
import type { Task } from './tasks.ts'
import type { Vectors } from './vectors.ts'

export const neuralSparse = 'neural-sparse'

export interface System {
  readonly name: string
  /** A score for each document of the task's pool; 0 where nothing is shared. */
  scores(query: string): ArrayLike<number>
}

/** Languages for which a dictionary can be looked up in. */
const rulesByLanguages: ReadonlyMap<string, DictionaryRules> = new Map([
  ['ko→en', koreanToEnglish],
  ['en→ko', englishToKorean],
])

/** Tasks whose queries and documents are names: sounds say nothing about a whole lead. */
const tasksOfNames: ReadonlySet<string> = new Set(['synonyms', 'aliases'])

export interface BaselineInputs {
  readonly links: Links
  /** That of the first term of each pair. */
  readonly leftLanguage: string
  /** Morphemes as tokens; undefined leaves that baseline out. */
  readonly morphemes: Tokenize | undefined
}

/** The systems that learn nothing, or only the dictionary of the train pairs. Indexes are made once a pool. */
export class Baselines {
  private readonly inputs: BaselineInputs
  private readonly indexes = new Map<Pool, Map<Tokenize, Bm25Index>>()
  private readonly dictionaries = new Map<DictionaryRules, TermDictionary>()

  constructor(inputs: BaselineInputs) {
    this.inputs = inputs
  }

  /** Those that can answer the task. */
  for(task: Task): System[] {
    const { name, from, to, pool } = task
    const { morphemes, leftLanguage } = this.inputs
    const lexical = (system: string, tokenize: Tokenize): System => {
      const index = this.indexOf(pool, tokenize)
      return { name: system, scores: (query) => index.scores(tokenize(query)) }
    }
    const systems = [lexical('bm25', bigrams), lexical('bm25-words', words)]
    if (morphemes) systems.push(lexical('bm25-morphemes', morphemes))
    const rules = rulesByLanguages.get(`${from}→${to}`)
    if (rules) {
      const dictionary = this.dictionaryOf(rules, from === leftLanguage)
      const index = this.indexOf(pool, rules.target)
      systems.push({ name: 'dictionary-bm25', scores: (query) => index.scores(dictionary.translate(query).weights) })
    }
    if (tasksOfNames.has(name)) systems.push(lexical('skeleton', skeleton))
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
    const { trainPairs } = this.inputs.links
    const pairs = fromLeft ? trainPairs : trainPairs.map(([left, right]) => [right, left] as const)
    const dictionary = this.dictionaries.get(rules) ?? TermDictionary.of(pairs, rules)
    this.dictionaries.set(rules, dictionary)
    return dictionary
  }
}

/** Exact dot products of the model's vectors. Indexes are made once a pool. */
export class NeuralSystems {
  private readonly vectors: Vectors
  private readonly indexes = new Map<Pool, SparseIndex>()

  constructor(vectors: Vectors) {
    this.vectors = vectors
  }

  for({ pool }: Task): System {
    const index = this.indexes.get(pool) ?? SparseIndex.of(pool.texts.map((text) => this.vectors.document(text)))
    this.indexes.set(pool, index)
    return { name: neuralSparse, scores: (query) => index.scores(this.vectors.query(query)) }
  }
}

const skeleton: Tokenize = (text) => skeletonTokens(text)
