import type { StepShape } from '../../model/batch.ts'
import { type EncoderConfig, parameterShapes, type Weights } from '../../model/encoder.ts'
import { stepFactors } from '../../model/graph/optimiser.ts'
import { type Feed, GraphSession, type Values } from '../../model/graph/session.ts'
import { elementCount } from '../../model/graph/tensor.ts'
import { Randomness } from '../../model/randomness.ts'
import { type LossSettings, lossSettings } from '../../model/settings.ts'
import { sparsityWeightInput } from '../../model/step-objective.ts'
import { syntheticBatch } from '../../model/synthetic-batch.ts'
import { factorName, gradientName, trainingStep } from '../../model/training-step.ts'

/** The losses and gradients of a whole step, of a network and a batch that are computed in a millisecond. */
export interface TinyStep {
  readonly config: EncoderConfig
  readonly weights: Weights
  readonly shape: StepShape
  /** The arrays of the batch, by name. */
  readonly feeds: Readonly<Record<string, Feed>>
  /** Price of each term, f32 [vocabulary]. */
  readonly idf: Float32Array
  readonly sparsityWeight: number
  /** The figures of a step, and under `gradientName` of each parameter its gradient before clipping. */
  at(weights: Weights): Promise<Values>
  close(): Promise<void>
}

export interface TinySizes {
  readonly seed: number
  readonly examples: number
  readonly negatives: number
  /** Default 0. */
  readonly leads?: number
  readonly chunkTexts?: number
  readonly losses?: Partial<LossSettings>
  readonly activation?: EncoderConfig['activation']
}

const sizes = { vocabularySize: 40, hiddenSize: 8, layers: 1, heads: 2, feedForwardSize: 8, maxLength: 8 }
const optimiser = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01, maxGradientNorm: 1 }
const sparsityWeight = 0.1
const factors = new Set(stepFactors.map(factorName))

export async function openTinyStep({
  seed,
  examples,
  negatives,
  leads = 0,
  chunkTexts = 0,
  losses = {},
  activation = 'log1p',
}: TinySizes): Promise<TinyStep> {
  const config = { ...sizes, specialTokenIds: [0, 1, 2, 3, 4], layerNormEpsilon: 1e-12, activation }
  const shapes = parameterShapes(config)
  const shape = { examples, negatives, leads, queryLength: 4, documentLength: 8, synonymTargets: 2 }
  const { feeds } = syntheticBatch(shape, { vocabularySize: 40, firstToken: 5 }, new Randomness(seed))
  const randomness = new Randomness(seed + 1)
  const weights = new Map([...shapes].map(([name, shape]) => [name, livelyValues(name, shape, randomness)]))
  const idf = Float32Array.from({ length: config.vocabularySize }, () => 5 * randomness.uniform())
  const { inPlace } = trainingStep(shape, {
    encoder: config,
    losses: lossSettings.parse(losses),
    optimiser,
    idf,
    chunkTexts,
  })
  // Without the factors of the update, which would ask for a learning rate.
  const computed = Object.entries(inPlace!.outputs).filter(([name]) => !factors.has(name))
  const session = await GraphSession.open({ outputs: Object.fromEntries(computed) }, { threads: 1 })
  const queryTokens = [examples, shape.queryLength]
  const given: Record<string, Feed> = {
    ...feeds,
    query_first: { data: new Float32Array(examples * shape.queryLength).fill(1), shape: queryTokens },
    [sparsityWeightInput]: { data: Float32Array.of(sparsityWeight), shape: [] },
  }
  const isRead = new Set(session.inputNames)
  return {
    ...{ config, weights, shape, feeds, idf, sparsityWeight },
    at: (values) => {
      const parameters = [...values].map(([name, data]): [string, Feed] => [name, { data, shape: shapes.get(name)! }])
      const all = [...Object.entries(given), ...parameters]
      return session.run(Object.fromEntries(all.filter(([name]) => isRead.has(name))))
    },
    close: () => session.close(),
  }
}

/** Larger than a fresh network's, whose attention hardly moves the loss. */
function livelyValues(name: string, shape: readonly number[], randomness: Randomness): Float32Array {
  const [deviation, mean] = [shape.length > 1 ? 0.3 : 0.1, name.endsWith('LayerNorm.weight') ? 1 : 0]
  return Float32Array.from({ length: elementCount(shape) }, () => mean + deviation * randomness.normal())
}

/** The gradient of every parameter. */
export function gradientsIn(values: Values, names: Iterable<string>): ReadonlyMap<string, Float32Array> {
  return new Map([...names].map((name) => [name, Float32Array.from(values[gradientName(name)]!, Number)]))
}
