import { z } from 'zod'
import type { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError } from '../runtime/errors.ts'
import { calibrations } from './calibration.ts'
import { distillations } from './distillation.ts'
import { activations, type EncoderConfig } from './encoder.ts'
import { engines } from './execution.ts'
import type { AdamWSettings } from './graph/optimiser.ts'
import { precisions } from './graph/precision.ts'
import { providers } from './graph/providers.ts'

/** Sizes of the network. Those of the vocabulary come from the tokenizer. */
export const networkSettings = z.strictObject({
  hiddenSize: z.int().min(8).default(128).describe('Width of the states.'),
  layers: z.int().min(1).max(48).default(2).describe('Transformer layers.'),
  heads: z.int().min(1).default(4).describe('Attention heads; must divide hiddenSize.'),
  feedForwardSize: z.int().min(8).default(256).describe('Width inside the feed-forward part.'),
  embeddingDeviation: z
    .number()
    .positive()
    .default(0.2)
    .describe('Standard deviation of fresh word embeddings. Large, so that a text starts out with its own tokens.'),
  maxLength: z.int().min(8).max(4096).default(64).describe('Longest text in tokens, [CLS] and [SEP] included.'),
  layerNormEpsilon: z
    .number()
    .positive()
    .default(1e-12)
    .describe('Keeps layer norms finite; 1e-12 in BERT, 1e-5 in XLM-R.'),
  activation: z
    .enum(activations)
    .default('log1p')
    .describe('From logit to weight: log(1 + ReLU), or its log once more.'),
})

export const lossSettings = z.strictObject({
  alphaRanking: z.number().min(0).default(1).describe('Weight of ranking: InfoNCE over in-batch and hard negatives.'),
  betaCrossLingual: z.number().min(0).default(0.3).describe('Weight of the cross-lingual parts together.'),
  gammaSparsity: z.number().min(0).default(0.001).describe('Weight of the FLOPS penalty once it is warm.'),
  alignmentShare: z.number().min(0).default(1).describe('Inside beta: squared error between synonym vectors.'),
  contrastShare: z.number().min(0).default(1).describe('Inside beta: InfoNCE between synonyms, both directions.'),
  activationShare: z.number().min(0).default(1).describe('Inside beta: a term must activate its synonym’s tokens.'),
  leadAlignmentShare: z
    .number()
    .min(0)
    .default(0.3)
    .describe(
      'Inside beta: squared error between the vectors of linked leads, as a share of their squared norms; 0: none.',
    ),
  activationMargin: z.number().default(1).describe('Logit that an activated token should exceed.'),
  temperature: z.number().positive().default(1).describe('Divides the scores of both InfoNCE losses.'),
  activeTarget: z
    .int()
    .min(0)
    .default(0)
    .describe('Documents with no more active terms than this pay no sparsity penalty; 0: all pay.'),
  idfPenalty: z
    .number()
    .min(0)
    .default(0)
    .describe('How much more a term that is in every text pays than the rarest; 0: all pay the same.'),
  queryEncoding: z
    .enum(['model', 'idf'])
    .default('model')
    .describe('Queries by the model, or by a table of inverse document frequencies: then it encodes documents alone.'),
  deltaDistillation: z
    .number()
    .min(0)
    .default(0)
    .describe('Weight of following a teacher’s scores, where there are any.'),
  distillation: z.enum(distillations).default('margin-mse').describe('How a teacher is followed.'),
  distillationTemperature: z.number().positive().default(2).describe('Softens both distributions of kl.'),
  sparsityWarmupSteps: z
    .int()
    .min(1)
    .default(100)
    .describe('Steps over which gamma rises, by the square of the share.'),
})

export const optimiserSettings = z.strictObject({
  learningRate: z.number().positive().default(2e-5).describe('Highest learning rate.'),
  warmupSteps: z.int().min(0).default(20).describe('Steps over which the learning rate rises from 0.'),
  totalSteps: z.int().min(1).default(1000).describe('Step at which the learning rate has fallen to its floor.'),
  floorShare: z.number().min(0).max(1).default(0.05).describe('Floor of the learning rate as a share of the highest.'),
  beta1: z.number().min(0).max(0.9999).default(0.9).describe('Decay of the first moment.'),
  beta2: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0.99)
    .describe('Decay of the second moment; 0.999 would remember longer than a run of some hundred steps lasts.'),
  epsilon: z.number().positive().default(1e-8).describe('Keeps the step finite where gradients vanish.'),
  weightDecay: z.number().min(0).default(0.01).describe('Decoupled decay of matrices.'),
  maxGradientNorm: z.number().positive().default(1).describe('Global L2 norm to which gradients are clipped.'),
  averageDecay: z
    .number()
    .min(0)
    .max(0.99999)
    .default(0)
    .describe('Decay of a moving average of the weights, which is judged and exported in their place; 0: none.'),
})

export const batchSettings = z.strictObject({
  examples: z
    .int()
    .min(1)
    .default(32)
    .describe('Training examples a step; each brings one synonym pair if it has any.'),
  negatives: z.int().min(0).default(1).describe('Hard negatives taken from each example.'),
  queryLengths: z
    .array(z.int().min(4))
    .min(1)
    .default([16, 32])
    .describe('Length buckets of queries and synonyms, in tokens, rising.'),
  documentLengths: z
    .array(z.int().min(4))
    .min(1)
    .default([32, 64])
    .describe('Length buckets of documents, in tokens, rising.'),
  alignedLeads: z
    .int()
    .min(1)
    .default(8)
    .describe('Leads that are aligned with those of linked pages in a step, at most: so many more texts are encoded.'),
  synonymTargets: z.int().min(1).default(8).describe('Tokens of a synonym that its partner must activate, at most.'),
  pairsOnly: z
    .boolean()
    .default(false)
    .describe('Train on the synonym pairs alone: queries and documents are not encoded, ranking counts nothing.'),
  hiddenShare: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe('Share of the tokens that [MASK] hides in each step, drawn anew: few pairs are learnt by heart less.'),
})

/** With what a run is computed; may change from start to start. */
export const executionSettings = z.strictObject({
  engine: z
    .enum(engines)
    .default('onnxruntime')
    .describe('What computes the steps: onnxruntime, or tfjs (TensorFlow.js, built by naru engines add tfjs-gpu).'),
  provider: z
    .enum(['auto', ...providers])
    .default('auto')
    .describe('Where the engine computes; auto is cuda where this machine has it, else cpu. tfjs knows cpu and cuda.'),
  precision: z
    .enum(precisions)
    .default('fp32')
    .describe('Of the matrix products; bf16 and fp16 are for GPUs. Weights and moments are fp32 always.'),
  stepsPerRun: z
    .int()
    .min(1)
    .or(z.literal('auto'))
    .default('auto')
    .describe(
      'Steps that onnxruntime does on a GPU before weights and moments come back to memory; auto is 128, and 1 with tfjs, which leaves them on the device. On a CPU it is 1.',
    ),
  chunkTexts: z
    .int()
    .min(0)
    .default(0)
    .describe(
      'Texts encoded at once, so that a batch larger than memory fits: gradients are those of the whole batch (GradCache), for a third more work; 0: all.',
    ),
})
export type ExecutionSettings = z.output<typeof executionSettings>

/** Several processes that train one model. */
export const localSgdSettings = z.strictObject({
  workers: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Processes that train side by side, one for each GPU; each has a batch of its own.'),
  averageEvery: z
    .int()
    .min(1)
    .default(32)
    .describe('Steps after which the workers go on from the mean of their weights and moments.'),
})

/** Everything that decides what a training run computes. */
export const trainingSettings = z
  .strictObject({
    network: networkSettings.prefault({}),
    losses: lossSettings.prefault({}),
    optimiser: optimiserSettings.prefault({}),
    batch: batchSettings.prefault({}),
    execution: executionSettings.prefault({}),
    localSgd: localSgdSettings.prefault({}),
    initialActiveTerms: z
      .int()
      .min(1)
      .default(100)
      .describe('Mean active terms to which the head’s bias is calibrated before the first step.'),
    calibration: z
      .enum(calibrations)
      .default('level')
      .describe('How it is calibrated: by one number, or term by term where a trained head puts a level on each.'),
    threads: z.int().min(1).default(2).describe('Threads of the engine. Same number, same bits.'),
  })
  .refine(({ network }) => network.hiddenSize % network.heads === 0, { error: 'heads must divide hiddenSize' })
  .refine(
    ({ network, batch }) => [...batch.queryLengths, ...batch.documentLengths].every((n) => n <= network.maxLength),
    {
      error: 'no length bucket may exceed maxLength',
    },
  )
  .refine(({ losses, batch }) => losses.deltaDistillation === 0 || batch.negatives > 0, {
    error: 'distillation needs hard negatives',
  })

/** Settings with their defaults. Throws ConfigError TRAINING_SETTINGS that names each fault. */
export function parseTrainingSettings(settings: unknown): TrainingSettings {
  const parsed = trainingSettings.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new ConfigError('TRAINING_SETTINGS', z.prettifyError(parsed.error), {
    hint: 'correct the model and training sections of the configuration',
  })
}

export type TrainingSettings = z.output<typeof trainingSettings>
export type LossSettings = z.output<typeof lossSettings>
export type OptimiserSettings = z.output<typeof optimiserSettings>
export type BatchSettings = z.output<typeof batchSettings>

export interface VocabularyFacts {
  readonly vocabularySize: number
  readonly specialTokenIds: readonly number[]
}

export function encoderConfig(settings: TrainingSettings, vocabulary: VocabularyFacts): EncoderConfig {
  return { ...settings.network, ...vocabulary }
}

export function adamWSettings({
  beta1,
  beta2,
  epsilon,
  weightDecay,
  maxGradientNorm,
}: OptimiserSettings): AdamWSettings {
  return { beta1, beta2, epsilon, weightDecay, maxGradientNorm }
}

export function vocabularyOf({ vocabularySize, special }: Tokenizer): VocabularyFacts {
  return { vocabularySize, specialTokenIds: Object.values(special) }
}
