import { useMemo, useState } from 'preact/hooks'
import { useAnswer } from '../ask.js'
import { LineChart } from '../charts.js'
import { bytes, clock, count, figure } from '../format.js'
import { html } from '../html.js'
import { useText } from '../text.js'
import { Failure } from './failure.js'

const groups = [
  { key: 'losses', tags: ['train/loss', 'train/ranking', 'train/crossLingual', 'train/distillation'] },
  { key: 'activeTerms', tags: ['train/activeTerms', 'train/activeTermsShort', 'train/activeTermsLong'] },
  { key: 'alignment', tags: ['train/alignment', 'train/contrast', 'train/activation', 'train/leadAlignment'] },
  { key: 'speed', tags: ['train/samplesPerSecond'] },
]

export function Training() {
  const t = useText()
  const { answer, error } = useAnswer('/api/training', 5_000)
  const [chosen, setChosen] = useState()
  const [other, setOther] = useState('')
  if (error) return html`<${Failure} error=${error} />`
  if (!answer) return html`<p>${t('loading')}</p>`
  const { runs, evaluations, gpus } = answer
  const first = runs.find((run) => nameOf(run) === chosen) ?? runs[0]
  const second = runs.find((run) => nameOf(run) === other)
  if (!first)
    return html`<section class="card empty"><h1>${t('training')}</h1><p>${t('noTraining')}</p></section><${Evaluations} evaluations=${evaluations} />`
  return html`<section class="card">
      <div class="panel-head"><h1>${t('training')}</h1>
        <label>${t('run')} <select value=${nameOf(first)} onChange=${(event) => setChosen(event.target.value)}>${runs.map((run) => html`<option value=${nameOf(run)}>${label(run)}</option>`)}</select></label>
        <label>${t('compareWith')} <select value=${other} onChange=${(event) => setOther(event.target.value)}><option value="">${t('noOther')}</option>${runs.filter((run) => run !== first).map((run) => html`<option value=${nameOf(run)}>${label(run)}</option>`)}</select></label>
        ${gpus.map((gpu) => html`<span class="dim">${t('gpu')}: ${gpu.name} ${bytes(gpu.usedBytes)} / ${bytes(gpu.totalBytes)}</span>`)}
      </div>
      <${Curves} first=${first} second=${second} />
    </section>
    <div class="columns"><${Checkpoints} run=${first} /><${Evaluations} evaluations=${evaluations} /></div>`
}

const nameOf = ({ model, run }) => `${model}/${run}`
const label = ({ model, run, changedMs }) => `${model} ${run.slice(0, 8)} · ${clock(changedMs)}`

function Curves({ first, second }) {
  const t = useText()
  const { answer } = useAnswer(`/api/training/${nameOf(first)}`, 3_000)
  const { answer: beside } = useAnswer(second && `/api/training/${nameOf(second)}`)
  const tags = answer?.tags ?? {}
  const validation = Object.keys(tags).filter((tag) => tag.startsWith('validation/'))
  const known = new Set(groups.flatMap((group) => group.tags))
  const others = Object.keys(tags).filter(
    (tag) => tag.startsWith('train/') && !known.has(tag) && tag !== 'train/skipped',
  )
  return html`<div class="charts">
      ${groups.map(({ key, tags: wanted }) => html`<${Curve} key=${key} title=${t(key)} wanted=${wanted} tags=${tags} beside=${beside?.tags} />`)}
      ${validation.map((tag) => html`<${Curve} key=${tag} title=${`${t('validation')}: ${tag.slice(11)}`} wanted=${[tag]} tags=${tags} beside=${beside?.tags} />`)}
    </div>
    <details><summary><h2>${t('otherCurves')}</h2></summary><div class="charts">${others.map((tag) => html`<${Curve} key=${tag} title=${tag.slice(6)} wanted=${[tag]} tags=${tags} beside=${beside?.tags} />`)}</div></details>`
}

function Curve({ title, wanted, tags, beside }) {
  const data = useMemo(() => {
    const present = wanted.filter((tag) => tags[tag]?.values.some((value) => value !== 0))
    const curves = present.flatMap((tag) => [
      { name: tag.split('/')[1], ...tags[tag] },
      ...(beside?.[tag] ? [{ name: `${tag.split('/')[1]} (2)`, dashed: true, ...beside[tag] }] : []),
    ])
    const xs = [...new Set(curves.flatMap(({ steps }) => steps))].sort((a, b) => a - b)
    const lines = curves.map(({ name, dashed, steps, values }) => {
      const at = new Map(steps.map((step, index) => [step, values[index]]))
      return { name, dashed, values: xs.map((step) => at.get(step) ?? null) }
    })
    return { xs, lines }
  }, [tags, beside])
  if (data.lines.length === 0) return null
  return html`<${LineChart} title=${title} xs=${data.xs} lines=${data.lines} format=${figure} height=${150} />`
}

function Checkpoints({ run }) {
  const t = useText()
  return html`<section class="card">
    <h2>${t('checkpoints')}</h2>
    <table>
      <thead><tr><th scope="col">${t('step')}</th><th scope="col" class="number">${t('size')}</th><th scope="col">${t('time')}</th></tr></thead>
      <tbody>${run.checkpoints.map(({ step, bytes: size, atMs }) => html`<tr><th scope="row">${step}</th><td class="number">${bytes(size)}</td><td>${clock(atMs)}</td></tr>`)}</tbody>
    </table>
  </section>`
}

const metric = /^(mrr|ndcg|recall)/i

function Evaluations({ evaluations }) {
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
