import type { ServiceStatus } from '../../../runtime/status.ts'
import { topicNames } from '../../../topology.ts'
import { formatCount, formatDuration } from '../../quantities.ts'
import { describeDrops } from '../../summary.ts'
import { barChart } from '../charts.ts'
import type { ReportFacts } from '../facts.ts'
import { html, htmlTable, type Markup } from '../html.ts'

export interface TopicCount {
  readonly topic: string
  readonly events: number
}

/** Events written on each topic, in the order of the pipeline. */
export function topicCounts(statuses: readonly ServiceStatus[]): TopicCount[] {
  return topicNames.map((topic) => ({
    topic,
    events: statuses.reduce((sum, { figures }) => sum + (figures.written[topic] ?? 0), 0),
  }))
}

export function countsSection({ statuses, seconds }: ReportFacts): Markup {
  const bars = topicCounts(statuses)
    .filter(({ events }) => events > 0)
    .map(({ topic, events }) => ({ label: topic, value: events, text: formatCount(events) }))
  const rows = statuses.map(({ id, figures }) => [
    id,
    formatCount(figures.events),
    formatCount(figures.passed),
    formatCount(sum(figures.dropped)),
    formatCount(figures.dead),
    formatCount(sum(figures.written)),
    formatCount(sum(figures.droppedParts)),
    formatCount(figures.deadParts),
    seconds[id] === undefined ? '' : formatDuration(seconds[id]),
    // A count and its reason stay on one line.
    describeDrops(figures.dropped, figures.droppedParts).replace(/(?<=\d) /g, '\u00a0'),
  ])
  return html`<p>Events on each topic on their way from the dumps to the scores. The scale is logarithmic.</p>
${bars.length > 0 && barChart(bars, { label: 'Events by topic', scale: 'log' })}
<p>Every event that a service takes in is passed on, dropped for a reason, or dead-lettered: in = passed + dropped + dead.
Parts are pages, rows and names inside of events that went on without them.</p>
${htmlTable(
  [
    { title: 'Service' },
    { title: 'In', numeric: true },
    { title: 'Passed', numeric: true },
    { title: 'Dropped', numeric: true },
    { title: 'Dead', numeric: true },
    { title: 'Out', numeric: true },
    { title: 'Parts dropped', numeric: true },
    { title: 'Parts dead', numeric: true },
    { title: 'Time', numeric: true },
    { title: 'Reasons' },
  ],
  rows,
)}`
}

function sum(counts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0)
}
