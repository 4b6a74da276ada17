/** Figures of an evaluation, in the order in which they are shown. */
import type { Score } from '../../schemas/types.ts'
import { summarise } from '../../search/metrics.ts'
import type { Answers } from './answers.ts'
import { flopsOf, type SparsityFigures, sparsityOf, type VectorSet } from './sparsity.ts'
import { neuralSparse } from './systems.ts'
import { directionOf, strata, type Task } from './tasks.ts'

/** A score before it is known whose it is: baselines are the same for every model. */
export type Figure = Omit<Score, 'model'>

const metricOfSparsity = {
  meanQueryTerms: 'query-terms-mean',
  p95QueryTerms: 'query-terms-p95',
  meanDocumentTerms: 'document-terms-mean',
  p95DocumentTerms: 'document-terms-p95',
  maxTermShare: 'max-term-share',
  randomPairCosine: 'random-pair-cosine',
  emptyShare: 'empty-share',
  flops: 'flops',
} as const satisfies Record<keyof SparsityFigures, string>

/** Task by task, the systems side by side. Strata without queries have no figures. */
export function retrievalFigures(tasks: readonly Task[], answers: readonly Answers[]): Figure[] {
  return tasks.flatMap((task) => answers.filter((one) => one.task === task).flatMap(figuresOf))
}

/** Sparsity of each language, of both together, and the FLOPS of searches across them. */
export function sparsityFigures(
  byLanguage: ReadonlyMap<string, VectorSet>,
  { cosinePairs, seed }: { readonly cosinePairs: number; readonly seed: number },
): Figure[] {
  const sets = [...byLanguage.values()]
  const together = {
    queries: sets.flatMap(({ queries }) => queries),
    documents: sets.flatMap(({ documents }) => documents),
  }
  const rows = [...byLanguage, ['all', together] as const].flatMap(([direction, set]) => {
    const figures = sparsityOf(set, cosinePairs, seed)
    return Object.entries(metricOfSparsity).map(([name, metric]) =>
      sparsityFigure(direction, metric, figures[name as keyof SparsityFigures], set.queries, set.documents),
    )
  })
  const across = [...byLanguage].flatMap(([from, { queries }]) =>
    [...byLanguage]
      .filter(([to]) => to !== from)
      .map(([to, { documents }]) =>
        sparsityFigure(`${from}→${to}`, metricOfSparsity.flops, flopsOf(queries, documents), queries, documents),
      ),
  )
  return [...rows, ...across]
}

function sparsityFigure(
  direction: string,
  metric: string,
  value: number,
  queries: readonly unknown[],
  documents: readonly unknown[],
): Figure {
  const at = { task: 'sparsity', system: neuralSparse, direction, stratum: 'all' }
  return { ...at, metric, value, queries: queries.length, pool: documents.length }
}

function figuresOf({ task, system, ranked }: Answers): Figure[] {
  const at = { task: task.name, system, direction: directionOf(task), pool: task.pool.texts.length }
  return strata.flatMap((stratum) => {
    const own = ranked.filter((_, query) => task.queries[query]!.strata.includes(stratum))
    if (own.length === 0) return []
    const { queries, hitAt1, mrrAt10, recallAt10, withoutMatch } = summarise(own)
    const values = { 'hit@1': hitAt1, 'mrr@10': mrrAt10, 'recall@10': recallAt10, unmatched: withoutMatch }
    return Object.entries(values).map(([metric, value]) => ({ ...at, stratum, metric, value, queries }))
  })
}
