/**
 * Settings in the layout of the plan's training config: `model:` and `training:`, with its keys. What the graph needs is
 * made from them in `trainingSettingsOf`.
 */
import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'
import { distillations } from '../../model/distillation.ts'
import { activations } from '../../model/encoder.ts'
import {
  batchSettings,
  executionSettings,
  localSgdSettings,
  parseTrainingSettings,
  type TrainingSettings,
} from '../../model/settings.ts'
import type { Base } from './base.ts'

/** What the entries of a vocabulary from scratch are. */
const vocabularies = ['words', 'letters'] as const

const model = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/)
    .default('naru')
    .describe('Name of the model: the folder of its checkpoints and exports.'),
  base: z
    .string()
    .min(1)
    .default('scratch')
    .describe(
      'Where the weights begin: scratch draws them from the seed; last goes on, when the examples are others, from the last checkpoint of this model, from scratch where there is none; a folder (./folder) or a name on the hub (klue/bert-base, org/name@revision) brings BERT or XLM-R weights, sizes and vocabulary.',
    ),
  vocab_size: z
    .int()
    .min(200)
    .max(65_535)
    .default(30_000)
    .describe('Entries of the vocabulary at most; of a base, those that one of 65,536 entries or more is pruned to.'),
  word_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe('Share of the entries, after characters and particles, that whole words may take before pieces.'),
  vocabulary: z
    .enum(vocabularies)
    .default('words')
    .describe(
      'Of a model from scratch: words and pieces of them, at most vocab_size; or letters, which texts are read by, with triples of Latin letters, which names speak in. See docs/experiment-10k.md.',
    ),
  letter_triples: z
    .int()
    .min(0)
    .max(60_000)
    .default(1500)
    .describe('Of a vocabulary of letters: triples that are entries at most.'),
  min_letter_count: z
    .int()
    .min(1)
    .default(2)
    .describe('Of a vocabulary of letters: letters seen at least this often are entries.'),
  hidden_size: z.int().min(8).default(256).describe('Width of the states.'),
  layers: z.int().min(1).max(48).default(4).describe('Transformer layers.'),
  heads: z.int().min(1).default(4).describe('Attention heads; must divide hidden_size.'),
  feed_forward_size: z.int().min(8).default(1024).describe('Width inside the feed-forward part.'),
  activation: z
    .enum(activations)
    .default('log1p')
    .describe('From logit to weight: log(1 + ReLU), or its log once more, which presses large weights down further.'),
  max_length: z.int().min(8).max(512).default(128).describe('Longest text in tokens, [CLS] and [SEP] included.'),
})

/** With what the run is computed: no other run, so a checkpoint of one goes on with another. */
const { engine, provider, precision, stepsPerRun, chunkTexts } = executionSettings.shape
const executionKeys = { engine, provider, precision, steps_per_run: stepsPerRun, chunk_texts: chunkTexts }

const training = z.strictObject({
  seed: z.int().min(0).default(1).describe('Weights, order of the examples and draws follow from it.'),
  epochs: z.int().min(1).default(10).describe('Passes over the examples.'),
  batch_size: z
    .int()
    .min(2)
    .default(32)
    .describe('Examples a step of each worker; the others of a batch are negatives of each.'),
  learning_rate: z.number().positive().default(2e-5).describe('Highest learning rate.'),
  alpha_ranking: z.number().min(0).default(1).describe('Weight of ranking: InfoNCE over in-batch and hard negatives.'),
  beta_cross_lingual: z.number().min(0).default(0.3).describe('Weight of the cross-lingual losses.'),
  gamma_sparsity: z.number().min(0).default(0.001).describe('Weight of the FLOPS penalty once it is warm.'),
  alignment_share: z.number().min(0).default(1).describe('Inside beta: squared error between the vectors of synonyms.'),
  contrast_share: z.number().min(0).default(1).describe('Inside beta: InfoNCE between synonyms, both directions.'),
  activation_share: z.number().min(0).default(1).describe('Inside beta: a term activates the tokens of its synonym.'),
  lead_alignment_share: z
    .number()
    .min(0)
    .default(0.3)
    .describe(
      'Inside beta: squared error between the vectors of the leads of linked pages, as a share of their squared norms; 0: none.',
    ),
  aligned_leads: batchSettings.shape.alignedLeads,
  activation_margin: z.number().default(1).describe('Logit that an activated token should exceed.'),
  temperature: z.number().positive().default(1).describe('Divides the scores of the InfoNCE losses.'),
  pairs_only: z
    .boolean()
    .default(false)
    .describe('Train on the distinct synonym pairs alone: no queries, no documents, no ranking.'),
  hidden_share: batchSettings.shape.hiddenShare,
  hard_negatives: z.int().min(0).default(1).describe('Hard negatives taken from each example.'),
  query_lengths: z
    .array(z.int().min(4))
    .min(1)
    .default([16, 32])
    .describe('Length buckets of queries in tokens, rising.'),
  document_lengths: z
    .array(z.int().min(4))
    .min(1)
    .default([64, 128])
    .describe('Length buckets of documents in tokens, rising.'),
  synonym_targets: z.int().min(1).default(8).describe('Tokens of a synonym that its partner activates, at most.'),
  warmup_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.06)
    .describe('Share of the steps over which the learning rate rises.'),
  sparsity_warmup_share: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('Share of the steps over which gamma rises, by the square.'),
  weight_decay: z.number().min(0).default(0.01).describe('Decoupled decay of matrices.'),
  max_gradient_norm: z.number().positive().default(1).describe('Global L2 norm to which gradients are clipped.'),
  initial_active_terms: z
    .int()
    .min(1)
    .default(100)
    .describe("Mean active terms to which the head's bias is calibrated at the start."),
  threads: z.int().min(1).default(2).describe('Threads of the engine. Same number, same bits.'),
  active_terms_target: z
    .int()
    .min(0)
    .default(0)
    .describe('Documents with no more active terms than this pay no sparsity penalty; 0: all pay.'),
  idf_penalty: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'How much more of the sparsity penalty a term that is in every text pays than the rarest; 0: all the same.',
    ),
  query_encoding: z
    .enum(['model', 'idf'])
    .default('model')
    .describe('Queries by the model, or by a table of inverse document frequencies: it then encodes documents alone.'),
  delta_distillation: z
    .number()
    .min(0)
    .default(0)
    .describe("Weight of following a teacher's scores, where the examples have any."),
  distillation: z.enum(distillations).default('margin-mse').describe('How a teacher is followed.'),
  distillation_temperature: z.number().positive().default(2).describe('Softens both distributions of kl.'),
  average_decay: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0)
    .describe('Decay of a moving average of the weights, judged and exported in their place; 0: none.'),
  early_stop: z
    .int()
    .min(0)
    .default(0)
    .describe(
      'Validations in a row without a better hit@1 after which the run ends with its best checkpoint; 0: never.',
    ),
  collapse_halvings: z
    .int()
    .min(0)
    .default(2)
    .describe(
      'Times that the sparsity penalty is halved where the vectors are collapsing; the next time the run stops.',
    ),
  collapse_term_share: z.number().min(0).max(1).default(0.5).describe('Share of the names in which one term may fire.'),
  collapse_pair_cosine: z.number().min(0).max(1).default(0.5).describe('Mean cosine that random names may have.'),
  collapse_empty_share: z.number().min(0).max(1).default(0.2).describe('Share of the names that may be empty.'),
  collapse_language_share: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.01)
    .describe('Least share of the weight that terms of each language must have, as far as letters tell the two apart.'),
  workers: localSgdSettings.shape.workers,
  average_every: localSgdSettings.shape.averageEvery,
  ...executionKeys,
  log_steps: z.int().min(1).default(10).describe('Steps between two lines of training.jsonl.'),
  validation_steps: z.int().min(1).default(200).describe('Steps between two validations.'),
  checkpoint_steps: z.int().min(1).default(500).describe('Steps between two checkpoints.'),
  publish_steps: z
    .int()
    .min(0)
    .default(1000)
    .describe(
      'Steps at least between two new bests that are handed on, and so exported, before the end; 0: the end alone is.',
    ),
  keep_checkpoints: z.int().min(1).default(2).describe('Checkpoints kept; older ones are removed.'),
})

export const settings = z.strictObject({
  languages: languagePair,
  model: model.prefault({}),
  training: training.prefault({}),
})
export type TrainerSettings = z.output<typeof settings>

/** The same settings as the graph's, for a run of so many steps; sizes are those of the base, if there is one. Throws ConfigError TRAINING_SETTINGS for those that contradict each other. */
export function trainingSettingsOf(
  { model, training }: TrainerSettings,
  totalSteps: number,
  base?: Pick<Base, 'config' | 'fingerprint'>,
): TrainingSettings {
  const steps = (share: number) => Math.max(1, Math.round(share * totalSteps))
  const sizes = base?.config ?? {
    hiddenSize: model.hidden_size,
    layers: model.layers,
    heads: model.heads,
    feedForwardSize: model.feed_forward_size,
  }
  return parseTrainingSettings({
    network: {
      hiddenSize: sizes.hiddenSize,
      layers: sizes.layers,
      heads: sizes.heads,
      feedForwardSize: sizes.feedForwardSize,
      maxLength: model.max_length,
      activation: model.activation,
      ...(base && { layerNormEpsilon: base.config.layerNormEpsilon }),
    },
    losses: {
      alphaRanking: training.alpha_ranking,
      betaCrossLingual: training.beta_cross_lingual,
      gammaSparsity: training.gamma_sparsity,
      alignmentShare: training.alignment_share,
      contrastShare: training.contrast_share,
      activationShare: training.activation_share,
      leadAlignmentShare: training.lead_alignment_share,
      activationMargin: training.activation_margin,
      temperature: training.temperature,
      activeTarget: training.active_terms_target,
      idfPenalty: training.idf_penalty,
      queryEncoding: training.query_encoding,
      deltaDistillation: training.delta_distillation,
      distillation: training.distillation,
      distillationTemperature: training.distillation_temperature,
      sparsityWarmupSteps: steps(training.sparsity_warmup_share),
    },
    optimiser: {
      learningRate: training.learning_rate,
      warmupSteps: steps(training.warmup_share),
      totalSteps,
      weightDecay: training.weight_decay,
      maxGradientNorm: training.max_gradient_norm,
      averageDecay: training.average_decay,
    },
    batch: {
      examples: training.batch_size,
      negatives: training.hard_negatives,
      queryLengths: training.query_lengths,
      documentLengths: training.document_lengths,
      alignedLeads: training.aligned_leads,
      synonymTargets: training.synonym_targets,
      pairsOnly: training.pairs_only,
      hiddenShare: training.hidden_share,
    },
    execution: {
      engine: training.engine,
      provider: training.provider,
      precision: training.precision,
      stepsPerRun: training.steps_per_run,
      chunkTexts: training.chunk_texts,
    },
    localSgd: { workers: training.workers, averageEvery: training.average_every },
    initialActiveTerms: training.initial_active_terms,
    ...(base?.fingerprint && { calibration: 'terms' }),
    threads: training.threads,
  })
}

/** Examples that one step of all workers takes. */
export function examplesPerStep({ training }: TrainerSettings): number {
  return training.batch_size * training.workers
}

/** What decides the weights that come out: names the run. */
export function decisive({ model, training }: TrainerSettings): object {
  const {
    engine: _,
    provider: _provider,
    precision: _precision,
    steps_per_run: _steps,
    chunk_texts: _chunk,
    publish_steps: _publish,
    ...rest
  } = training
  return { model, training: rest }
}
