import { useMemo } from 'preact/hooks'
import { useAnswer } from '../ask.js'
import { LineChart, Sparkline } from '../charts.js'
import { count, megabytes, rate, tick } from '../format.js'
import { html } from '../html.js'
import { recentOf } from '../live.js'
import { useDescription, useText } from '../text.js'
import { Events } from './events.js'
import { Failure } from './failure.js'
import { useHistory } from './pipeline.js'

export function Topics({ view }) {
  const t = useText()
  return html`<section class="card">
    <h1>${t('topics')}</h1>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('topics')}>
      <table>
        <thead><tr>
          <th scope="col">${t('topic')}</th><th scope="col">${t('lastMinutes')}</th><th scope="col" class="number">${t('recordsPerSecond')}</th>
          <th scope="col" class="number">${t('bytesPerSecond')}</th><th scope="col" class="number">${t('records')}</th><th scope="col" class="number">${t('partitions')}</th>
          <th scope="col">${t('writers')}</th><th scope="col">${t('readers')} (${t('lag')})</th>
        </tr></thead>
        <tbody>${view.topics.map(
          (topic) => html`<tr>
            <th scope="row"><a href=${`#/topics/${topic.name}`}>${topic.name}</a></th>
            <td><${Sparkline} values=${recentOf(`topic.${topic.name}.recordsPerSecond`)} label=${`${topic.name}: ${rate(topic.recordsPerSecond)}`} /></td>
            <td class="number">${rate(topic.recordsPerSecond)}</td><td class="number">${megabytes(topic.bytesPerSecond)}</td>
            <td class="number">${count(topic.records)}</td><td class="number">${topic.partitions}</td>
            <td>${topic.writers.map(({ service }) => service).join(', ')}</td>
            <td>${topic.readers.map(({ service, lag }) => html`<span class="reader">${service} <b class=${lag > 0 ? 'warn' : ''}>${count(lag)}</b></span> `)}</td>
          </tr>`,
        )}</tbody>
      </table>
    </div>
  </section>`
}

export function Topic({ view, name }) {
  const t = useText()
  const topic = view.topics.find((one) => one.name === name)
  const about = useDescription(topic ?? { name })
  const { answer, error } = useAnswer(`/api/topics/${encodeURIComponent(name)}`, 2_000)
  const { xs, values, picker } = useHistory([`topic.${name}.recordsPerSecond`, `topic.${name}.bytesPerSecond`])
  const records = useMemo(() => [{ name: t('recordsPerSecond'), values: values[0] }], [values])
  const flow = useMemo(() => [{ name: t('bytesPerSecond'), values: values[1] }], [values])
  if (!topic) return html`<${Failure} error=${error} />`
  return html`<section class="card">
      <div class="panel-head"><h1>${name}</h1>${picker}<a class="close" href="#/topics">${t('close')}</a></div>
      <p class="about">${about}</p>
      <div class="two">
        <${LineChart} title=${t('recordsPerSecond')} xs=${xs} lines=${records} isTime format=${rate} height=${160} />
        <${LineChart} title=${t('bytesPerSecond')} xs=${xs} lines=${flow} isTime format=${megabytes} ticks=${(value) => tick(value / 1e6)} height=${160} />
      </div>
      ${answer && html`<${Facts} page=${answer} topic=${topic} />`}
    </section>
    ${answer && html`<${Partitions} page=${answer} topic=${topic} /><${Events} page=${answer} />`}
    <${Failure} error=${error} />`
}

function Facts({ page, topic }) {
  const t = useText()
  return html`<dl class="facts">
    <div><dt>${t('records')}</dt><dd>${count(topic.records)}</dd></div>
    <div><dt>${t('schema')}</dt><dd>${page.schema}</dd></div>
    <div><dt>${t('key')}</dt><dd><code>${page.key.join(':')}</code></dd></div>
    <div><dt>${t('cleanup')}</dt><dd>${page.cleanup}</dd></div>
    <div><dt>${t('retention')}</dt><dd>${page.cleanup === 'delete' ? `${page.retentionHours / 24} d` : '∞'}</dd></div>
    <div><dt>${t('writers')}</dt><dd>${page.writers.map((id) => html`<a href=${`#/pipeline/${id}`}>${id}</a> `)}</dd></div>
    <div><dt>${t('readers')}</dt><dd>${page.readers.map((id) => html`<a href=${`#/pipeline/${id}`}>${id}</a> `)}</dd></div>
  </dl>`
}

/** Where a reader is through, what is left are marks of transactions, which take offsets on Kafka and are no records. */
function Partitions({ page, topic }) {
  const t = useText()
  const isThrough = (id) => topic.readers.find(({ service }) => service === id)?.lag === 0
  const left = (id, end, position) => (isThrough(id) ? 0 : end - position)
  return html`<section class="card">
    <h2>${t('partitions')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label=${t('partitions')}>
      <table>
        <thead><tr><th scope="col">${t('partition')}</th><th scope="col" class="number">${t('first')}</th><th scope="col" class="number">${t('end')}</th>${page.readers.map((id) => html`<th scope="col" class="number">${id} (${t('lag')})</th>`)}</tr></thead>
        <tbody>${page.partitions.map(
          ({
            partition,
            first,
            end,
            positions,
          }) => html`<tr><th scope="row">${partition}</th><td class="number">${first}</td><td class="number">${end}</td>
            ${page.readers.map((id) => html`<td class="number">${positions[id]} <small class=${left(id, end, positions[id]) > 0 ? 'warn' : 'dim'}>${count(left(id, end, positions[id]))}</small></td>`)}</tr>`,
        )}</tbody>
      </table>
    </div>
  </section>`
}
