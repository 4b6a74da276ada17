/** Several models on the same tasks, such as those of three seeds: each, how far they lie apart, and their mean against the baselines. */
import { type ComparedModels, spreadOf } from '../../compared-models.ts'
import { formatScore } from '../../retrieval.ts'
import { html, htmlTable, type Markup } from '../html.ts'
import { comparisonTable } from './chance.ts'

export function comparedSection({ models, mean }: ComparedModels, resamples: number): Markup {
  const rows = spreadOf(models).map(({ task, direction, stratum, values, mean, deviation }) => [
    task,
    stratum === 'all' ? direction : `${direction}, ${stratum}`,
    ...values.map(formatScore),
    formatScore(mean),
    formatScore(deviation),
  ])
  const figures = [...models.map(({ model }) => model), 'mean', 'deviation']
  return html`<h3>${models.length} models, hit@1</h3>
<p>A model is one of many that other seeds would have given: the deviation says how far they lie apart.</p>
${htmlTable([{ title: 'Task' }, { title: 'Direction' }, ...figures.map((title) => ({ title, numeric: true }))], rows)}
${comparisonTable(`Mean of the ${models.length} models less each baseline`, mean.comparisons, resamples)}`
}
