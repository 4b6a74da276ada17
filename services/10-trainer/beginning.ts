import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeldOutNames } from '../../language/held-out-names.ts'
import type { TrainingExample } from '../../model/batch.ts'
import { latestCheckpoint, readCheckpoint, writeCheckpoint } from '../../model/checkpoint.ts'
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
  readonly examples: Iterable<TrainingExample>
  /** Names of the test clusters. */
  readonly heldOut: HeldOutNames
}

/**
 * The tokenizer.json of a run. From scratch its vocabulary is trained on the examples. A run that begins with a base finds it in
 * its checkpoints, the first of which, of step 0, is made here: the base, fitted to the settings; or what the last run of the
 * same model has come to, its moments included.
 */
export async function beginRun(
  { folder, config, examples, heldOut }: Run,
  settings: TrainerSettings,
  base: Base | undefined,
  log: Logger,
): Promise<string> {
  if (!base) return trainTokenizer(examples, heldOut, settings)
  const latest = await latestCheckpoint(folder)
  if (latest !== undefined) return readFile(join(latest, 'tokenizer.json'), 'utf8')
  if (base.fingerprint === undefined) return goOn(base.folder, { folder, config }, settings, log)
  const { model, training } = settings
  const fitted = fitBase(await readBaseModel(base.folder), textsOf(examples), {
    maxLength: model.max_length,
    vocabularyLimit: model.vocab_size,
  })
  const { tokenizerJson, tensors, pruning, hasFreshHead } = fitted
  if (pruning) log.info({ ...pruning }, 'vocabulary pruned to what the examples use')
  if (hasFreshHead)
    log.warn({ base: model.base }, 'the base has no masked-language-model head, it begins with a fresh one')
  const progress = {
    step: 0,
    randomness: training.seed,
    calibrated: base.config.isSparse,
    penaltyFactor: 1,
    updatesBefore: 0,
  }
  await writeCheckpoint(folder, { settings: config, progress, tokenizerJson, tensors })
  return tokenizerJson
}

/** Weights, moments and vocabulary as they were; steps and schedule begin anew, for the examples are others. */
async function goOn(
  checkpoint: string,
  { folder, config }: Pick<Run, 'folder' | 'config'>,
  { training }: TrainerSettings,
  log: Logger,
): Promise<string> {
  const { progress, tokenizerJson, tensors } = await readCheckpoint(checkpoint)
  const updatesBefore = progress.updatesBefore + progress.step
  const { penaltyFactor } = progress
  const begun = { step: 0, randomness: training.seed, calibrated: true, penaltyFactor, updatesBefore }
  await writeCheckpoint(folder, { settings: config, progress: begun, tokenizerJson, tensors })
  log.info({ checkpoint, updatesBefore }, 'the examples are others: training goes on from the last checkpoint')
  return tokenizerJson
}
