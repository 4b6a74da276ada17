/** Progress of a command that does its work in steps of its own, beside those that carry services out. */
import { statSync } from 'node:fs'
import { isQuiet } from './print.ts'
import { openProgress, type ProgressDisplay } from './progress.ts'
import { type Reported, Stage } from './stage.ts'

/** Tells how far a step is; the step before it is done then. */
export type TellStep = (step: string, reported: Reported) => void

export interface StepsAtWork {
  readonly tell: TellStep
  /** `say` of print.ts, above the bars where there are some. */
  readonly say: (message: string) => void
}

/** What ends sooner is not worth a line. */
const shownAfterSeconds = 1
const refreshMs = 200

/** Shows the steps of `work` on standard error from the second on in which a step is not done; nothing with --quiet. */
export async function inSteps<T>(work: (steps: StepsAtWork) => Promise<T>): Promise<T> {
  const display = openProgress({ stream: process.stderr, quiet: isQuiet(), environment: process.env, nowMs: Date.now })
  const steps = new Steps(display, Date.now)
  const timer = setInterval(() => steps.show(), refreshMs)
  try {
    const result = await work({
      tell: (step, reported) => steps.tell(step, reported),
      say: (message) => {
        if (!isQuiet()) display.say(`naru: ${message}`)
      },
    })
    steps.finish()
    return result
  } finally {
    clearInterval(timer)
    if (steps.shown) display.stop()
  }
}

/** For what says how many bytes of some files it has read: a step that counts them, of all that the files have. */
export function bytesTold(tell: TellStep, step: string, files: readonly string[]): (bytes: number) => void {
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0)
  let done = 0
  return (bytes) => {
    done += bytes
    tell(step, { done, total, unit: 'bytes' })
  }
}

export class Steps {
  /** Whether there was anything to show. */
  shown = false
  private readonly display: Pick<ProgressDisplay, 'update'>
  private readonly nowMs: () => number
  private readonly stages = new Map<string, Stage>()

  constructor(display: Pick<ProgressDisplay, 'update'>, nowMs: () => number) {
    this.display = display
    this.nowMs = nowMs
  }

  tell(step: string, reported: Reported): void {
    let stage = this.stages.get(step)
    if (!stage) {
      this.finish()
      stage = new Stage(step, reported.unit, this.nowMs)
      this.stages.set(step, stage)
    }
    stage.report(reported)
  }

  show(): void {
    const long = [...this.stages.values()].map((stage) => stage.view()).filter(isLong)
    if (long.length === 0) return
    this.shown = true
    this.display.update(long)
  }

  /** Ends the step at work. */
  finish(): void {
    for (const stage of this.stages.values()) if (!stage.isOver) stage.finish()
    this.show()
  }
}

function isLong({ seconds }: { readonly seconds: number }): boolean {
  return seconds >= shownAfterSeconds
}
