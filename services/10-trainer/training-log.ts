import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { StepReport } from '../../model/training-engine.ts'

/** training.jsonl: one JSON object a line, a logged step or a validation. Going on from a checkpoint drops what lies after it. */
export class TrainingLog {
  private readonly file: string
  private examples = 0
  private since = performance.now()

  static async open(file: string, startStep: number): Promise<TrainingLog> {
    await mkdir(dirname(file), { recursive: true })
    const text = startStep === 0 ? '' : await readFile(file, 'utf8').catch(() => '')
    const kept = text.split('\n').filter((line) => isUpTo(line, startStep))
    await writeFile(file, kept.map((line) => `${line}\n`).join(''))
    return new TrainingLog(file)
  }

  private constructor(file: string) {
    this.file = file
  }

  count(examples: number): void {
    this.examples += examples
  }

  async step(report: StepReport, epoch: number): Promise<void> {
    const seconds = (performance.now() - this.since) / 1000
    const samplesPerSecond = this.examples / seconds
    this.examples = 0
    this.since = performance.now()
    await this.append({ ...report, epoch, samplesPerSecond })
  }

  async validation(step: number, validation: Readonly<Record<string, number>>): Promise<void> {
    await this.append({ step, validation })
  }

  private async append(line: object): Promise<void> {
    await appendFile(this.file, `${JSON.stringify(line)}\n`)
  }
}

/** A line cut off by a kill is no JSON and is dropped as well. */
function isUpTo(line: string, step: number): boolean {
  try {
    const parsed: { step?: unknown } = JSON.parse(line)
    return typeof parsed.step === 'number' && parsed.step <= step
  } catch {
    return false
  }
}
