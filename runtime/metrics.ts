/** Prometheus metrics of the services in this process; names and labels are listed in docs/reference/metrics.md. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ServiceId } from '../topology.ts'
import type { Progress, Tally } from './service.ts'

export const registry = new Registry()

const counter = (name: string, help: string, labelNames: string[]) =>
  new Counter({ name, help, labelNames, registers: [registry] })

export const eventsConsumed = counter(
  'naru_events_consumed_total',
  'Events taken in: by a transform once it has committed them, by a stream as it reads, and again where it starts again.',
  ['service', 'topic'],
)
export const bytesConsumed = counter('naru_bytes_consumed_total', 'Bytes of the values of events taken in.', [
  'service',
  'topic',
])
export const eventsWritten = counter('naru_events_written_total', 'Events written and committed.', ['service', 'topic'])
export const bytesWritten = counter('naru_bytes_written_total', 'Bytes of event values written and committed.', [
  'service',
  'topic',
])
export const eventsDropped = counter('naru_events_dropped_total', 'Events, and parts of events, left out on purpose.', [
  'service',
  'reason',
])
export const eventsDead = counter('naru_events_dead_total', 'Events, and parts of events, dead-lettered.', [
  'service',
  'code',
])
export const retries = counter('naru_retries_total', 'Attempts repeated after a passing fault.', ['service', 'code'])
export const workerSeconds = counter(
  'naru_worker_seconds_total',
  'Time that worker threads were at work for a service.',
  ['service'],
)
const gauge = (name: string, help: string, labelNames: string[]) =>
  new Gauge({ name, help, labelNames, registers: [registry] })

export const unitsFinished = gauge(
  'naru_units_finished',
  'Units of work (input partitions or whole streams) that have written their seal.',
  ['service'],
)
const progressDone = gauge('naru_progress_done', 'What a service has done of its long work.', ['service', 'unit'])
const progressGoal = gauge('naru_progress_goal', 'What its long work is in all, where that is known.', [
  'service',
  'unit',
])
export const progressFigure = gauge(
  'naru_progress_figure',
  'Figures of the long work, as last reported: for the trainer loss and its parts, active terms, samples_per_second, waiting_ratio, remaining_seconds.',
  ['service', 'figure'],
)
export const eventSeconds = new Histogram({
  name: 'naru_event_duration_seconds',
  help: 'Time to process one event of a transform, commit aside.',
  labelNames: ['service'],
  buckets: [0.0001, 0.001, 0.01, 0.1, 1, 10, 60],
  registers: [registry],
})

export const tallies = counter(
  'naru_tally_total',
  'What a service counts of its own work: for the deduplicator new evidence by the rule that found it.',
  ['service', 'tally'],
)

/** Prometheus' own names for these three. */
new Counter({
  name: 'process_cpu_seconds_total',
  help: 'User and system time of the process and its threads.',
  registers: [registry],
  collect() {
    const { user, system } = process.cpuUsage()
    this.reset()
    this.inc((user + system) / 1e6)
  },
})
new Gauge({
  name: 'process_resident_memory_bytes',
  help: 'Memory of the process.',
  registers: [registry],
  collect() {
    this.set(process.memoryUsage.rss())
  },
})
new Gauge({
  name: 'process_start_time_seconds',
  help: 'When the process started, in seconds since 1970.',
  registers: [registry],
}).set(Math.round(Date.now() / 1000 - process.uptime()))

interface Counted {
  readonly topic: string
  readonly value: Uint8Array | null
}

export function countTaken(service: ServiceId, records: Iterable<Counted>): void {
  for (const [topic, { events, bytes }] of byTopic(records)) {
    eventsConsumed.inc({ service, topic }, events)
    bytesConsumed.inc({ service, topic }, bytes)
  }
}

export function countWritten(service: ServiceId, records: Iterable<Counted>): void {
  for (const [topic, { events, bytes }] of byTopic(records)) {
    eventsWritten.inc({ service, topic }, events)
    bytesWritten.inc({ service, topic }, bytes)
  }
}

/** Summed first: a counter with labels takes longer to find than a record to add. */
function byTopic(records: Iterable<Counted>): Map<string, { events: number; bytes: number }> {
  const sums = new Map<string, { events: number; bytes: number }>()
  for (const { topic, value } of records) {
    const sum = sums.get(topic) ?? { events: 0, bytes: 0 }
    sums.set(topic, sum)
    sum.events++
    sum.bytes += value?.length ?? 0
  }
  return sums
}

/** Also sets the gauges of what a service reports. */
export function measured(service: ServiceId, progress: Progress): Progress {
  return {
    report: (reported) => {
      const { done, total, unit, figures = {} } = reported
      progressDone.set({ service, unit }, done)
      if (total !== undefined) progressGoal.set({ service, unit }, total)
      for (const [figure, value] of Object.entries(figures)) progressFigure.set({ service, figure }, value)
      progress.report(reported)
    },
  }
}

export function tallyOf(service: ServiceId): Tally {
  return (tally, count = 1) => tallies.inc({ service, tally }, count)
}
