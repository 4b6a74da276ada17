import { formatBytes, formatDuration } from '../../quantities.ts'
import { barChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, htmlTable, type Markup } from '../html.ts'

export function filesSection({ files, environment, seconds, settings }: ReportFacts): Markup {
  const times = Object.entries(seconds).map(([service, value]) => ({
    label: service,
    value,
    text: formatDuration(value),
  }))
  return html`<h3>Files</h3>
<p>The same dumps, settings and seed give the same data sets, to the byte.</p>
${htmlTable(
  [{ title: 'File' }, { title: 'Size', numeric: true }, { title: 'SHA-256' }],
  files.map(({ name, bytes, sha256 }) => [name, formatBytes(bytes), html`<code>${sha256}</code>`]),
)}
${times.length > 0 && html`<h3>Time at work</h3><p class="soft small">From a service’s first event to its end. Services run side by side, so the times overlap.</p>${barChart(times, { label: 'Seconds at work by service' })}`}
<h3>Environment</h3>
${htmlTable(
  [{ title: 'What' }, { title: 'Value' }],
  environment.map(({ name, value }) => [name, value]),
)}
<details><summary>Settings of every service</summary><pre>${JSON.stringify(settings, null, 2)}</pre></details>`
}
