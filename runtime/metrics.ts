/** Prometheus metrics of the services in this process; names and labels are listed in docs/reference/metrics.md. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { ServiceId } from '../topology.ts'

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
export const unitsFinished = new Gauge({
  name: 'naru_units_finished',
  help: 'Units of work (input partitions or whole streams) that have written their seal.',
  labelNames: ['service'],
  registers: [registry],
})
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
