import { wilsonInterval } from '../../../dictionary/wilson.ts'
import type { EvaluationFile } from '../../../evaluation/judgement-files.ts'
import type { Score } from '../../../schemas/types.ts'
import { formatCount } from '../../quantities.ts'
import {
  formatScore,
  loneFigures,
  loneTasks,
  mainStrata,
  retrievalRows,
  retrievalTasks,
  type ScoreRow,
  shownStrata,
} from '../../retrieval.ts'
import { groupedBarChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, htmlTable, type Markup } from '../html.ts'
import { chanceSection } from './chance.ts'
import { comparedSection } from './compared.ts'

export function retrievalSection({ scores, evaluation, compared, languages }: ReportFacts): Markup {
  if (scores.length === 0) {
    return html`<p class="soft">The model was not judged yet: <code>naru evaluate</code> does it.</p>`
  }
  const intervals = evaluation?.intervals ?? []
  return html`<p>The model beside baselines on the same queries and documents. The best of each group is bold; ties share their
middle rank, so that a system that scores everything alike gains nothing. Below a figure is its 95 % interval (Wilson’s of a hit, Student’s of
a mean): where it would come to lie with other queries of the kind.</p>
${retrievalTasks(scores).map((task) => taskTables(scores, task, intervals))}
${evaluation && chanceSection(evaluation, languages)}
${compared && evaluation && comparedSection(compared, evaluation.resamples)}
${loneTasks(scores).map((task) => loneTable(scores, task))}`
}

function loneTable(scores: readonly Score[], task: string): Markup {
  const { directions, rows } = loneFigures(scores, task)
  const headings = directions.map((title) => ({ title, numeric: true }))
  return html`<h3>${task}</h3>
${htmlTable([{ title: 'Figure' }, ...headings], rows)}`
}

type Intervals = EvaluationFile['intervals']

function taskTables(scores: readonly Score[], task: string, intervals: Intervals): Markup {
  const strata = shownStrata(scores)
  const details = strataTable(
    scores,
    task,
    strata.filter((stratum) => !mainStrata.includes(stratum)),
    intervals,
  )
  return html`<h3>${task}</h3>
${headlineChart(scores, task)}
${strataTable(
  scores,
  task,
  strata.filter((stratum) => mainStrata.includes(stratum)),
  intervals,
)}
${details && html`<details><summary>Unseen queries by the kind of their words</summary>${details}</details>`}`
}

function strataTable(
  scores: readonly Score[],
  task: string,
  strata: readonly string[],
  intervals: Intervals,
): Markup | undefined {
  const { metrics, rows } = retrievalRows(scores, task, strata)
  const ofTask = intervals.filter((one) => one.task === task)
  if (rows.length === 0) return undefined
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">System</th>${metrics.map((metric) => html`<th class="number" scope="col">${metric}</th>`)}</tr></thead>
<tbody>${groupsOf(rows).map((group) => groupRows(group, metrics, ofTask))}</tbody>
</table></div>`
}

/** The first metric, which the evaluator gives first for that reason, over all queries. */
function headlineChart(scores: readonly Score[], task: string): Markup {
  const { metrics, rows } = retrievalRows(scores, task, ['all'])
  const values = rows.flatMap(({ cells }) => cells[0]?.value ?? [])
  if (values.length === 0 || values.some((value) => value < 0 || value > 1)) return html``
  const systems = [...new Set(rows.map(({ system }) => system))]
  const directions = [...new Set(rows.map(({ direction }) => direction))]
  const groups = directions.map((direction) => ({
    label: direction,
    values: systems.map(
      (system) => rows.find((row) => row.direction === direction && row.system === system)?.cells[0]?.value,
    ),
  }))
  return html`<p class="soft small">${metrics[0]} over all queries</p>
${groupedBarChart(systems, groups, `${task}, ${metrics[0]}`)}`
}

function groupsOf(rows: readonly ScoreRow[]): (readonly [ScoreRow, ...ScoreRow[]])[] {
  const groups = new Map<string, [ScoreRow, ...ScoreRow[]]>()
  for (const row of rows) {
    const name = `${row.stratum}\t${row.direction}`
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return [...groups.values()]
}

function groupRows(
  group: readonly [ScoreRow, ...ScoreRow[]],
  metrics: readonly string[],
  intervals: Intervals,
): Markup {
  const [{ direction, stratum, queries, pool }] = group
  const name = stratum === 'all' ? direction : `${direction}, ${stratum}`
  return html`<tr class="group"><td colspan="${metrics.length + 1}">${name} <span class="soft small">${formatCount(queries)} queries among ${formatCount(pool)}</span></td></tr>
${group.map(
  (row) =>
    html`<tr><td>${row.system}</td>${row.cells.map(
      ({ text, value, best }, at) =>
        html`<td class="number">${best ? html`<strong>${text}</strong>` : text}${intervalOf(row, metrics[at]!, value, intervals)}</td>`,
    )}</tr>\n`,
)}`
}

/** Of a hit by its share, of a mean as the evaluator found it; of other figures there is none. */
function intervalOf(
  { direction, stratum, system, queries }: ScoreRow,
  metric: string,
  value: number | undefined,
  intervals: Intervals,
): Markup | false {
  if (value === undefined) return false
  if (metric.startsWith('hit@')) {
    const [lower, upper] = wilsonInterval(value * queries, queries)
    return intervalText(lower, upper)
  }
  const found = intervals.find(
    (one) => one.direction === direction && one.stratum === stratum && one.system === system && one.metric === metric,
  )
  return found ? intervalText(found.lower, found.upper) : false
}

function intervalText(lower: number, upper: number): Markup {
  return html`<br><span class="soft small">${formatScore(lower)} … ${formatScore(upper)}</span>`
}
