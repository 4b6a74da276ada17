/** What was judged, as text for the terminal. */
import type { Comparison } from '../evaluation/comparisons.ts'
import type { JudgedRun, RunComparison } from '../evaluation/trec-figures.ts'
import { queryMetrics } from '../search/metrics.ts'
import { spreadOf } from './compared-models.ts'
import type { JudgedModel, JudgedModels } from './judge-models.ts'
import { formatCount } from './quantities.ts'
import { formatScore, signed } from './retrieval.ts'
import { renderRounded } from './rounded-scores.ts'
import { renderScores } from './summary.ts'
import { renderTable } from './table.ts'

export function renderJudged({ models, mean, rounding, missing, trec }: JudgedModels): string {
  const parts = [
    ...models.flatMap(({ model, scores, comparisons }) => [
      models.length > 1 ? [`${model}:`] : [],
      renderScores(scores),
      renderComparisons(comparisons),
    ]),
    ...(mean
      ? [
          [`Mean of ${models.length} models:`],
          renderScores(mean.scores),
          renderSpread(models),
          renderComparisons(mean.comparisons),
        ]
      : []),
    renderRounded(rounding),
    [...missing],
    trec.length === 0 ? [] : [`${formatCount(trec.length)} TREC runs written, with qrels, queries and documents.`],
  ]
  return joined(parts)
}

const comparedInTerminal = ['dictionary-bm25', 'bm25', 'skeleton']

/** hit@1 against the baselines that matter; the report and --json have the others. */
function renderComparisons(comparisons: readonly Comparison[]): string[] {
  const shown = comparisons.filter(
    ({ metric, baseline }) => metric === 'hit@1' && comparedInTerminal.includes(baseline),
  )
  if (shown.length === 0) return []
  const rows = shown.map(({ task, direction, stratum, baseline, difference, lower, upper, pHolm }) => [
    task,
    direction,
    stratum,
    baseline,
    signed(difference),
    `${signed(lower)} … ${signed(upper)}`,
    formatP(pHolm),
  ])
  return renderTable(
    [
      { title: 'Model less baseline, hit@1' },
      { title: 'Direction' },
      { title: '' },
      { title: 'Baseline' },
      { title: 'Difference', align: 'right' },
      { title: '95 %', align: 'right' },
      { title: 'p (Holm)', align: 'right' },
    ],
    rows,
  )
}

function renderSpread(models: readonly JudgedModel[]): string[] {
  const rows = spreadOf(models).map(({ task, direction, stratum, values, deviation }) => {
    return [task, direction, stratum, ...values.map(formatScore), formatScore(deviation)]
  })
  const columns = [...models.map(({ model }) => model), 'deviation'].map((title) => ({
    title,
    align: 'right' as const,
  }))
  return renderTable([{ title: 'Task, hit@1' }, { title: 'Direction' }, { title: '' }, ...columns], rows)
}

export function renderRuns(
  runs: readonly (JudgedRun & { readonly file: string })[],
  comparisons: readonly RunComparison[],
): string {
  const figures = renderTable(
    [
      { title: 'Run' },
      { title: 'Queries', align: 'right' },
      ...[...queryMetrics, 'unmatched'].map((title) => ({ title, align: 'right' as const })),
    ],
    runs.map(({ file, queries, means }) => [
      file,
      formatCount(queries),
      ...[...queryMetrics, 'unmatched' as const].map((metric) => means[metric].toFixed(4)),
    ]),
  )
  const compared = comparisons.map(({ metric, run, mean, lower, upper, pHolm }) => [
    `${runs[0]?.file} less ${runs[run]?.file}`,
    metric,
    signed(mean),
    `${signed(lower)} … ${signed(upper)}`,
    formatP(pHolm),
  ])
  const columns = [
    { title: 'Difference' },
    { title: 'Metric' },
    { title: '', align: 'right' as const },
    { title: '95 %', align: 'right' as const },
    { title: 'p (Holm)', align: 'right' as const },
  ]
  return joined([figures, compared.length === 0 ? [] : renderTable(columns, compared)])
}

export function formatP(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3)
}

function joined(parts: readonly (readonly string[])[]): string {
  const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${texts.join('\n\n')}\n`
}
