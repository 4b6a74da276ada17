import { useContext, useMemo, useRef, useState } from 'preact/hooks'
import { useAnswer, useAnswers } from '../ask.js'
import { LineChart } from '../charts.js'
import { linesOf } from '../curves.js'
import { figureText } from '../figures.js'
import { bytes, clock, figure, tick } from '../format.js'
import { html } from '../html.js'
import { Setting, useText } from '../text.js'
import { Course, Evaluations } from './evaluations.js'
import { Failure } from './failure.js'

const groups = [
  { key: 'losses', tags: ['train/loss', 'train/ranking', 'train/crossLingual', 'train/distillation'] },
  { key: 'activeTerms', tags: ['train/activeTerms', 'train/activeTermsShort', 'train/activeTermsLong'] },
  { key: 'alignment', tags: ['train/alignment', 'train/contrast', 'train/activation', 'train/leadAlignment'] },
  { key: 'speed', tags: ['train/samplesPerSecond'] },
]

const runsAtMost = 6

export function Training() {
  const t = useText()
  const { answer, error } = useAnswer('/api/training', 5_000)
  const [chosen, setChosen] = useState()
  const [others, setOthers] = useState([])
  const [weight, setWeight] = useState(0)
  if (error) return html`<${Failure} error=${error} />`
  if (!answer) return html`<p>${t('loading')}</p>`
  const { runs, evaluations, gpus } = answer
  const first = runs.find((run) => nameOf(run) === chosen) ?? runs[0]
  if (!first)
    return html`<section class="card empty"><h1>${t('training')}</h1><p>${t('noTraining')}</p></section><${Evaluations} evaluations=${evaluations} /><${Course} />`
  const beside = others.filter((name) => name !== nameOf(first) && runs.some((run) => nameOf(run) === name))
  return html`<section class="card">
      <div class="panel-head"><h1>${t('training')}</h1>
        <label>${t('run')} <select value=${nameOf(first)} onChange=${(event) => setChosen(event.target.value)}>${runs.map((run) => html`<option value=${nameOf(run)}>${label(run)}</option>`)}</select></label>
        <label>${t('smoothing')} <input type="range" min="0" max="0.99" step="0.01" value=${weight} onInput=${(event) => setWeight(Number(event.target.value))} /> <output>${weight.toFixed(2)}</output></label>
        ${gpus.map((gpu) => html`<span class="dim">${t('gpu')}: ${gpu.name} ${bytes(gpu.usedBytes)} / ${bytes(gpu.totalBytes)}</span>`)}
      </div>
      <${Others} runs=${runs.filter((run) => run !== first)} beside=${beside} onChange=${setOthers} />
      <${Curves} names=${[nameOf(first), ...beside]} weight=${weight} />
    </section>
    <div class="columns"><${Checkpoints} run=${first} /><${Evaluations} evaluations=${evaluations} /></div>
    <${Course} />`
}

const nameOf = ({ model, run }) => `${model}/${run}`
const label = ({ model, run, changedMs }) => `${model} ${run.slice(0, 8)} · ${clock(changedMs)}`

/** Boxes of the runs that can be drawn beside the first; those that are have their number in the charts. */
function Others({ runs, beside, onChange }) {
  const t = useText()
  if (runs.length === 0) return null
  const toggle = (name) =>
    onChange(beside.includes(name) ? beside.filter((one) => one !== name) : [...beside, name].slice(0, runsAtMost - 1))
  const box = (run) => {
    const at = beside.indexOf(nameOf(run))
    const isFull = at < 0 && beside.length >= runsAtMost - 1
    return html`<label key=${nameOf(run)}><input type="checkbox" checked=${at >= 0} disabled=${isFull} onChange=${() => toggle(nameOf(run))} /> ${label(run)}${at >= 0 ? ` (${at + 2})` : ''}</label>`
  }
  return html`<fieldset class="runs"><legend>${t('compareWith')}</legend>${runs.map(box)}</fieldset>`
}

function Curves({ names, weight }) {
  const t = useText()
  const { language } = useContext(Setting)
  const { answer } = useAnswers(
    names.map((name) => `/api/training/${name}`),
    3_000,
  )
  // While another run is asked for, those that were drawn stay.
  const drawn = useRef([])
  if (answer) drawn.current = answer
  const runs = useMemo(() => drawn.current.map(({ tags }) => tags), [drawn.current])
  const tags = Object.keys(runs[0] ?? {})
  const validation = tags.filter((tag) => tag.startsWith('validation/'))
  const known = new Set(groups.flatMap((group) => group.tags))
  const others = tags.filter((tag) => tag.startsWith('train/') && !known.has(tag) && tag !== 'train/skipped')
  const curve = (title, wanted) =>
    html`<${Curve} key=${title} title=${title} wanted=${wanted} runs=${runs} weight=${weight} />`
  return html`<div class="charts">
      ${groups.map(({ key, tags: wanted }) => curve(t(key), wanted))}
      ${validation.map((tag) => curve(`${t('validation')}: ${figureText(tag.slice(11), language)}`, [tag]))}
    </div>
    <details><summary><h2>${t('otherCurves')}</h2></summary><div class="charts">${others.map((tag) => curve(figureText(tag.slice(6), language), [tag]))}</div></details>`
}

function Curve({ title, wanted, runs, weight }) {
  const { language } = useContext(Setting)
  const { xs, lines } = useMemo(
    () => linesOf(runs, wanted, weight, (name) => figureText(name, language)),
    [runs, weight, language],
  )
  if (lines.length === 0) return null
  return html`<${LineChart} title=${title} xs=${xs} lines=${lines} format=${figure} ticks=${tick} height=${150} />`
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
