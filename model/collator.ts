import type { Tokenizer } from '../language/tokenizer.ts'
import { collate, type StepBatch, type TrainingExample } from './batch.ts'
import { Randomness } from './randomness.ts'
import type { TrainingSettings } from './settings.ts'

/** Turns the examples of a step into its arrays. What it draws follows from seed and step alone, in whatever order it is asked. */
export interface Collator {
  collate(step: number, examples: readonly TrainingExample[]): StepBatch | Promise<StepBatch>
}

export interface CollatorSettings {
  readonly settings: Pick<TrainingSettings, 'batch' | 'losses'>
  readonly tokenizer: Tokenizer
  readonly seed: number
}

/** Collates when it is asked to, in the thread that asks. */
export function plainCollator({ settings: { batch, losses }, tokenizer, seed }: CollatorSettings): Collator {
  return {
    collate: (step, examples) => {
      const randomness = new Randomness(seed + Math.imul(step, 0x9e3779b1))
      return collate(examples, { tokenizer, settings: batch, losses, randomness })
    },
  }
}
