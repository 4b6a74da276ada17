import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../runtime/errors.ts'
import type { TrainingExample } from './batch.ts'
import type { DataPosition, WrittenCheckpoint } from './checkpoint.ts'
import type { Execution } from './execution.ts'
import type { SparseVector } from './sparse-vector.ts'
import type { Trainer } from './trainer.ts'
import type { StepReport } from './training-engine.ts'

/** One process of several that train one model. */
export interface Worker extends Trainer {
  /** Calibrates the head by these examples, unless the run has done so. */
  calibrate(examples: readonly TrainingExample[]): Promise<void>
  writeState(file: string): Promise<void>
  /** Goes on from the mean of the states in these files. */
  takeAverage(files: readonly string[]): Promise<void>
}

export interface LocalSgdOptions {
  /** Steps between two averagings; one also comes before each checkpoint, and before texts are encoded. */
  readonly averageEvery: number
  /** Where states are exchanged. */
  readonly folder: string
}

/**
 * Local SGD (Stich 2019, arXiv:1805.09767): each worker trains on its own share of every batch by its own optimiser, and every so
 * many steps all go on from the mean of their weights and moments. Nothing crosses between them in between, so the others of a
 * worker's share, not of the whole batch, are its negatives. Example i of a batch is worker (i mod workers)'s. From one state, seed and
 * examples the same bits come, whichever worker is faster.
 */
export class LocalSgdTrainer implements Trainer {
  readonly #workers: readonly Worker[]
  readonly #first: Worker
  readonly #averageEvery: number
  readonly #folder: string
  #step: number
  #isCalibrated: boolean
  #isAveraged = true

  /** Workers that begin with the same state, two or more. Throws ConfigError WORKERS_DIFFER where they compute with other things. */
  constructor(workers: readonly Worker[], { averageEvery, folder }: LocalSgdOptions) {
    this.#workers = workers
    this.#first = workers[0]!
    this.#averageEvery = averageEvery
    this.#folder = join(folder, 'workers')
    this.#step = this.#first.startStep
    this.#isCalibrated = this.#first.startStep > 0
    const providers = new Set(workers.map(({ execution }) => execution.provider))
    if (providers.size > 1) {
      throw new ConfigError(
        'WORKERS_DIFFER',
        `of ${workers.length} workers some compute on ${[...providers].join(', some on ')}`,
        {
          hint: 'give training.workers as many as there are GPUs, or list the GPUs in CUDA_VISIBLE_DEVICES',
        },
      )
    }
  }

  get startStep(): number {
    return this.#first.startStep
  }

  get parameters(): number {
    return this.#first.parameters
  }

  get processId(): number | undefined {
    return this.#first.processId
  }

  get execution(): Execution {
    return this.#first.execution
  }

  prepare(step: number, examples: readonly TrainingExample[]): void {
    for (const [i, worker] of this.#workers.entries()) worker.prepare(step, this.#share(examples, i))
  }

  async step(examples: readonly TrainingExample[]): Promise<StepReport> {
    const [report] = await this.steps([examples])
    return report!
  }

  async steps(batches: readonly (readonly TrainingExample[])[]): Promise<readonly StepReport[]> {
    const [first] = batches
    if (first && !this.#isCalibrated) {
      await Promise.all(this.#workers.map((worker) => worker.calibrate(first)))
      this.#isCalibrated = true
    }
    const reports: StepReport[] = []
    for (let at = 0; at < batches.length; ) {
      const some = batches.slice(at, at + this.#averageEvery - (this.#step % this.#averageEvery))
      reports.push(...(await this.#apart(some)))
      at += some.length
      if (this.#step % this.#averageEvery === 0) await this.#average()
    }
    return reports
  }

  async checkpoint(dir: string, position?: DataPosition): Promise<WrittenCheckpoint> {
    await this.#average()
    return this.#first.checkpoint(dir, position)
  }

  async encode(texts: readonly string[]): Promise<readonly SparseVector[]> {
    await this.#average()
    return this.#first.encode(texts)
  }

  async weakenPenalty(): Promise<number> {
    const [factor] = await Promise.all(this.#workers.map((worker) => worker.weakenPenalty()))
    return factor!
  }

  /** Mean of the workers'. */
  async waitedSeconds(): Promise<number> {
    return mean(await Promise.all(this.#workers.map((worker) => worker.waitedSeconds())))
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()))
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Steps of all workers side by side, none of which is averaged yet. */
  async #apart(batches: readonly (readonly TrainingExample[])[]): Promise<readonly StepReport[]> {
    this.#isAveraged = false
    const own = await Promise.all(
      this.#workers.map((worker, i) => worker.steps(batches.map((batch) => this.#share(batch, i)))),
    )
    this.#step += batches.length
    return batches.map((_, i) => merged(own.map((reports) => reports[i]!)))
  }

  async #average(): Promise<void> {
    if (this.#isAveraged) return
    await mkdir(this.#folder, { recursive: true })
    const files = this.#workers.map((_, i) => join(this.#folder, `${i}.safetensors`))
    await Promise.all(this.#workers.map((worker, i) => worker.writeState(files[i]!)))
    await Promise.all(this.#workers.map((worker) => worker.takeAverage(files)))
    this.#isAveraged = true
  }

  #share(examples: readonly TrainingExample[], worker: number): readonly TrainingExample[] {
    return examples.filter((_, i) => i % this.#workers.length === worker)
  }
}

/** Means of the figures; what the schedule says is the same for all. */
function merged(reports: readonly StepReport[]): StepReport {
  const [first] = reports
  const { step, learningRate, sparsityWeight } = first!
  const means = Object.entries(first!).flatMap(([name, value]) =>
    typeof value === 'number'
      ? [[name, mean(reports.map((report) => Number(report[name as keyof StepReport])))] as const]
      : [],
  )
  const skipped = reports.some((report) => report.skipped)
  return { ...first!, ...Object.fromEntries(means), step, learningRate, sparsityWeight, skipped }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
