/** Alert rules for Prometheus over the metrics of runtime/metrics.ts; each names what to do. */
import { stringify } from 'yaml'
import { bytesWritten, eventsConsumed, eventsDead, retries, unitsFinished } from '../../runtime/metrics.ts'

interface Alert {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly severity: 'warning' | 'critical'
  readonly summary: string
  readonly description: string
}

/** The name that a metric is registered under: one that is renamed is renamed here too. */
function nameOf(metric: object): string {
  return (metric as { readonly name: string }).name
}

const alerts: readonly Alert[] = [
  {
    alert: 'NaruServiceDown',
    expr: 'up{job="naru"} == 0',
    for: '2m',
    severity: 'critical',
    summary: '{{ $labels.instance }} does not answer',
    description:
      'A service that is gone is taken over by another instance; where there is none, its input waits. Start it again: it goes on from its last commit.',
  },
  {
    alert: 'NaruDeadLetters',
    expr: `sum by (service, code) (increase(${nameOf(eventsDead)}[15m])) > 0`,
    for: '0m',
    severity: 'warning',
    summary: '{{ $labels.service }} dead-letters events: {{ $labels.code }}',
    description: 'The monitor shows each with its cause. docs/reference/errors.md says what the code means.',
  },
  {
    alert: 'NaruRetries',
    expr: `sum by (service, code) (rate(${nameOf(retries)}[10m])) > 0.1`,
    for: '10m',
    severity: 'warning',
    summary: '{{ $labels.service }} tries again and again: {{ $labels.code }}',
    description: 'A fault that passes has not passed for ten minutes: look at Kafka, Redis and the disk.',
  },
  {
    alert: 'NaruStalled',
    expr: `sum by (service) (rate(${nameOf(eventsConsumed)}[30m])) == 0 and sum by (service) (increase(${nameOf(eventsConsumed)}[6h])) > 0 and sum by (service) (${nameOf(unitsFinished)}) == 0`,
    for: '30m',
    severity: 'warning',
    summary: '{{ $labels.service }} has taken nothing in for half an hour',
    description:
      'It had begun and has finished no unit. A stream that sorts or trains is quiet too: the monitor tells the two apart.',
  },
  {
    alert: 'NaruMemory',
    expr: 'process_resident_memory_bytes{job="naru"} > 4e9',
    for: '10m',
    severity: 'warning',
    summary: '{{ $labels.instance }} holds {{ $value | humanize1024 }}B of memory',
    description:
      'Streams keep tables on disk; what holds so much is worth a look before the limit of the container ends it.',
  },
  {
    alert: 'NaruNothingWritten',
    expr: `sum(rate(${nameOf(bytesWritten)}[30m])) == 0 and sum(increase(${nameOf(bytesWritten)}[6h])) > 0`,
    for: '1h',
    severity: 'warning',
    summary: 'the pipeline has written nothing for an hour',
    description: 'Either it is complete, or everything waits for one service: the monitor marks the bottleneck.',
  },
]

export function alertsFile(): string {
  const rules = alerts.map(({ severity, summary, description, alert, expr, for: held }) => ({
    alert,
    expr,
    for: held,
    labels: { severity },
    annotations: { summary, description },
  }))
  return stringify({ groups: [{ name: 'naru', rules }] }, { lineWidth: 0 })
}
