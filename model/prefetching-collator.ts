import type { Worker } from 'node:worker_threads'
import { FatalError } from '../runtime/errors.ts'
import { moduleUrl, startWorker } from '../runtime/package-root.ts'
import type { StepBatch, TrainingExample } from './batch.ts'
import type { CollatedStep, CollatingWorkerData, StepToCollate } from './collating-worker.ts'
import type { Collator } from './collator.ts'

/**
 * Collates on a thread of its own, ahead of the step: a step holds its thread, and on a GPU tokenising a batch takes as long as
 * training on it.
 */
export class PrefetchingCollator implements Collator {
  readonly #worker: Worker
  readonly #batches = new Map<number, Promise<StepBatch>>()
  readonly #waiting = new Map<number, { resolve(batch: StepBatch): void; reject(error: Error): void }>()
  #waitedMs = 0

  constructor(data: CollatingWorkerData) {
    this.#worker = startWorker(moduleUrl(import.meta.url, './collating-worker'), data)
    this.#worker.on('message', ({ step, batch, fault }: CollatedStep) => {
      const waiting = this.#waiting.get(step)
      this.#waiting.delete(step)
      // The process may end while the thread idles, and only then.
      if (this.#waiting.size === 0) this.#worker.unref()
      if (batch) waiting?.resolve(batch)
      else waiting?.reject(new FatalError('COLLATION_FAILED', `step ${step} could not be collated: ${fault}`))
    })
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.unref()
  }

  /** Milliseconds in which a step waited for its batch, so far. */
  get waitedMs(): number {
    return this.#waitedMs
  }

  /** Begins with a batch that will be asked for. */
  prepare(step: number, examples: readonly TrainingExample[]): void {
    if (this.#batches.has(step)) return
    const batch = new Promise<StepBatch>((resolve, reject) => this.#waiting.set(step, { resolve, reject }))
    // Whoever asks for the batch sees the failure.
    batch.catch(() => undefined)
    this.#batches.set(step, batch)
    this.#worker.ref()
    this.#worker.postMessage({ step, examples } satisfies StepToCollate)
  }

  async collate(step: number, examples: readonly TrainingExample[]): Promise<StepBatch> {
    this.prepare(step, examples)
    const asked = performance.now()
    const batch = await this.#batches.get(step)!
    this.#waitedMs += performance.now() - asked
    this.#batches.delete(step)
    return batch
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
