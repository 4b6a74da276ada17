/** Held-out pairs as a retrieval task: each surface as a query, among thousands of surfaces of the other language. */
import { skeletonTokens } from '../../language/skeleton.ts'
import { bigrams, type Tokenize } from '../../language/tokens.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { Bm25Index } from '../../search/bm25.ts'
import { englishToKorean, koreanToEnglish, TermDictionary } from '../../search/dictionary.ts'
import { type RankedQuery, rankOf, summarise } from '../../search/metrics.ts'
import { SparseIndex } from '../../search/sparse.ts'
import { type Pair, type PairKind, samplePairs } from './pairs.ts'

export const directions = ['ko→en', 'en→ko'] as const
export type Direction = (typeof directions)[number]

export interface Query {
  readonly text: string
  readonly kind: PairKind
  /** Numbers of the right documents in the pool. */
  readonly relevant: ReadonlySet<number>
}

export interface Task {
  readonly direction: Direction
  readonly queries: readonly Query[]
  readonly pool: readonly string[]
}

/** Scores of all documents of the pool. */
export type Scorer = (query: string) => ArrayLike<number>

/**
 * Both directions. The pool is every surface of the asked pairs, filled up to `poolSize` by others. A surface that is asked
 * with several translations counts once, and any of them is right.
 */
export function tasksOf(asked: readonly Pair[], others: readonly Pair[], poolSize: number): Task[] {
  return directions.map((direction) => {
    const [from, to] = direction === 'ko→en' ? (['ko', 'en'] as const) : (['en', 'ko'] as const)
    const pool = new Map<string, number>()
    const admit = (text: string): number => {
      const known = pool.get(text)
      if (known !== undefined) return known
      pool.set(text, pool.size)
      return pool.size - 1
    }
    const queries = new Map<string, { kind: PairKind; relevant: Set<number> }>()
    for (const pair of asked) {
      const query = queries.get(pair[from]) ?? { kind: pair.kind, relevant: new Set() }
      queries.set(pair[from], query)
      query.relevant.add(admit(pair[to]))
    }
    for (const pair of samplePairs(others, others.length)) {
      if (pool.size >= poolSize) break
      admit(pair[to])
    }
    return { direction, queries: [...queries].map(([text, rest]) => ({ text, ...rest })), pool: [...pool.keys()] }
  })
}

export const strata = ['all', 'name', 'word'] as const
export type Stratum = (typeof strata)[number]

export interface RetrievalFigures {
  readonly queries: number
  readonly pool: number
  readonly hitAt1: number
  readonly mrrAt10: number
  readonly recallAt10: number
}

/** Figures of all queries, of names and of words; ties take the middle rank, a query without a match is a miss. */
export function retrieve(task: Task, scorer: Scorer): Record<Stratum, RetrievalFigures> {
  const ranked = task.queries.map(({ text, kind, relevant }) => ({ kind, rank: rankOf(scorer(text), relevant) }))
  const figures = (rows: readonly { rank: RankedQuery }[]): RetrievalFigures => {
    const { queries, hitAt1, mrrAt10, recallAt10 } = summarise(rows.map(({ rank }) => rank))
    return { queries, pool: task.pool.length, hitAt1, mrrAt10, recallAt10 }
  }
  return {
    all: figures(ranked),
    name: figures(ranked.filter(({ kind }) => kind === 'name')),
    word: figures(ranked.filter(({ kind }) => kind === 'word')),
  }
}

export const baselineNames = ['bm25', 'dictionary-bm25', 'skeleton'] as const
export type BaselineName = (typeof baselineNames)[number]

/** Systems that learn nothing but, for the dictionary, the training pairs. */
export function baselinesFor(task: Task, train: readonly Pair[]): Record<BaselineName, Scorer> {
  const korean = task.direction === 'ko→en'
  const rules = korean ? koreanToEnglish : englishToKorean
  const translations = train.map(({ ko, en }): [string, string] => (korean ? [ko, en] : [en, ko]))
  const dictionary = TermDictionary.of(translations, rules)
  const translated = Bm25Index.of(task.pool.map(rules.target))
  return {
    bm25: lexical(task.pool, bigrams),
    'dictionary-bm25': (query) => translated.scores(dictionary.translate(query).weights),
    skeleton: lexical(task.pool, (text) => skeletonTokens(text)),
  }
}

/** Exact dot products of vectors. */
export function neuralScorer(pool: readonly SparseVector[], queries: ReadonlyMap<string, SparseVector>): Scorer {
  const index = SparseIndex.of(pool)
  return (query) => index.scores(queries.get(query)!)
}

function lexical(pool: readonly string[], tokenize: Tokenize): Scorer {
  const index = Bm25Index.of(pool.map(tokenize))
  return (query) => index.scores(tokenize(query))
}
