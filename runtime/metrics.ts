/** Prometheus metrics of the services in this process; names and labels are listed in docs/reference/metrics.md. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ServiceId } from '../topology.ts'
import type { Progress } from './service.ts'

export const registry = new Registry()

const counter = (name: string, help: string, labelNames: string[]) =>
  new Counter({ name, help, labelNames, registers: [registry] })

export const eventsConsumed = counter('naru_events_consumed_total', 'Events taken in and committed.', [
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
const gauge = (name: string, help: string, labelNames: string[]) =>
  new Gauge({ name, help, labelNames, registers: [registry] })

export const unitsFinished = gauge(
  'naru_units_finished',
  'Units of work (input partitions or whole streams) that have written their seal.',
  ['service'],
)
export const progressDone = gauge('naru_progress_done', 'What a service has done of its long work.', [
  'service',
  'unit',
])
export const progressTotal = gauge('naru_progress_total', 'What its long work is in all, where that is known.', [
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

export function countCommit(
  service: ServiceId,
  topic: string | undefined,
  consumed: number,
  written: readonly { readonly topic: string; readonly value: Uint8Array | null }[],
): void {
  if (topic !== undefined) eventsConsumed.inc({ service, topic }, consumed)
  for (const { topic: target, value } of written) {
    eventsWritten.inc({ service, topic: target })
    bytesWritten.inc({ service, topic: target }, value?.length ?? 0)
  }
}

/** Also sets the gauges of what a service reports. */
export function measured(service: ServiceId, progress: Progress): Progress {
  return {
    report: (reported) => {
      const { done, total, unit, figures = {} } = reported
      progressDone.set({ service, unit }, done)
      if (total !== undefined) progressTotal.set({ service, unit }, total)
      for (const [figure, value] of Object.entries(figures)) progressFigure.set({ service, figure }, value)
      progress.report(reported)
    },
  }
}
