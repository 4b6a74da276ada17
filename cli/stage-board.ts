/** How far each service is, for people: counts, rate, time left and seconds at work, from statuses and reports. */
import type { Progress } from '../runtime/service.ts'
import type { ServiceStatus } from '../runtime/status.ts'
import { type ServiceId, specOf } from '../topology.ts'

export type Reported = Parameters<Progress['report']>[0]

export interface StageView {
  readonly id: ServiceId
  /** waiting: nothing has come in yet. before: it was finished when this process began. */
  readonly state: 'waiting' | 'working' | 'finished' | 'before'
  readonly done: number
  /** Undefined while unknown. */
  readonly total: number | undefined
  /** What is counted: a topic, or a unit that the service reports, such as bytes or steps. */
  readonly unit: string
  readonly note: string | undefined
  /** Undefined until it can be told. */
  readonly perSecond: number | undefined
  readonly secondsLeft: number | undefined
  /** At work in this process and, where the run was resumed, in earlier ones. */
  readonly seconds: number
}

interface Sample {
  readonly atMs: number
  readonly done: number
}

interface Stage {
  readonly id: ServiceId
  state: StageView['state']
  done: number
  total: number | undefined
  unit: string
  note: string | undefined
  reported: boolean
  samples: Sample[]
  startedMs: number | undefined
  endedMs: number | undefined
}

/** The rate is that of the last seconds, so that it follows when a stage slows down. */
const rateWindowMs = 15_000
const rateNeedsMs = 1_000

export class StageBoard {
  private readonly stages: Map<ServiceId, Stage>
  private readonly earlier: Readonly<Partial<Record<ServiceId, number>>>
  private readonly nowMs: () => number

  /** @param earlier seconds at work in earlier processes of the same run. */
  constructor(
    services: readonly ServiceId[],
    nowMs: () => number,
    earlier: Readonly<Partial<Record<ServiceId, number>>> = {},
  ) {
    this.nowMs = nowMs
    this.earlier = earlier
    this.stages = new Map(services.map((id) => [id, newStage(id)]))
  }

  /** What a service says about its own long work: from then on its counts are used. */
  report(id: ServiceId, { done, total, unit, note }: Reported): void {
    const stage = this.stages.get(id)
    if (!stage || stage.state === 'finished' || stage.state === 'before') return
    if (!stage.reported || stage.unit !== unit) stage.samples = []
    stage.reported = true
    stage.unit = unit
    stage.note = note
    this.move(stage, done, total)
    this.begin(stage)
  }

  statuses(statuses: readonly ServiceStatus[]): void {
    for (const { id, figures, lag } of statuses) {
      const stage = this.stages.get(id)
      if (!stage || stage.state === 'finished' || stage.state === 'before') continue
      if (figures.finished) {
        this.finish(stage, figures.events)
        continue
      }
      if (figures.events > 0 || lag > 0) this.begin(stage)
      if (stage.reported || stage.state === 'waiting') continue
      if (specOf(id).kind === 'source') this.move(stage, figures.events, undefined)
      else this.move(stage, figures.events, figures.events + lag)
      stage.note = figures.events === 0 && specOf(id).kind.endsWith('stream') ? 'gathering its input' : undefined
    }
  }

  views(): StageView[] {
    return [...this.stages.values()].map((stage) => this.view(stage))
  }

  /** Seconds at work by service, for those that have begun. */
  seconds(): Partial<Record<ServiceId, number>> {
    const begun = this.views().filter(({ seconds }) => seconds > 0)
    return Object.fromEntries(begun.map(({ id, seconds }) => [id, seconds]))
  }

  private begin(stage: Stage): void {
    if (stage.state !== 'waiting') return
    stage.state = 'working'
    stage.startedMs = this.nowMs()
  }

  private finish(stage: Stage, events: number): void {
    // A short stage may begin and end between two looks: it is finished here, not before. Only the first look can tell.
    stage.state = stage.state === 'waiting' && this.earlier[stage.id] !== undefined ? 'before' : 'finished'
    stage.endedMs = this.nowMs()
    stage.startedMs ??= stage.endedMs
    stage.note = undefined
    if (!stage.reported) {
      stage.done = events
      stage.total = events
    } else if (stage.total !== undefined) stage.done = stage.total
  }

  private move(stage: Stage, done: number, total: number | undefined): void {
    const atMs = this.nowMs()
    stage.done = done
    stage.total = total
    stage.samples.push({ atMs, done })
    while (stage.samples.length > 2 && atMs - stage.samples[1]!.atMs > rateWindowMs) stage.samples.shift()
  }

  private view(stage: Stage): StageView {
    const { id, state, done, total, unit, note } = stage
    const perSecond = state === 'working' ? rateOf(stage.samples) : undefined
    const left = total === undefined || perSecond === undefined || perSecond <= 0 ? undefined : total - done
    const now = stage.endedMs ?? this.nowMs()
    const here = stage.startedMs === undefined ? 0 : (now - stage.startedMs) / 1000
    return {
      id,
      state,
      done,
      total,
      unit,
      note,
      perSecond,
      secondsLeft: left === undefined ? undefined : left / perSecond!,
      seconds: here + (this.earlier[id] ?? 0),
    }
  }
}

function newStage(id: ServiceId): Stage {
  const { reads } = specOf(id)
  return {
    id,
    state: 'waiting',
    done: 0,
    total: undefined,
    unit: reads.length === 1 ? reads[0]! : 'events',
    note: undefined,
    reported: false,
    samples: [],
    startedMs: undefined,
    endedMs: undefined,
  }
}

function rateOf(samples: readonly Sample[]): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.atMs - first.atMs < rateNeedsMs) return undefined
  return Math.max(0, (last.done - first.done) / ((last.atMs - first.atMs) / 1000))
}
