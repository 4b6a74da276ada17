/** What a model loses where its weights are rounded: its figures in each precision side by side. */
import type { WeightPrecision } from '../model/graph/onnx-weights.ts'
import type { Score } from '../schemas/types.ts'
import { formatScore, signed } from './retrieval.ts'
import { renderTable } from './table.ts'

export interface PrecisionScores {
  /** The same in every precision. */
  readonly folder: string
  readonly model: string
  readonly precision: WeightPrecision
  readonly scores: readonly Score[]
}

export interface RoundedScore extends Pick<Score, 'task' | 'direction' | 'stratum' | 'metric'> {
  readonly model: string
  readonly precision: WeightPrecision
  readonly exact: number
  readonly rounded: number
}

const shownMetrics = ['hit@1', 'ndcg@10']
const shownStrata = ['all', 'unseen']

/** Over all queries, and over the unseen ones; nothing for models that were not judged in fp32 as well. */
export function roundedScores(judged: readonly PrecisionScores[]): RoundedScore[] {
  return judged.flatMap(({ folder, model, precision, scores }) => {
    const exact = judged.find((one) => one.folder === folder && one.precision === 'fp32')
    if (precision === 'fp32' || !exact) return []
    const exactValues = new Map(exact.scores.map((score) => [keyOf(score), score.value]))
    return scores.filter(isShown).flatMap((score) => {
      const { task, direction, stratum, metric, value } = score
      const before = exactValues.get(keyOf(score))
      return before === undefined
        ? []
        : [{ model, precision, task, direction, stratum, metric, exact: before, rounded: value }]
    })
  })
}

export function renderRounded(rows: readonly RoundedScore[]): string[] {
  if (rows.length === 0) return []
  const columns = ['Rounded', 'Task', 'Direction', ''].map((title) => ({ title }))
  const figures = ['fp32', 'rounded', 'difference'].map((title) => ({ title, align: 'right' as const }))
  return renderTable(
    [...columns, ...figures],
    rows.map(({ model, precision, task, direction, stratum, metric, exact, rounded }) => [
      `${model} ${precision}`,
      `${task} ${metric}`,
      direction,
      stratum,
      formatScore(exact),
      formatScore(rounded),
      signed(rounded - exact),
    ]),
  )
}

function isShown({ system, metric, stratum }: Score): boolean {
  return system === 'neural-sparse' && shownMetrics.includes(metric) && shownStrata.includes(stratum)
}

function keyOf({ task, direction, stratum, metric, system }: Score): string {
  return [system, task, direction, stratum, metric].join('\t')
}
