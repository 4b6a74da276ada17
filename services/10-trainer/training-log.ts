import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { StepReport } from '../../model/training-engine.ts'

export interface RunStart {
  /** Digest of data and settings. */
  readonly run: string
  /** Steps done before: 0, or where the checkpoint stood. */
  readonly startStep: number
}

/**
 * training.jsonl: one JSON object a line, a logged step or a validation, with the run that it is of. The file is that of the run
 * trained last: going on from a checkpoint drops what lies after it, and what another run has left.
 */
export class TrainingLog {
  private readonly file: string
  private readonly run: string
  private examples = 0
  private since = performance.now()
  private samplesPerSecond = 0

  static async open(file: string, start: RunStart): Promise<TrainingLog> {
    await mkdir(dirname(file), { recursive: true })
    const text = start.startStep === 0 ? '' : await readFile(file, 'utf8').catch(() => '')
    const kept = text.split('\n').filter((line) => isBefore(start, line))
    await writeFile(file, kept.map((line) => `${line}\n`).join(''))
    return new TrainingLog(file, start.run)
  }

  private constructor(file: string, run: string) {
    this.file = file
    this.run = run
  }

  count(examples: number): void {
    this.examples += examples
  }

  async step(report: StepReport, epoch: number): Promise<void> {
    // Steps that came back together share one time, and with it one rate.
    if (this.examples > 0) this.samplesPerSecond = (1000 * this.examples) / (performance.now() - this.since)
    this.examples = 0
    this.since = performance.now()
    await this.append({ ...report, epoch, samplesPerSecond: this.samplesPerSecond })
  }

  async validation(step: number, validation: Readonly<Record<string, number>>): Promise<void> {
    await this.append({ step, validation })
  }

  private async append(line: object): Promise<void> {
    await appendFile(this.file, `${JSON.stringify({ run: this.run, ...line })}\n`)
  }
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
