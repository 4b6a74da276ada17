import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingExample } from '../../model/batch.ts'
import { latestCheckpoint, writeCheckpoint } from '../../model/checkpoint.ts'
import { readBaseModel } from '../../model/pretrained/base-model.ts'
import { fitBase } from '../../model/pretrained/fit-base.ts'
import type { TrainingSettings } from '../../model/settings.ts'
import type { Logger } from '../../runtime/log.ts'
import type { Base } from './base.ts'
import type { TrainerSettings } from './settings.ts'
import { textsOf, trainTokenizer } from './vocabulary.ts'

export interface Run {
  /** Absolute path of the folder of its checkpoints. */
  readonly folder: string
  readonly config: TrainingSettings
  readonly examples: readonly TrainingExample[]
}

/**
 * The tokenizer.json of a run. From scratch its vocabulary is trained on the examples. A run that begins with a base finds it in
 * its checkpoints, the first of which, of step 0, is made here: the base, fitted to the settings.
 */
export async function beginRun(
  { folder, config, examples }: Run,
  settings: TrainerSettings,
  base: Base | undefined,
  log: Logger,
): Promise<string> {
  if (!base) return trainTokenizer(examples, settings)
  const latest = await latestCheckpoint(folder)
  if (latest !== undefined) return readFile(join(latest, 'tokenizer.json'), 'utf8')
  const { model, training } = settings
  const fitted = fitBase(await readBaseModel(base.folder), textsOf(examples), {
    maxLength: model.max_length,
    vocabularyLimit: model.vocab_size,
  })
  const { tokenizerJson, tensors, pruning, hasFreshHead } = fitted
  if (pruning) log.info({ ...pruning }, 'vocabulary pruned to what the examples use')
  if (hasFreshHead)
    log.warn({ base: model.base }, 'the base has no masked-language-model head, it begins with a fresh one')
  const progress = { step: 0, randomness: training.seed, calibrated: base.config.isSparse, penaltyFactor: 1 }
  await writeCheckpoint(folder, { settings: config, progress, tokenizerJson, tensors })
  return tokenizerJson
}
