/** Scores of what was exported: the last ones beside those of the baselines, and how they have come to be so. */
import { useMemo, useState } from 'preact/hooks'
import { useAnswer } from '../ask.js'
import { LineChart } from '../charts.js'
import { courseLines } from '../curves.js'
import { clock, count, date, figure, tick } from '../format.js'
import { html } from '../html.js'
import { useText } from '../text.js'
import { Failure } from './failure.js'

const metric = /^(hit|mrr|ndcg|recall)/

/** The last scores of each export. */
export function Evaluations({ evaluations }) {
  const t = useText()
  return html`${evaluations.map(({ model, atMs, scores }) => {
    const shown = scores.filter((score) => score.stratum === 'all' && metric.test(score.metric))
    const metrics = [...new Set(shown.map((score) => score.metric))]
    const rows = [...new Set(shown.map(({ task, direction, system }) => [task, direction, system].join('\t')))]
    const scoreOf = (row, name) =>
      shown.find((score) => [score.task, score.direction, score.system].join('\t') === row && score.metric === name)
        ?.value
    return html`<section class="card" key=${model}>
      <h2>${t('evaluations')}: ${model} <small>${clock(atMs)} · ${count(scores.length)}</small></h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${`${t('evaluations')}: ${model}`}>
        <table>
          <thead><tr><th scope="col">${t('task')}</th><th scope="col">${t('direction')}</th><th scope="col">${t('system')}</th>${metrics.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
          <tbody>${rows.map((row) => {
            const [task, direction, system] = row.split('\t')
            return html`<tr><th scope="row">${task}</th><td>${direction}</td><td>${system}</td>${metrics.map((name) => html`<td class="number">${figure(scoreOf(row, name))}</td>`)}</tr>`
          })}</tbody>
        </table>
      </div>
    </section>`
  })}`
}

const courses = [
  { key: 'ndcg', metrics: ['ndcg@10'] },
  { key: 'hitFirst', metrics: ['hit@1'] },
  { key: 'hitTen', metrics: ['recall@10'] },
  { key: 'activeTerms', metrics: ['query-terms-mean', 'document-terms-mean'] },
]

/** The model's own figures, one evaluation after the other. */
export function Course() {
  const t = useText()
  const { answer, error } = useAnswer('/api/evaluations', 10_000)
  const [model, setModel] = useState('')
  const points = useMemo(() => (answer ?? []).filter((point) => !model || point.model === model), [answer, model])
  if (error) return html`<${Failure} error=${error} />`
  if (!answer || answer.length === 0) return null
  const models = [...new Set(answer.map((point) => point.model))]
  return html`<section class="card">
    <div class="panel-head"><h2>${t('course')}</h2>
      <label>${t('model')} <select value=${model} onChange=${(event) => setModel(event.target.value)}><option value="">${t('all')}</option>${models.map((name) => html`<option value=${name}>${name}</option>`)}</select></label>
    </div>
    <div class="charts">${courses.map(({ key, metrics }) => html`<${CourseChart} key=${key} title=${t(key)} metrics=${metrics} points=${points} />`)}</div>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('course')}>
      <table>
        <thead><tr><th scope="col">${t('evaluation')}</th><th scope="col">${t('model')}</th><th scope="col">${t('time')}</th></tr></thead>
        <tbody>${points.map((point, at) => html`<tr><th scope="row">${at + 1}</th><td>${point.model}</td><td>${date(point.atMs)}</td></tr>`)}</tbody>
      </table>
    </div>
  </section>`
}

function CourseChart({ title, metrics, points }) {
  const { xs, lines } = useMemo(() => courseLines(points, metrics), [points])
  if (lines.length === 0) return null
  return html`<${LineChart} title=${title} xs=${xs} lines=${lines} format=${figure} ticks=${tick} height=${150} />`
}
