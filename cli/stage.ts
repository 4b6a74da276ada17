/** One stage of long work, for people: how much is done, at what rate, how much is left, how long it has been at work. */
import type { Progress } from '../runtime/service.ts'

export type Reported = Parameters<Progress['report']>[0]

export interface StageView {
  /** A service of the pipeline, or what a command does. */
  readonly id: string
  /** waiting: nothing has come in yet. before: it was finished when this process began. */
  readonly state: 'waiting' | 'working' | 'finished' | 'before'
  readonly done: number
  /** Undefined while unknown. */
  readonly total: number | undefined
  /** What is counted: a topic, or a unit that is reported, such as bytes or steps. */
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

/** The rate is that of the last seconds, so that it follows when a stage slows down. */
const rateWindowMs = 15_000
const rateNeedsMs = 1_000
/** Some stages report each record. */
const sampleEveryMs = 100

export class Stage {
  state: StageView['state'] = 'waiting'
  note: string | undefined
  /** Counts come from `report`. */
  reported = false
  private readonly id: string
  private unit: string
  private readonly nowMs: () => number
  private readonly earlierSeconds: number | undefined
  private done = 0
  private total: number | undefined
  private samples: Sample[] = []
  private startedMs: number | undefined
  private endedMs: number | undefined

  /** @param earlierSeconds at work in earlier processes of the same run; undefined where there was none. */
  constructor(id: string, unit: string, nowMs: () => number, earlierSeconds?: number) {
    this.id = id
    this.unit = unit
    this.nowMs = nowMs
    this.earlierSeconds = earlierSeconds
  }

  get isOver(): boolean {
    return this.state === 'finished' || this.state === 'before'
  }

  begin(): void {
    if (this.state !== 'waiting') return
    this.state = 'working'
    this.startedMs = this.nowMs()
  }

  /** What a stage says about its own work: from then on its counts are used. */
  report({ done, total, unit, note }: Reported): void {
    if (!this.reported || this.unit !== unit) this.samples = []
    this.reported = true
    this.unit = unit
    this.note = note
    this.move(done, total)
    this.begin()
  }

  move(done: number, total: number | undefined): void {
    const atMs = this.nowMs()
    this.done = done
    this.total = total
    const last = this.samples.at(-1)
    if (last && atMs - last.atMs < sampleEveryMs) return
    this.samples.push({ atMs, done })
    while (this.samples.length > 2 && atMs - this.samples[1]!.atMs > rateWindowMs) this.samples.shift()
  }

  /**
   * @param count of what was done, where the stage has not reported it itself.
   * @param waitedUntilMs when it was last looked at: a short stage begins and ends between two looks, and worked since then at most.
   */
  finish(count = this.done, waitedUntilMs = this.nowMs()): void {
    // Finished here, not before: only the first look can tell.
    this.state = this.state === 'waiting' && this.earlierSeconds !== undefined ? 'before' : 'finished'
    this.endedMs = this.nowMs()
    this.startedMs ??= this.state === 'before' || count === 0 ? this.endedMs : waitedUntilMs
    this.note = undefined
    if (!this.reported) {
      this.done = count
      this.total = count
    } else if (this.total !== undefined) this.done = this.total
  }

  view(): StageView {
    const { id, state, done, total, unit, note } = this
    const perSecond = state === 'working' ? rateOf(this.samples) : undefined
    const left = total === undefined || perSecond === undefined || perSecond <= 0 ? undefined : total - done
    const now = this.endedMs ?? this.nowMs()
    const here = this.startedMs === undefined ? 0 : (now - this.startedMs) / 1000
    return {
      id,
      state,
      done,
      total,
      unit,
      note,
      perSecond,
      secondsLeft: left === undefined ? undefined : left / perSecond!,
      seconds: here + (this.earlierSeconds ?? 0),
    }
  }
}

function rateOf(samples: readonly Sample[]): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.atMs - first.atMs < rateNeedsMs) return undefined
  return Math.max(0, (last.done - first.done) / ((last.atMs - first.atMs) / 1000))
}
