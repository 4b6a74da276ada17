/** How far each service is, for people: counts, rate, time left and seconds at work, from statuses and reports. */
import type { ServiceStatus } from '../runtime/status.ts'
import { type ServiceId, specOf } from '../topology.ts'
import { type Reported, Stage, type StageView } from './stage.ts'

export class StageBoard {
  private readonly stages: Map<ServiceId, Stage>
  private readonly nowMs: () => number
  private lookedAtMs: number

  /** @param earlier seconds at work in earlier processes of the same run. */
  constructor(
    services: readonly ServiceId[],
    nowMs: () => number,
    earlier: Readonly<Partial<Record<ServiceId, number>>> = {},
  ) {
    this.nowMs = nowMs
    this.lookedAtMs = nowMs()
    this.stages = new Map(services.map((id) => [id, new Stage(id, inputOf(id), nowMs, earlier[id])]))
  }

  /** What a service says about its own long work: from then on its counts are used. */
  report(id: ServiceId, reported: Reported): void {
    const stage = this.stages.get(id)
    if (stage && !stage.isOver) stage.report(reported)
  }

  statuses(statuses: readonly ServiceStatus[]): void {
    for (const { id, figures, lag } of statuses) {
      const stage = this.stages.get(id)
      if (!stage || stage.isOver) continue
      if (figures.finished) {
        stage.finish(figures.events, this.lookedAtMs)
        continue
      }
      if (figures.events > 0 || lag > 0) stage.begin()
      if (stage.reported || stage.state === 'waiting') continue
      const isSource = specOf(id).kind === 'source'
      stage.move(figures.events, isSource ? undefined : figures.events + lag)
      stage.note = figures.events === 0 && specOf(id).kind.endsWith('stream') ? 'gathering its input' : undefined
    }
    this.lookedAtMs = this.nowMs()
  }

  views(): StageView[] {
    return [...this.stages.values()].map((stage) => stage.view())
  }

  /** Seconds at work by service, for those that have begun. */
  seconds(): Partial<Record<ServiceId, number>> {
    const begun = this.views().filter(({ seconds }) => seconds > 0)
    return Object.fromEntries(begun.map(({ id, seconds }) => [id, seconds]))
  }
}

function inputOf(id: ServiceId): string {
  const { reads } = specOf(id)
  return reads.length === 1 ? reads[0]! : 'events'
}
