/** Shows progress: bars on a terminal, plain lines elsewhere. */
import { MultiBar, type SingleBar } from 'cli-progress'
import { formatBytes, formatCount, formatDuration, formatRate } from './quantities.ts'
import type { StageView } from './stage.ts'
import { fitWidth, pad } from './table.ts'

export interface ProgressDisplay {
  update(stages: readonly StageView[]): void
  /** A line that stays, above the bars where there are some; also shown where progress is not. */
  say(line: string): void
  stop(): void
}

/** What is needed of standard error. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

const plainIntervalMs = 5_000
const labelWidth = 20
const barWidth = 20

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream
  readonly quiet: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly nowMs: () => number
}

export function openProgress({ stream, quiet, environment, nowMs }: ProgressOptions): ProgressDisplay {
  if (quiet) {
    return { update: () => undefined, say: (line) => void stream.write(`${line}\n`), stop: () => undefined }
  }
  if (stream.isTTY && environment.TERM !== 'dumb') return new Bars(stream, usesColour(stream, environment))
  return new PlainLines(stream, nowMs)
}

/** https://no-color.org: any value but the empty one switches colour off. */
export function usesColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb'
}

/** A line a stage, every few seconds and when it ends; a stage that has not moved is not repeated. */
export class PlainLines implements ProgressDisplay {
  private readonly stream: Terminal
  private readonly nowMs: () => number
  private readonly ended = new Set<string>()
  private readonly shown = new Map<string, string>()
  private lastMs: number

  constructor(stream: Terminal, nowMs: () => number) {
    this.stream = stream
    this.nowMs = nowMs
    this.lastMs = nowMs()
  }

  update(stages: readonly StageView[]): void {
    const isDue = this.nowMs() - this.lastMs >= plainIntervalMs
    if (isDue) this.lastMs = this.nowMs()
    for (const stage of stages) {
      if (stage.state === 'finished' && !this.ended.has(stage.id)) {
        this.ended.add(stage.id)
        this.line(stage)
      } else if (stage.state === 'working' && isDue) {
        const counts = `${stage.done} ${stage.note ?? ''}`
        if (this.shown.get(stage.id) !== counts) this.line(stage)
        this.shown.set(stage.id, counts)
      }
    }
  }

  say(line: string): void {
    this.stream.write(`${line}\n`)
  }

  stop(): void {}

  private line(stage: StageView): void {
    this.stream.write(`${pad(stage.id, labelWidth)} ${describeStage(stage)}\n`)
  }
}

/** One bar a stage, in the order in which they begin. */
class Bars implements ProgressDisplay {
  private readonly stream: NodeJS.WriteStream
  private readonly multi: MultiBar
  private readonly bars = new Map<string, SingleBar>()

  constructor(stream: NodeJS.WriteStream, colour: boolean) {
    this.stream = stream
    this.multi = new MultiBar({
      stream,
      hideCursor: true,
      clearOnComplete: false,
      forceRedraw: true,
      linewrap: false,
      autopadding: false,
      fps: 5,
      format: (_options, _params, payload: { stage: StageView }) =>
        fitWidth(barLine(payload.stage), this.stream.columns - 1).replace(/[█░]+/, (bar) =>
          colour ? `\u001b[36m${bar}\u001b[39m` : bar,
        ),
    })
  }

  update(stages: readonly StageView[]): void {
    for (const stage of stages) {
      if (stage.state === 'waiting' || stage.state === 'before') continue
      const bar = this.bars.get(stage.id) ?? this.multi.create(1, 0, { stage })
      this.bars.set(stage.id, bar)
      bar.setTotal(Math.max(stage.total ?? 0, stage.done, 1))
      bar.update(stage.done, { stage })
    }
  }

  say(line: string): void {
    if (this.bars.size > 0) this.multi.log(`${line}\n`)
    else this.stream.write(`${line}\n`)
  }

  stop(): void {
    this.multi.stop()
    this.stream.write('\n')
  }
}

export function barLine(stage: StageView): string {
  const filled = Math.round(Math.min(1, shareOf(stage) ?? 0) * barWidth)
  return `${pad(stage.id, labelWidth)} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${describeStage(stage)}`
}

function shareOf({ state, done, total }: StageView): number | undefined {
  if (state === 'finished') return 1
  return total === undefined || total === 0 ? undefined : done / total
}

/** `1,200 of 4,800 articles, 25 %, 310/s, 12 s left, loss 1.25`, or how much it was and how long it took. */
export function describeStage(stage: StageView): string {
  const count = (value: number) => (stage.unit === 'bytes' ? formatBytes(value) : formatCount(value))
  const unit = stage.unit === 'bytes' ? '' : ` ${stage.unit}`
  if (stage.state === 'finished') {
    return `done: ${count(stage.done)}${unit} in ${formatDuration(stage.seconds)}`
  }
  const share = shareOf(stage)
  const parts = [
    stage.total === undefined ? `${count(stage.done)}${unit}` : `${count(stage.done)} of ${count(stage.total)}${unit}`,
    share !== undefined && `${Math.floor(share * 100)} %`,
    stage.perSecond !== undefined &&
      stage.perSecond > 0 &&
      (stage.unit === 'bytes' ? `${formatBytes(stage.perSecond)}/s` : formatRate(stage.perSecond)),
    stage.secondsLeft !== undefined && stage.secondsLeft > 0 && `${formatDuration(stage.secondsLeft)} left`,
    stage.note,
  ]
  return parts.filter(Boolean).join(', ')
}
