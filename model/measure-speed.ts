import { computationOf } from './computation.ts'
import { type EncoderConfig, initialWeights, parameterCount } from './encoder.ts'
import type { LoadedEngine } from './execution.ts'
import { stepScalars } from './graph/optimiser.ts'
import { Randomness } from './randomness.ts'
import { adamWSettings, lossSettings, optimiserSettings } from './settings.ts'
import { sparsityWeightInput } from './step-objective.ts'
import { syntheticBatch } from './synthetic-batch.ts'
import { parameterGroups, trainingStep } from './training-step.ts'

/** The network and the batch that the trainer has when nothing is set. */
const config: EncoderConfig = {
  ...{ vocabularySize: 30_000, hiddenSize: 256, layers: 4, heads: 4, feedForwardSize: 1024 },
  ...{ maxLength: 128, specialTokenIds: [0, 1, 2, 3, 4], layerNormEpsilon: 1e-12 },
}
const shape = { examples: 32, negatives: 1, queryLength: 16, documentLength: 64, leads: 0, synonymTargets: 8 }

export interface Speed {
  readonly samplesPerSecond: number
  readonly steps: number
  /** Trained values of the network that was measured. */
  readonly parameters: number
}

/** Trains on random texts for about so long, the first run, which warms up, not counted. */
export async function measureSpeed(engine: LoadedEngine, threads: number, seconds: number): Promise<Speed> {
  const { execution, tfjs } = engine
  const randomness = new Randomness(1)
  const groups = parameterGroups(config, execution.packedValues)
  const { precision, stepsPerRun } = execution
  const optimiser = adamWSettings(optimiserSettings.parse({}))
  const losses = lossSettings.parse({})
  const graph = trainingStep(shape, { encoder: config, losses, optimiser, precision, groups })
  const weights = initialWeights(config, 0.02, randomness)
  // Fresh heads fire everywhere; so low a bias leaves a hundred terms on, as calibration does.
  weights.get('cls.predictions.bias')?.fill(-1.25)
  const layout = { groups, lossScale: precision === 'fp16' }
  const computation = computationOf(execution, { config, stored: weights, layout, threads, tfjs })
  const { feeds } = syntheticBatch(shape, { vocabularySize: config.vocabularySize, firstToken: 5 }, randomness)
  const scalars = { ...stepScalars(1, 1e-5, optimiser), [sparsityWeightInput]: 0 }
  const inputs = Array.from({ length: stepsPerRun }, () => ({ feeds, scalars }))
  const end = performance.now() + 1000 * seconds
  const session = await computation.openStep(graph)
  try {
    const run = async () => {
      await session.run(inputs)
      computation.state.swap()
    }
    await run()
    const start = performance.now()
    let steps = 0
    do {
      await run()
      steps += stepsPerRun
    } while (performance.now() < end)
    const samplesPerSecond = (1000 * steps * shape.examples) / (performance.now() - start)
    return { samplesPerSecond, steps, parameters: parameterCount(config) }
  } finally {
    await session.close()
    await computation.close()
  }
}
