import { useContext, useEffect, useMemo, useState } from 'preact/hooks'
import { useAnswer } from '../ask.js'
import { LineChart, Sparkline } from '../charts.js'
import { bytes, cores, count, duration, megabytes, none, rate } from '../format.js'
import { html } from '../html.js'
import { recentOf } from '../live.js'
import { Setting, stateText, texter, useDescription, useText } from '../text.js'
import { Graph } from './graph.js'

const sum = (numbers) => numbers.reduce((all, number) => all + (number ?? 0), 0)

export function Pipeline({ view, selected }) {
  const t = useText()
  const { services, topics } = view
  const service = services.find(({ id }) => id === selected)
  return html`<h1 class="visually-hidden">${t('pipeline')}</h1>
    <${Tiles} view=${view} />
    <section class="card graph-card" aria-label=${t('graph')}><${Graph} view=${view} selected=${selected} /></section>
    ${service && html`<${ServicePanel} service=${service} key=${service.id} />`}
    <${Services} services=${services} bottleneck=${view.bottleneck} selected=${selected} />
    <${Edges} topics=${topics} />`
}

function Tiles({ view }) {
  const t = useText()
  const { services, topics, process, bottleneck, dumpSecondsLeft, dead, finished, atWork } = view
  const done = services.filter(({ state }) => state === 'finished').length
  const told = topics.filter(({ bytesPerSecond }) => bytesPerSecond !== undefined)
  const use = process ?? {
    cpuCores: sum(services.map((one) => one.cpuCores)),
    memoryBytes: sum(services.map((one) => one.memoryBytes)),
  }
  return html`<dl class="tiles">
    <${Tile} name=${t('overall')} value=${finished ? t('complete') : atWork ? t('running') : t('resting')} note=${`${done} / ${services.length}`} />
    <${Tile} name=${t('recordsPerSecond')} value=${rate(sum(topics.map((topic) => topic.recordsPerSecond)))} note=${count(sum(topics.map((topic) => topic.records)))} />
    <${Tile} name=${t('bytesPerSecond')} value=${told.length > 0 ? megabytes(sum(told.map((topic) => topic.bytesPerSecond))) : none} />
    <${Tile} name=${t('bottleneck')} value=${bottleneck ?? none} kind=${bottleneck ? 'bottleneck' : ''} href=${bottleneck && `#/pipeline/${bottleneck}`} />
    <${Tile} name=${t('dumpEta')} value=${duration(dumpSecondsLeft)} />
    <${Tile} name=${t('cpu')} value=${atWork ? cores(use.cpuCores) : none} />
    <${Tile} name=${t('memory')} value=${atWork ? bytes(use.memoryBytes) : none} />
    <${Tile} name=${t('dead')} value=${count(dead)} kind=${dead > 0 ? 'bad' : ''} href=${dead > 0 && '#/dead'} />
  </dl>`
}

function Tile({ name, value, note, kind, href }) {
  return html`<div class=${`tile ${kind ?? ''}`}>
    <dt>${name}</dt>
    <dd>${href ? html`<a href=${href}>${value}</a>` : value}${note && html` <small>${note}</small>`}</dd>
  </div>`
}

export function State({ state }) {
  const { language } = useContext(Setting)
  return html`<span class=${`state state-${state}`}><i aria-hidden="true"></i>${stateText(language, state)}</span>`
}

function Services({ services, bottleneck, selected }) {
  const t = useText()
  return html`<section class="card">
    <h2>${t('services')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('services')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('service')}</th><th scope="col">${t('state')}</th><th scope="col">${t('lastMinutes')}</th>
            <th scope="col" class="number">${t('taken')}</th><th scope="col" class="number">${t('written')}</th>
            <th scope="col" class="number">${t('lagRecords')}</th><th scope="col" class="number">${t('lagSeconds')}</th><th scope="col" class="number">${t('left')}</th>
            <th scope="col" class="number">${t('errors')}</th><th scope="col" class="number">${t('dead')}</th><th scope="col" class="number">${t('dropped')}</th>
            <th scope="col" class="number">${t('cpuCores')}</th><th scope="col" class="number">${t('memory')}</th>
          </tr>
        </thead>
        <tbody>${services.map((service) => html`<${ServiceRow} key=${service.id} service=${service} isBottleneck=${service.id === bottleneck} isSelected=${service.id === selected} />`)}</tbody>
      </table>
    </div>
  </section>`
}

function ServiceRow({ service, isBottleneck, isSelected }) {
  const t = useText()
  const { id, state, takenPerSecond, writtenPerSecond, lag, lagSeconds, secondsLeft, retries, dead, dropped } = service
  const out = sum(Object.values(dropped))
  const why = Object.entries(dropped)
    .map(([reason, number]) => `${reason} ${count(number)}`)
    .join(', ')
  return html`<tr class=${isSelected ? 'selected' : ''}>
    <th scope="row"><a href=${isSelected ? '#/pipeline' : `#/pipeline/${id}`}>${id}</a>${isBottleneck && html` <span class="tag bottleneck">${t('bottleneck')}</span>`}</th>
    <td><${State} state=${state} /></td>
    <td><${Sparkline} values=${recentOf(`service.${id}.takenPerSecond`)} label=${`${id}: ${rate(takenPerSecond)}`} /></td>
    <td class="number">${rate(takenPerSecond)}</td>
    <td class="number">${rate(writtenPerSecond)}</td>
    <td class="number">${count(lag)}</td>
    <td class="number">${duration(lagSeconds)}</td>
    <td class="number">${duration(secondsLeft)}</td>
    <td class="number">${count(sum(Object.values(retries)))}</td>
    <td class=${`number ${dead > 0 ? 'bad' : ''}`}>${dead > 0 ? html`<a href=${`#/dead/${id}`}>${count(dead)}</a>` : '0'}</td>
    <td class="number" title=${why || null}>${count(out)}</td>
    <td class="number">${cores(service.cpuCores)}</td>
    <td class="number">${bytes(service.memoryBytes)}</td>
  </tr>`
}

const spans = { minutes5: 300, hour1: 3600, hours24: 86_400 }

/** Buttons of spans, and the samples of series over the chosen one, asked for again as it goes. */
export function useHistory(series) {
  const [span, setSpan] = useState('minutes5')
  const seconds = spans[span]
  const path = `/api/history?seconds=${seconds}&points=400&series=${series.join(',')}`
  const { answer } = useAnswer(path, Math.max(2_000, seconds * 5))
  const columns = useMemo(() => {
    const samples = answer?.samples ?? []
    const at = (index) => samples.map((sample) => sample[index] ?? null)
    return { xs: samples.map(([ms]) => ms / 1000), values: series.map((_, index) => at(index + 1)) }
  }, [answer])
  return { ...columns, picker: html`<${SpanPicker} span=${span} onPick=${setSpan} />` }
}

function SpanPicker({ span, onPick }) {
  const t = useText()
  return html`<div class="picker" role="group" aria-label=${t('history')}>
    ${Object.keys(spans).map((name) => html`<button type="button" aria-pressed=${name === span} onClick=${() => onPick(name)}>${t(name)}</button>`)}
  </div>`
}

function ServicePanel({ service }) {
  const t = useText()
  const { id, dropped, retries, progress, partitionsDone, partitions, instances, taken } = service
  const { xs, values, picker } = useHistory([`service.${id}.takenPerSecond`, `service.${id}.lag`])
  useEffect(() => document.getElementById('service-panel')?.scrollIntoView({ block: 'nearest' }), [id])
  const rates = useMemo(() => [{ name: t('taken'), values: values[0] }], [values])
  const lags = useMemo(() => [{ name: t('lag'), values: values[1] }], [values])
  return html`<section class="card panel" id="service-panel">
    <div class="panel-head"><h2>${id}</h2><${State} state=${service.state} />${picker}<a class="close" href="#/pipeline">${t('close')}</a></div>
    <p class="about">${useDescription(service)}</p>
    <div class="two">
      <${LineChart} title=${t('recordsPerSecond')} xs=${xs} lines=${rates} isTime format=${rate} height=${150} />
      <${LineChart} title=${t('lagRecords')} xs=${xs} lines=${lags} isTime format=${count} height=${150} />
    </div>
    <dl class="facts">
      <div><dt>${t('takenTotal')}</dt><dd>${count(taken)}</dd></div>
      <div><dt>${t('partitions')}</dt><dd>${partitionsDone} / ${partitions}</dd></div>
      <div><dt>${t('instances')}</dt><dd>${instances ?? none}</dd></div>
      ${progress && html`<div><dt>${t('progress')}</dt><dd>${count(progress.done)}${progress.total !== undefined && ` / ${count(progress.total)}`} ${progress.unit}</dd></div>`}
      ${Object.entries(retries).map(([code, number]) => html`<div><dt>${t('retries')}</dt><dd><code>${code}</code> ${count(number)}</dd></div>`)}
    </dl>
    ${Object.keys(dropped).length > 0 && html`<h3>${t('droppedWhy')}</h3><${Bars} counts=${dropped} />`}
  </section>`
}

/** Counts by name as bars, the largest first. */
export function Bars({ counts }) {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a)
  const most = Math.max(1, ...entries.map(([, number]) => number))
  return html`<ul class="bars">
    ${entries.map(
      ([name, number]) =>
        html`<li><span class="bar-name">${name}</span><meter class="bar-fill" min="0" max=${most} value=${number} aria-hidden="true"></meter><span class="bar-value">${count(number)}</span></li>`,
    )}
  </ul>`
}

function Edges({ topics }) {
  const { language } = useContext(Setting)
  const t = texter(language)
  const rows = topics.flatMap(({ name, writers, readers }) => [
    ...writers.map((edge) => ({ from: edge.service, to: name, edge })),
    ...readers.map((edge) => ({ from: name, to: edge.service, edge })),
  ])
  return html`<details class="card">
    <summary><h2>${t('edges')}</h2></summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('edges')}>
      <table>
        <thead><tr><th scope="col">${t('from')}</th><th scope="col">${t('to')}</th><th scope="col" class="number">${t('recordsPerSecond')}</th><th scope="col" class="number">${t('bytesPerSecond')}</th><th scope="col" class="number">${t('lag')}</th></tr></thead>
        <tbody>${rows.map(({ from, to, edge }) => html`<tr><th scope="row">${from}</th><td>${to}</td><td class="number">${rate(edge.recordsPerSecond)}</td><td class="number">${megabytes(edge.bytesPerSecond)}</td><td class="number">${edge.lag === undefined ? '' : count(edge.lag)}</td></tr>`)}</tbody>
      </table>
    </div>
  </details>`
}
