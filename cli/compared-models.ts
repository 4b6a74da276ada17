/** What several models of one run's data, such as those of three seeds, came to: kept so that the report has it too. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Comparison } from '../evaluation/comparisons.ts'
import type { Score } from '../schemas/types.ts'
import type { JudgedModels } from './judge-models.ts'
import type { Workspace } from './workspace.ts'

export interface ComparedModels {
  readonly models: readonly { readonly model: string; readonly scores: readonly Score[] }[]
  readonly mean: { readonly comparisons: readonly Comparison[] }
}

/** hit@1 of each model on a task, and how far they lie apart. */
export interface SpreadRow {
  readonly task: string
  readonly direction: string
  readonly stratum: string
  /** In the order of the models. */
  readonly values: readonly number[]
  readonly mean: number
  /** Standard deviation of a sample: divided by one less than the models. */
  readonly deviation: number
}

/** Nothing is kept of one model, and nothing where there is no run. */
export function keepCompared({ runFile, comparedFile }: Workspace, { models, mean }: JudgedModels): void {
  if (mean === null || !existsSync(runFile)) return
  const kept: ComparedModels = {
    models: models.map(({ model, scores }) => ({ model, scores: headlines(scores) })),
    mean: { comparisons: mean.comparisons },
  }
  mkdirSync(dirname(comparedFile), { recursive: true })
  writeFileSync(comparedFile, JSON.stringify(kept))
}

export function readCompared({ comparedFile }: Workspace): ComparedModels | undefined {
  return existsSync(comparedFile) ? JSON.parse(readFileSync(comparedFile, 'utf8')) : undefined
}

/** Over all queries, and over the unseen ones. */
export function spreadOf(models: ComparedModels['models']): SpreadRow[] {
  const own = models.map(({ scores }) => headlines(scores))
  return (own[0] ?? []).map(({ task, direction, stratum }, at) => {
    const values = own.map((scores) => scores[at]?.value ?? 0)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { task, direction, stratum, values, mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) }
  })
}

function headlines(scores: readonly Score[]): Score[] {
  return scores.filter(
    ({ system, metric, stratum }) =>
      system === 'neural-sparse' && metric === 'hit@1' && ['all', 'unseen'].includes(stratum),
  )
}
