import type { Tokenizer } from '../language/tokenizer.ts'
import { FatalError } from '../runtime/errors.ts'
import { collate, type StepBatch, type StepShape, shapeKey, type TrainingExample } from './batch.ts'
import { calibrationBias } from './calibration.ts'
import {
  dynamicSize,
  type EncoderConfig,
  encoderGraph,
  initialWeights,
  parameterShapes,
  type Weights,
} from './encoder.ts'
import { cpuExecution, type Execution } from './execution.ts'
import { stepScalars } from './graph/optimiser.ts'
import type { ParameterGroup } from './graph/parameter-groups.ts'
import { GraphSession } from './graph/session.ts'
import { Randomness } from './randomness.ts'
import { learningRateAt, sparsityWeightAt } from './schedule.ts'
import { adamWSettings, encoderConfig, type TrainingSettings, vocabularyOf } from './settings.ts'
import type { SparseVector } from './sparse-vector.ts'
import { type StepInput, StepSession } from './step-session.ts'
import { encodeTexts } from './text-encoder.ts'
import { TrainingState } from './training-state.ts'
import { parameterGroups, type StepFigures, sparsityWeightInput, trainingStep } from './training-step.ts'

/** Where a run stands besides its tensors: enough to go on to the bit. */
export interface Progress {
  /** Steps done. */
  readonly step: number
  /** State of the generator that draws synonym pairs. */
  readonly randomness: number
  /** False until the head's bias was calibrated, which the first batch does. */
  readonly calibrated: boolean
}

export interface StepReport extends StepFigures {
  /** Steps done, this one included. */
  readonly step: number
  readonly learningRate: number
  /** Weight that the sparsity penalty had at this step. */
  readonly sparsityWeight: number
  /** True: the gradients overflowed fp16, nothing changed but the loss scale, which was halved. */
  readonly skipped: boolean
}

/**
 * Trains in this thread; `run` blocks it, so services use the trainer of trainer.ts, which hosts an engine in a process of
 * its own.
 */
export class TrainingEngine {
  readonly config: EncoderConfig
  readonly #settings: TrainingSettings
  readonly #tokenizer: Tokenizer
  readonly #state: TrainingState
  readonly #randomness: Randomness
  readonly #execution: Execution
  readonly #groups: readonly ParameterGroup[]
  readonly #stepSessions = new Map<string, Promise<StepSession>>()
  #encoderSession: Promise<GraphSession> | undefined
  #step: number
  #calibrated: boolean

  /** A fresh run from a seed. */
  static start(
    settings: TrainingSettings,
    tokenizer: Tokenizer,
    seed: number,
    execution: Execution = cpuExecution,
  ): TrainingEngine {
    const randomness = new Randomness(seed)
    const config = encoderConfig(settings, vocabularyOf(tokenizer))
    const weights = initialWeights(config, settings.network.embeddingDeviation, randomness)
    const progress = { step: 0, randomness: randomness.state, calibrated: false }
    return new TrainingEngine(settings, tokenizer, weights, progress, execution)
  }

  /** Goes on from stored tensors (parameters and moments) and progress. */
  constructor(
    settings: TrainingSettings,
    tokenizer: Tokenizer,
    tensors: Weights,
    progress: Progress,
    execution: Execution = cpuExecution,
  ) {
    this.config = encoderConfig(settings, vocabularyOf(tokenizer))
    this.#settings = settings
    this.#tokenizer = tokenizer
    this.#execution = execution
    this.#groups = parameterGroups(this.config, execution.packedValues)
    this.#state = new TrainingState(this.config, tensors, {
      groups: this.#groups,
      lossScale: execution.precision === 'fp16',
    })
    this.#randomness = new Randomness(progress.randomness)
    this.#step = progress.step
    this.#calibrated = progress.calibrated
  }

  get progress(): Progress {
    return { step: this.#step, randomness: this.#randomness.state, calibrated: this.#calibrated }
  }

  tensors(): ReturnType<TrainingState['tensors']> {
    return this.#state.tensors()
  }

  /** One step of the optimiser. Throws FatalError LOSS_NOT_FINITE, the state being the one before the step. */
  async step(examples: readonly TrainingExample[]): Promise<StepReport> {
    const [report] = await this.steps([examples])
    return report!
  }

  /**
   * One step a batch. Neighbours of one shape run together, `stepsPerRun` at most: what is computed does not depend on how the
   * batches are handed over. Throws FatalError LOSS_NOT_FINITE, the state being the one before the run with the faulty step.
   */
  async steps(batches: readonly (readonly TrainingExample[])[]): Promise<readonly StepReport[]> {
    const [first] = batches
    if (first && !this.#calibrated) await this.#calibrate(first)
    const { batch: settings } = this.#settings
    const collated = batches.map((examples) =>
      collate(examples, { tokenizer: this.#tokenizer, settings, randomness: this.#randomness }),
    )
    const reports: StepReport[] = []
    for (let start = 0; start < collated.length; ) {
      const run = stretchFrom(collated, start, this.#execution.stepsPerRun)
      reports.push(...(await this.#run(run)))
      start += run.length
    }
    return reports
  }

  async encode(texts: readonly string[]): Promise<SparseVector[]> {
    const tensors = this.#state.tensors()
    const weights = Object.fromEntries(
      [...parameterShapes(this.config).keys()].map((name) => [name, tensors.get(name)!]),
    )
    return encodeTexts(texts, {
      session: await this.#encoder(),
      tokenizer: this.#tokenizer,
      vocabularySize: this.config.vocabularySize,
      maxLength: this.config.maxLength,
      weights,
    })
  }

  async close(): Promise<void> {
    const sessions = [...this.#stepSessions.values(), ...(this.#encoderSession ? [this.#encoderSession] : [])]
    await Promise.all(sessions.map(async (session) => (await session).close()))
  }

  /** Lowers the head's bias until the texts of the first batch have the wanted number of active terms. */
  async #calibrate(examples: readonly TrainingExample[]): Promise<void> {
    const texts = examples.flatMap(({ query, positive_doc }) => [query, positive_doc])
    const vectors = await this.encode(texts)
    const shift = calibrationBias(vectors, this.#settings.initialActiveTerms)
    const bias = this.#state.tensors().get('cls.predictions.bias')!.data
    for (let term = 0; term < bias.length; term++) bias[term]! += shift
    this.#calibrated = true
  }

  /** Steps of one shape, the next ones in the order of the schedule. */
  async #run(batches: readonly StepBatch[]): Promise<readonly StepReport[]> {
    const { losses, optimiser } = this.#settings
    const rates = batches.map((_, i) => {
      const step = this.#step + 1 + i
      const [learningRate, sparsityWeight] = [learningRateAt(step, optimiser), sparsityWeightAt(step, losses)]
      return { step, learningRate, sparsityWeight }
    })
    const inputs = batches.map(({ feeds }, i): StepInput => {
      const { step, learningRate, sparsityWeight } = rates[i]!
      const scalars = stepScalars(step, learningRate, adamWSettings(optimiser))
      return { feeds, scalars: { ...scalars, [sparsityWeightInput]: sparsityWeight } }
    })
    const session = await this.#stepSession(batches[0]!.shape)
    const figures = await session.run(this.#state, inputs)
    const reports = figures.map((one, i) => ({ ...one, ...rates[i]!, skipped: isSkipped(one) }))
    const faulty = reports.find(({ loss, gradientNorm, skipped }) => !skipped && !Number.isFinite(loss + gradientNorm))
    if (faulty) {
      throw new FatalError('LOSS_NOT_FINITE', `step ${faulty.step} gave a loss of ${faulty.loss}`, {
        hint: 'lower training.learning_rate and resume from the last checkpoint',
      })
    }
    this.#state.swap()
    this.#step += batches.length
    return reports
  }

  #stepSession(shape: StepShape): Promise<StepSession> {
    const key = shapeKey(shape)
    let session = this.#stepSessions.get(key)
    if (!session) {
      const { losses, optimiser, threads } = this.#settings
      const { provider, precision, stepsPerRun } = this.#execution
      const graph = trainingStep(shape, {
        encoder: this.config,
        losses,
        optimiser: adamWSettings(optimiser),
        precision,
        groups: this.#groups,
      })
      session = StepSession.open(graph, { threads, provider }, stepsPerRun > 1)
      this.#stepSessions.set(key, session)
    }
    return session
  }

  #encoder(): Promise<GraphSession> {
    const { vectors } = encoderGraph(this.config, dynamicSize)
    this.#encoderSession ??= GraphSession.open(
      { outputs: { output: vectors } },
      { threads: this.#settings.threads, provider: this.#execution.provider },
    )
    return this.#encoderSession
  }
}

/** The batches from `start` that have the shape of the first, so many at most. */
function stretchFrom(batches: readonly StepBatch[], start: number, most: number): readonly StepBatch[] {
  const key = shapeKey(batches[start]!.shape)
  const other = batches.findIndex(({ shape }, i) => i >= start && shapeKey(shape) !== key)
  return batches.slice(start, Math.min(other === -1 ? batches.length : other, start + most))
}

/** A scale above 1 could still be halved: the next step may do better. */
function isSkipped({ gradientNorm, lossScale }: StepFigures): boolean {
  return lossScale > 1 && !Number.isFinite(gradientNorm)
}
