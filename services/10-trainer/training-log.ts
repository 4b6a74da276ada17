import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { StepReport } from '../../model/training-engine.ts'
import { EventFile } from './event-file.ts'
import type { Judged } from './progress-judge.ts'

export interface RunStart {
  /** Digest of data and settings. */
  readonly run: string
  /** Steps done before: 0, or where the checkpoint stood. */
  readonly startStep: number
}

/** Where a logged step stands in its run. */
interface Surroundings {
  /** Epochs done, with a fraction. */
  readonly epoch: number
  readonly stepsLeft: number
  readonly waitedSeconds: number
}

export interface Timing {
  readonly samplesPerSecond: number
  /** Share of the time in which the computing process waited for batches. */
  readonly waitingShare: number
  /** Until the last step, at the rate of the last ones; validations and checkpoints aside. */
  readonly etaSeconds: number
}

/**
 * training.jsonl, and the same figures for TensorBoard under tensorboard/<run>. training.jsonl: one JSON object a line, a logged step or a validation, with the run that it is of. The file is that of the run
 * trained last: going on from a checkpoint drops what lies after it, and what another run has left.
 */
export class TrainingLog {
  /** Those before this start, in order. */
  readonly validations: readonly Judged[]
  private readonly file: string
  private readonly run: string
  private readonly events: EventFile
  private examples = 0
  private steps = 0
  private since = performance.now()
  private waitedBefore = 0
  private samplesPerSecond = 0
  private secondsPerStep = 0
  private waitingShare = 0

  static async open(file: string, start: RunStart): Promise<TrainingLog> {
    await mkdir(dirname(file), { recursive: true })
    const text = start.startStep === 0 ? '' : await readFile(file, 'utf8').catch(() => '')
    const kept = text.split('\n').filter((line) => isBefore(start, line))
    await writeFile(file, kept.map((line) => `${line}\n`).join(''))
    const folder = join(dirname(file), 'tensorboard', start.run)
    const events = await EventFile.begin(folder, start.startStep, () => Date.now() / 1000)
    return new TrainingLog(file, start.run, events, kept.flatMap(judgedIn))
  }

  private constructor(file: string, run: string, events: EventFile, validations: readonly Judged[]) {
    this.validations = validations
    this.file = file
    this.run = run
    this.events = events
  }

  /** To be told of every step: the examples that it was on. */
  count(examples: number): void {
    this.examples += examples
    this.steps++
  }

  /**
   * waitedSeconds: in which the computing process waited for batches, since it started; the share is that since the last line.
   * Steps that came back together share one time, and with it one rate.
   */
  async step(report: StepReport, { epoch, stepsLeft, waitedSeconds }: Surroundings): Promise<Timing> {
    if (this.steps > 0) {
      const seconds = (performance.now() - this.since) / 1000
      this.samplesPerSecond = this.examples / seconds
      this.secondsPerStep = seconds / this.steps
      this.waitingShare = Math.min(1, (waitedSeconds - this.waitedBefore) / seconds)
    }
    this.examples = 0
    this.steps = 0
    this.since = performance.now()
    this.waitedBefore = waitedSeconds
    const { samplesPerSecond, waitingShare } = this
    const timing = { samplesPerSecond, waitingShare, etaSeconds: stepsLeft * this.secondsPerStep }
    await this.append({ ...report, epoch, ...timing })
    const { step, ...figures } = report
    await this.events.scalars(step, grouped('train', { ...figures, epoch, ...timing }))
    return timing
  }

  async validation(step: number, validation: Readonly<Record<string, number>>): Promise<void> {
    await this.append({ step, validation })
    await this.events.scalars(step, grouped('validation', validation))
  }

  private async append(line: object): Promise<void> {
    await appendFile(this.file, `${JSON.stringify({ run: this.run, ...line })}\n`)
  }
}

const validationLine = z.object({ step: z.number(), validation: z.record(z.string(), z.number()) })

function judgedIn(line: string): Judged[] {
  const parsed = validationLine.safeParse(JSON.parse(line))
  return parsed.success ? [{ step: parsed.data.step, metrics: parsed.data.validation }] : []
}

/** Tags of one group of charts. */
function grouped(group: string, figures: object): Record<string, number> {
  const numbers = Object.entries(figures).filter(([, value]) => typeof value === 'number')
  return Object.fromEntries(numbers.map(([name, value]) => [`${group}/${name}`, value]))
}

/** Whether a line is of the run, up to its start. One cut off by a kill is no JSON and is dropped as well. */
function isBefore({ run, startStep }: RunStart, line: string): boolean {
  try {
    const parsed: { run?: unknown; step?: unknown } = JSON.parse(line)
    return parsed.run === run && typeof parsed.step === 'number' && parsed.step <= startStep
  } catch {
    return false
  }
}
