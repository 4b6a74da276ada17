/** What the figures of the processes say of one service, between two looks. */
import type { ServiceId, TopicName } from '../../topology.ts'
import { keyOf } from './counters.ts'
import type { Figure } from './metrics-page.ts'
import type { MetricsPage } from './metrics-pages.ts'
import type { Reading } from './reading.ts'
import type { ProgressView } from './view.ts'

/** Two looks, and the seconds between them (> 0). */
export interface Span {
  readonly first: Reading
  readonly last: Reading
  readonly seconds: number
}

/** When the processes told what a look has of them. */
function toldAtMs({ pages }: Reading): number {
  return Math.max(0, ...pages.map(({ atMs }) => atMs))
}

/**
 * The span between what processes told last and what they told `leastMs` before, or as near to that as is known: a process whose
 * thread is busy tells more seldom than once a second. Undefined until they have told twice.
 */
export function toldSpan(readings: readonly Reading[], leastMs: number): Span | undefined {
  const last = readings.at(-1)!
  const now = toldAtMs(last)
  const first =
    readings.findLast((reading) => reading.pages.length > 0 && now - toldAtMs(reading) >= leastMs) ??
    readings.find((reading) => reading.pages.length > 0 && toldAtMs(reading) < now)
  return first && { first, last, seconds: (now - toldAtMs(first)) / 1000 }
}

/**
 * Increase of a counter of a service in a second; undefined where no process tells of it. A counter appears with the first that it
 * counts: where the service's process told before, it stood at nought.
 */
export function ratePerSecond(
  told: Span | undefined,
  name: string,
  labels: Readonly<Record<string, string>>,
): number | undefined {
  if (!told) return undefined
  const { first, last, seconds } = told
  const key = keyOf(name, labels)
  const now = last.counters.get(key)
  if (now === undefined) return undefined
  const hasTold = first.pages.some(({ service }) => service === undefined || service === labels.service)
  return Math.max(0, now - (first.counters.get(key) ?? (hasTold ? 0 : now))) / seconds
}

/** A counter of a service by one of its labels, such as retries by code. */
export function countsBy({ pages }: Reading, name: string, by: string, service?: ServiceId): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { labels, value } of figuresOf(pages, name)) {
    const key = labels[by]
    if (key !== undefined && (service === undefined || labels.service === service) && value > 0) {
      counts[key] = (counts[key] ?? 0) + value
    }
  }
  return counts
}

/** Events that a service has taken out of a topic in its present processes; undefined where none tells. */
export function takenOf({ pages }: Reading, service: ServiceId, topic: TopicName): number | undefined {
  const own = figuresOf(pages, 'naru_events_consumed_total').filter(
    ({ labels }) => labels.service === service && labels.topic === topic,
  )
  return own.length === 0 ? undefined : own.reduce((sum, { value }) => sum + value, 0)
}

export function progressOf({ pages }: Reading, service: ServiceId): ProgressView | undefined {
  const ofService = (name: string) => figuresOf(pages, name).filter(({ labels }) => labels.service === service)
  const done = ofService('naru_progress_done').at(-1)
  if (!done) return undefined
  const { unit = '' } = done.labels
  const total = ofService('naru_progress_goal').find(({ labels }) => labels.unit === unit)?.value
  const figures = ofService('naru_progress_figure').map(({ labels, value }) => [labels.figure ?? '', value] as const)
  return { done: done.value, total, unit, figures: Object.fromEntries(figures) }
}

export interface ProcessUse {
  readonly cpuCores: number
  readonly memoryBytes: number
}

/** CPU and memory of the processes of one service, or with undefined of the one that runs all; undefined where there is none. */
export function processUse(told: Span | undefined, service: ServiceId | undefined): ProcessUse | undefined {
  if (!told) return undefined
  const { first, last, seconds } = told
  const own = last.pages.filter((page) => page.service === service)
  if (own.length === 0) return undefined
  let [cpuSeconds, memoryBytes] = [0, 0]
  for (const page of own) {
    const before = first.pages.find(({ instance }) => instance === page.instance)
    const now = valueIn(page, 'process_cpu_seconds_total')
    cpuSeconds += Math.max(0, now - (before ? valueIn(before, 'process_cpu_seconds_total') : now))
    memoryBytes += valueIn(page, 'process_resident_memory_bytes')
  }
  return { cpuCores: cpuSeconds / seconds, memoryBytes }
}

function valueIn({ figures }: MetricsPage, name: string): number {
  return figures.find((figure) => figure.name === name)?.value ?? 0
}

function figuresOf(pages: readonly MetricsPage[], name: string): Figure[] {
  return pages.flatMap(({ figures }) => figures.filter((figure) => figure.name === name))
}
