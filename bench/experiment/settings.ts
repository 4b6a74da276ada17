/** config/experiment_10k.yaml. */
import { readFileSync } from 'node:fs'
import { parse, parseDocument } from 'yaml'
import { z } from 'zod'
import {
  batchSettings,
  lossSettings,
  networkSettings,
  optimiserSettings,
  parseTrainingSettings,
  type TrainingSettings,
} from '../../model/settings.ts'
import { ConfigError } from '../../runtime/errors.ts'

const settings = z.strictObject({
  pairs: z.int().min(1).or(z.literal('all')).describe('Training pairs: so many of those not held out, or all.'),
  trainKinds: z
    .array(z.enum(['name', 'word']))
    .min(1)
    .describe(
      'What the training pairs are of: names of people, common words, or both. Held-out pairs of both are asked.',
    ),
  pool: z.int().min(1).describe('Surfaces among which each held-out one is searched.'),
  validationPairs: z.int().min(1).describe('Held-out pairs of the curves, searched among themselves.'),
  validations: z.int().min(1).describe('Points of the curves, the end included.'),
  steps: z.int().min(1).describe('Steps of the optimiser.'),
  minutes: z.number().positive().describe('Minutes after which a run is judged as it stands.'),
  minLetterCount: z.int().min(1).describe('Letters seen at least this often are entries.'),
  letterGrams: z.int().min(0).describe('Triples of letters that are entries at most.'),
  network: networkSettings,
  losses: lossSettings.omit({ sparsityWarmupSteps: true }),
  sparsityWarmupShare: z.number().min(0).max(1).describe('Share of the steps over which gamma rises.'),
  optimiser: optimiserSettings.omit({ totalSteps: true }),
  batch: batchSettings,
  initialActiveTerms: z.int().min(1),
  threads: z.int().min(1),
})
export type ExperimentSettings = z.output<typeof settings>

/**
 * The file's settings with changes such as `losses.gammaSparsity=0.1`, the later ones first in right. Throws ConfigError
 * EXPERIMENT_SETTINGS that names each fault.
 */
export function readSettings(file: string, changes: readonly string[]): ExperimentSettings {
  const document = parseDocument(readFileSync(file, 'utf8'))
  for (const change of changes) {
    const at = change.indexOf('=')
    document.setIn(change.slice(0, at).split('.'), parse(change.slice(at + 1)))
  }
  const parsed = settings.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  throw new ConfigError('EXPERIMENT_SETTINGS', z.prettifyError(parsed.error), {
    at: { file },
    hint: 'correct the file or the flags',
  })
}

export function trainingSettingsOf(from: ExperimentSettings): TrainingSettings {
  const { network, losses, optimiser, batch, initialActiveTerms, threads, steps, sparsityWarmupShare } = from
  return parseTrainingSettings({
    network,
    losses: { ...losses, sparsityWarmupSteps: Math.max(1, Math.round(steps * sparsityWarmupShare)) },
    optimiser: { ...optimiser, totalSteps: steps },
    batch,
    initialActiveTerms,
    threads,
  })
}
