/** Turns looks at the pipeline into the view: rates over the last seconds, lag in seconds, states, the bottleneck. */
import { unitsOf } from '../../runtime/seal.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import {
  readersOf,
  type ServiceId,
  serviceIds,
  specOf,
  type TopicName,
  topicNames,
  topics,
  writersOf,
} from '../../topology.ts'
import { countsBy, processUse, progressOf, ratePerSecond, type Span, takenOf, toldSpan } from './figures.ts'
import { LagClock } from './lag-clock.ts'
import type { Reading } from './reading.ts'
import { type Sighting, stateOf } from './state.ts'
import type { EdgeView, PipelineView, ServiceView, TopicView } from './view.ts'

/** A rate is that of the last seconds, so that it follows when a stage slows down. */
const rateWindowMs = 10_000
const readingsKeptMs = 60_000

/** The last seconds, and what the processes told in them. */
interface Window extends Span {
  readonly told: Span | undefined
}

/** One sighting a second is kept for the judgement of states. */
const sightingsAtMost = 1_000

export class Pipeline {
  private readonly readings: Reading[] = []
  private readonly clock = new LagClock()
  private readonly sightings = new Map<ServiceId, Sighting[]>()

  /** The view after one more look. */
  add(reading: Reading): PipelineView {
    this.readings.push(reading)
    while (reading.atMs - this.readings[0]!.atMs > readingsKeptMs) this.readings.shift()
    for (const topic of topicNames) {
      const ends = reading.ends[topic]
      for (const [partition, end] of ends.entries()) this.clock.saw(`${topic}/${partition}`, end, reading.atMs)
      this.clock.saw(topic, sum(ends), reading.atMs)
    }
    const first = this.readings.find(({ atMs }) => reading.atMs - atMs <= rateWindowMs)!
    const seconds = Math.max(0.001, (reading.atMs - first.atMs) / 1000)
    const span = { first, last: reading, seconds, told: toldSpan(this.readings, rateWindowMs / 2) }
    const services = serviceIds.map((id) => this.service(id, span))
    const views = topicNames.map((name) => topicView(name, span, services))
    const finished = services.every(({ state }) => state === 'finished')
    return {
      atMs: reading.atMs,
      finished,
      atWork: reading.pages.length > 0 ? true : undefined,
      process: processUse(span.told, undefined),
      dead: services.reduce((all, { dead }) => all + dead, 0),
      bottleneck: bottleneckOf(services),
      dumpSecondsLeft: dumpSecondsLeft(services),
      evidence: countsBy(reading, 'naru_tally_total', 'tally', 'deduplicator'),
      services,
      topics: views,
    }
  }

  private service(id: ServiceId, span: Window): ServiceView {
    const { last } = span
    const { kind, description, reads, writes } = specOf(id)
    const status = last.statuses.get(id)!
    const progress = progressOf(last, id)
    const inputs = reads.map((topic) => inputOf(id, topic, last))
    const lag = status.figures.finished ? 0 : sum(inputs.map((input) => input.lag))
    const taken = kind === 'source' ? status.figures.events : sum(inputs.map((input) => input.taken))
    const sightings = this.sighted(id, { atMs: last.atMs, taken, lag, done: progress?.done ?? 0 })
    const state = stateOf({ kind, finished: status.figures.finished, isAlive: aliveIn(last, id), sightings })
    const takenPerSecond = rateOf(sightings, ({ taken: count }) => count)
    const lagMs = Math.max(0, ...reads.map((topic) => this.behindMs(id, topic, last)))
    const use = processUse(span.told, id)
    return {
      id,
      kind,
      description,
      state,
      taken,
      takenPerSecond,
      writtenPerSecond: sum(writes.map((topic) => writtenPerSecond(id, topic, span))),
      lag,
      lagSeconds: lag > 0 ? lagMs / 1000 : undefined,
      secondsLeft: status.figures.finished ? undefined : secondsLeft(sightings, progress, lag, takenPerSecond),
      dead: status.figures.dead + status.figures.deadParts,
      retries: countsBy(last, 'naru_retries_total', 'code', id),
      dropped: droppedIn(status),
      cpuCores: use?.cpuCores ?? ratePerSecond(span.told, 'naru_worker_seconds_total', { service: id }),
      memoryBytes: use?.memoryBytes,
      instances: instancesIn(last, id),
      partitionsDone: status.partitionsDone,
      partitions: status.partitions,
      progress,
    }
  }

  private sighted(id: ServiceId, sighting: Sighting): readonly Sighting[] {
    const known = this.sightings.get(id) ?? []
    this.sightings.set(id, known)
    known.push(sighting)
    if (known.length > sightingsAtMost) known.shift()
    return known
  }

  private behindMs(id: ServiceId, topic: TopicName, reading: Reading): number {
    if (!isTransform(id)) return this.clock.behindMs(topic, inputOf(id, topic, reading).taken, reading.atMs)
    const positions = reading.positions.get(id) ?? []
    const partitions = reading.ends[topic].map((_, partition) => {
      const offset = positions.find((at) => at.topic === topic && at.partition === partition)?.offset ?? 0
      return this.clock.behindMs(`${topic}/${partition}`, offset, reading.atMs)
    })
    return Math.max(0, ...partitions)
  }
}

interface Input {
  readonly taken: number
  readonly lag: number
}

/**
 * What was taken out of a topic, and what is left in it. A stream commits when all is done: until then the processes tell how
 * far it has read, in events, and the seals that it will have read as well are not counted as left.
 */
function inputOf(id: ServiceId, topic: TopicName, reading: Reading): Input {
  const positions = (reading.positions.get(id) ?? []).filter((at) => at.topic === topic)
  const committed = sum(positions.map(({ offset }) => offset))
  const records = sum(reading.ends[topic])
  const read = isTransform(id) ? undefined : takenOf(reading, id, topic)
  const taken = Math.min(records, Math.max(committed, read ?? 0))
  const left = records - taken
  return { taken, lag: read !== undefined && left <= sealRecords(topic) ? 0 : left }
}

function sealRecords(topic: TopicName): number {
  return sum(writersOf(topic).map((writer) => unitsOf(writer).length)) * topics[topic].partitions
}

function isTransform(id: ServiceId): boolean {
  return specOf(id).kind === 'transform'
}

function writtenPerSecond(id: ServiceId, topic: TopicName, span: Window): number {
  const told = ratePerSecond(span.told, 'naru_events_written_total', { service: id, topic })
  if (told !== undefined) return told
  const written = ({ statuses }: Reading) => statuses.get(id)?.figures.written[topic] ?? 0
  return Math.max(0, written(span.last) - written(span.first)) / span.seconds
}

function topicView(name: TopicName, span: Window, services: readonly ServiceView[]): TopicView {
  const { description, partitions } = topics[name]
  const records = sum(span.last.ends[name])
  const writers = writersOf(name).map((service): EdgeView => {
    const bytesPerSecond = ratePerSecond(span.told, 'naru_bytes_written_total', { service, topic: name })
    return { service, recordsPerSecond: writtenPerSecond(service, name, span), bytesPerSecond }
  })
  const readers = readersOf(name).map((service) => {
    const at = (reading: Reading) => inputOf(service, name, reading)
    const isDone = services.find(({ id }) => id === service)?.state === 'finished'
    return {
      service,
      recordsPerSecond: Math.max(0, at(span.last).taken - at(span.first).taken) / span.seconds,
      bytesPerSecond: ratePerSecond(span.told, 'naru_bytes_consumed_total', { service, topic: name }),
      lag: isDone ? 0 : at(span.last).lag,
    }
  })
  const told = writers.flatMap(({ bytesPerSecond }) => bytesPerSecond ?? [])
  return {
    name,
    description,
    partitions,
    records,
    recordsPerSecond: Math.max(0, records - sum(span.first.ends[name])) / span.seconds,
    bytesPerSecond: told.length > 0 ? sum(told) : undefined,
    writers,
    readers,
  }
}

function droppedIn({ figures }: ServiceStatus): Record<string, number> {
  const all: Record<string, number> = { ...figures.dropped }
  for (const [reason, count] of Object.entries(figures.droppedParts)) all[reason] = (all[reason] ?? 0) + count
  return all
}

/** A page of its own, or one of a process that runs all of them; undefined where no process of any service tells. */
function aliveIn({ pages }: Reading, id: ServiceId): boolean | undefined {
  return pages.length === 0 ? undefined : pages.some(({ service }) => service === undefined || service === id)
}

function instancesIn({ pages }: Reading, id: ServiceId): number | undefined {
  return pages.length === 0 ? undefined : pages.filter(({ service }) => service === undefined || service === id).length
}

function rateOf(sightings: readonly Sighting[], of: (sighting: Sighting) => number): number {
  const last = sightings.at(-1)!
  const first = sightings.find(({ atMs }) => last.atMs - atMs <= rateWindowMs)!
  const seconds = (last.atMs - first.atMs) / 1000
  return seconds === 0 ? 0 : Math.max(0, of(last) - of(first)) / seconds
}

function secondsLeft(
  sightings: readonly Sighting[],
  progress: ServiceView['progress'],
  lag: number,
  takenPerSecond: number,
): number | undefined {
  const told = progress?.figures.remaining_seconds
  if (told !== undefined && Number.isFinite(told)) return told
  if (progress?.total !== undefined && progress.total > progress.done) {
    const perSecond = rateOf(sightings, ({ done }) => done)
    if (perSecond > 0) return (progress.total - progress.done) / perSecond
  }
  return lag > 0 && takenPerSecond > 0 ? lag / takenPerSecond : undefined
}

/** The service that will take longest to be through with what lies before it now; where no lag tells, the one that works alone. */
export function bottleneckOf(services: readonly ServiceView[]): ServiceId | undefined {
  const moving = services.filter(({ state }) => state === 'working' || state === 'behind' || state === 'gathering')
  const stuck = services.find(({ state, lag }) => (state === 'stalled' || state === 'stopped') && lag > 0)
  if (stuck) return stuck.id
  const slow = moving
    .filter(({ secondsLeft: left, lag, progress }) => left !== undefined && (lag > 0 || progress !== undefined))
    .sort((a, b) => b.secondsLeft! - a.secondsLeft!)
  if (slow[0]) return slow[0].id
  const active = moving.filter(({ takenPerSecond, writtenPerSecond: written }) => takenPerSecond > 0 || written > 0)
  return active.length === 1 ? active[0]!.id : undefined
}

/** Until the dumps are fetched, planned and taken apart: the slowest of those who do. */
function dumpSecondsLeft(services: readonly ServiceView[]): number | undefined {
  const readers = services.filter(({ id }) => dumpServices.includes(id))
  if (readers.every(({ state }) => state === 'finished')) return undefined
  const left = readers.flatMap(({ secondsLeft: seconds }) => seconds ?? [])
  return left.length === 0 ? undefined : Math.max(...left)
}

const dumpServices: readonly ServiceId[] = [
  'dump-downloader',
  'dump-planner',
  'langlink-extractor',
  'article-extractor',
]

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0)
}
