/** Figures of an evaluation, in the order in which they are shown. */
import type { Score } from '../schemas/types.ts'
import { queryMetrics } from '../search/metrics.ts'
import type { Answers } from './answers.ts'
import type { ControlFigures } from './control.ts'
import { flopsOf, type SparsityFigures, sparsityOf, type VectorSet } from './sparsity.ts'
import { type Stratum, strata } from './strata.ts'
import { neuralSparse } from './systems.ts'
import { directionOf, type Task } from './tasks.ts'

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

/** Hit@1 with vectors that were cut to so many terms. */
export function pruningFigures(answers: readonly Answers[], terms: number): Figure[] {
  return answers.flatMap(figuresOf).flatMap((figure) => {
    const { task, stratum, metric } = figure
    if (stratum !== 'all' || metric !== 'hit@1') return []
    return [{ ...figure, task: 'pruning', metric: `${task} ${metric}, ${terms} terms` }]
  })
}

/** Activation and cosine of pairs, and of pairs that were mixed up. */
export function controlFigures(task: Task, control: ControlFigures, stratum: Stratum): Figure[] {
  const { pairs, activation, shuffledActivation, cosine, shuffledCosine } = control
  const at = { task: 'control', system: neuralSparse, direction: directionOf(task), stratum }
  const values = {
    activation,
    'activation, shuffled pairs': shuffledActivation,
    cosine,
    'cosine, shuffled pairs': shuffledCosine,
  }
  return Object.entries(values).map(([metric, value]) => {
    return { ...at, metric, value, queries: pairs, pool: task.pool.texts.length }
  })
}

function figuresOf({ task, system, values, unmatched }: Answers): Figure[] {
  const at = { task: task.name, system, direction: directionOf(task), pool: task.pool.texts.length }
  return strata.flatMap((stratum) => {
    const own = [...task.queries.keys()].filter((query) => task.queries[query]!.strata.includes(stratum))
    if (own.length === 0) return []
    const mean = (of: Float64Array) => own.reduce((sum, query) => sum + of[query]!, 0) / own.length
    const figures = queryMetrics.map((metric) => [metric, mean(values[metric])] as const)
    return [...figures, ['unmatched', mean(unmatched)] as const].map(([metric, value]) => {
      return { ...at, stratum, metric, value, queries: own.length }
    })
  })
}
