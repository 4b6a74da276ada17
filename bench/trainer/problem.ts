import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StepShape } from '../../model/batch.ts'
import { type EncoderConfig, initialWeights, parameterCount, parameterShapes } from '../../model/encoder.ts'
import { defaultAdamW } from '../../model/graph/optimiser.ts'
import type { Feed } from '../../model/graph/session.ts'
import { Randomness } from '../../model/randomness.ts'
import { lossSettings } from '../../model/settings.ts'
import { syntheticBatch } from '../../model/synthetic-batch.ts'

/** What every peer computes: one network, its first weights and a few batches, on disk, so that all start from the same bytes. */
export interface Problem {
  readonly config: EncoderConfig
  readonly shape: StepShape
  readonly losses: ReturnType<typeof lossSettings.parse>
  readonly optimiser: typeof defaultAdamW
  readonly learningRate: number
  readonly sparsityWeight: number
  /** Name, shape and place in weights.bin (f32, little-endian) of each parameter. */
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
  readonly batches: readonly Readonly<Record<string, BatchTensor>>[]
}

export interface BatchTensor {
  readonly dtype: 'i64' | 'f32'
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

export const sizes = {
  '5m': { vocabularySize: 8_000, hiddenSize: 256, layers: 4, heads: 4, feedForwardSize: 1_024 },
  '22m': { vocabularySize: 30_000, hiddenSize: 384, layers: 6, heads: 12, feedForwardSize: 1_536 },
  '110m': { vocabularySize: 30_000, hiddenSize: 768, layers: 12, heads: 12, feedForwardSize: 3_072 },
} as const
export type SizeName = keyof typeof sizes

const queryLength = 16
const documentLength = 64
const batchCount = 4
const specialTokens = 5
const synonymTargets = 8
const embeddingDeviation = 0.02
/** Of the logits' distribution: with it about a hundred terms of 30,000 are active in a document of 64 tokens. */
const deviationsBelow = 3.9

/** Writes problem.json and weights.bin into `folder`. */
export function writeProblem(folder: string, size: SizeName, examples: number): { readonly parameters: number } {
  const config: EncoderConfig = {
    ...sizes[size],
    maxLength: documentLength,
    specialTokenIds: Array.from({ length: specialTokens }, (_, i) => i),
    layerNormEpsilon: 1e-12,
  }
  const shape: StepShape = { examples, negatives: 1, queryLength, documentLength, leads: 0, synonymTargets }
  const randomness = new Randomness(20_261_126)
  const weights = initialWeights(config, embeddingDeviation, randomness)
  // A fresh head fires everywhere; training proper calibrates it, see model/calibration.ts.
  weights.get('cls.predictions.bias')?.fill(-deviationsBelow * embeddingDeviation * Math.sqrt(config.hiddenSize))
  const problem: Problem = {
    config,
    shape,
    losses: lossSettings.parse({}),
    optimiser: { ...defaultAdamW, beta2: 0.99 },
    learningRate: 1e-4,
    sparsityWeight: 1e-3,
    parameters: [...parameterShapes(config)].map(([name, dims]) => ({ name, shape: dims })),
    batches: Array.from({ length: batchCount }, () => {
      const { feeds } = syntheticBatch(
        shape,
        { vocabularySize: config.vocabularySize, firstToken: specialTokens },
        randomness,
      )
      return Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, plain(feed)]))
    }),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'problem.json'), JSON.stringify(problem))
  writeFileSync(
    join(folder, 'weights.bin'),
    Buffer.concat(
      [...weights.values()].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
    ),
  )
  return { parameters: parameterCount(config) }
}

/** As plain numbers, for JSON. */
function plain({ shape, data }: Feed): BatchTensor {
  return {
    dtype: data instanceof BigInt64Array ? 'i64' : 'f32',
    shape,
    data: Array.from<number | bigint, number>(data, Number),
  }
}
