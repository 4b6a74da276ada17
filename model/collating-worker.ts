import { parentPort, workerData } from 'node:worker_threads'
import { Tokenizer } from '../language/tokenizer.ts'
import type { StepBatch, TrainingExample } from './batch.ts'
import { plainCollator } from './collator.ts'
import type { TrainingSettings } from './settings.ts'

/** Main module of the thread that collates; see prefetching-collator.ts. */

export interface CollatingWorkerData {
  readonly settings: Pick<TrainingSettings, 'batch' | 'losses'>
  readonly tokenizerJson: string
  readonly seed: number
}

export interface StepToCollate {
  readonly step: number
  readonly examples: readonly TrainingExample[]
}

export interface CollatedStep {
  readonly step: number
  readonly batch?: StepBatch
  readonly fault?: string
}

const { settings, tokenizerJson, seed }: CollatingWorkerData = workerData
const collator = plainCollator({ settings, tokenizer: Tokenizer.parse(tokenizerJson), seed })

parentPort?.on('message', ({ step, examples }: StepToCollate) => {
  void answer(step, examples)
})

async function answer(step: number, examples: readonly TrainingExample[]): Promise<void> {
  try {
    const batch = await collator.collate(step, examples)
    // The arrays are handed over, not copied.
    const memory = Object.values(batch.feeds).map(({ data }) => data.buffer)
    parentPort?.postMessage({ step, batch } satisfies CollatedStep, memory as ArrayBuffer[])
  } catch (error) {
    parentPort?.postMessage({
      step,
      fault: error instanceof Error ? error.message : String(error),
    } satisfies CollatedStep)
  }
}
