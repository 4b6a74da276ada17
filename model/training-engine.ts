import type { Tokenizer } from '../language/tokenizer.ts'
import { FatalError } from '../runtime/errors.ts'
import { collate, type StepShape, shapeKey, type TrainingExample } from './batch.ts'
import { calibrationBias } from './calibration.ts'
import {
  dynamicSize,
  type EncoderConfig,
  encoderGraph,
  initialWeights,
  parameterShapes,
  type Weights,
} from './encoder.ts'
import { stepScalars } from './graph/optimiser.ts'
import { type Feed, GraphSession, type Values } from './graph/session.ts'
import { Randomness } from './randomness.ts'
import { learningRateAt, sparsityWeightAt } from './schedule.ts'
import { adamWSettings, encoderConfig, type TrainingSettings, vocabularyOf } from './settings.ts'
import type { SparseVector } from './sparse-vector.ts'
import { encodeTexts } from './text-encoder.ts'
import { TrainingState } from './training-state.ts'
import { type StepFigures, sparsityWeightInput, trainingStep } from './training-step.ts'

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
  readonly #stepSessions = new Map<string, Promise<GraphSession>>()
  #encoderSession: Promise<GraphSession> | undefined
  #step: number
  #calibrated: boolean

  /** A fresh run from a seed. */
  static start(settings: TrainingSettings, tokenizer: Tokenizer, seed: number): TrainingEngine {
    const randomness = new Randomness(seed)
    const config = encoderConfig(settings, vocabularyOf(tokenizer))
    const weights = initialWeights(config, settings.network.embeddingDeviation, randomness)
    return new TrainingEngine(settings, tokenizer, weights, {
      step: 0,
      randomness: randomness.state,
      calibrated: false,
    })
  }

  /** Goes on from stored tensors (parameters and moments) and progress. */
  constructor(settings: TrainingSettings, tokenizer: Tokenizer, tensors: Weights, progress: Progress) {
    this.config = encoderConfig(settings, vocabularyOf(tokenizer))
    this.#settings = settings
    this.#tokenizer = tokenizer
    this.#state = new TrainingState(this.config, tensors)
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
    if (!this.#calibrated) await this.#calibrate(examples)
    const { batch: settings, losses, optimiser } = this.#settings
    const batch = collate(examples, { tokenizer: this.#tokenizer, settings, randomness: this.#randomness })
    const step = this.#step + 1
    const learningRate = learningRateAt(step, optimiser)
    const sparsityWeight = sparsityWeightAt(step, losses)
    const scalars = {
      ...stepScalars(step, learningRate, adamWSettings(optimiser)),
      [sparsityWeightInput]: sparsityWeight,
    }
    const session = await this.#stepSession(batch.shape)
    const values = await session.run(
      { ...this.#state.feeds, ...batch.feeds, ...scalarFeeds(scalars) },
      this.#state.targets,
    )
    const report = { ...figuresFrom(values), step, learningRate, sparsityWeight }
    if (!Number.isFinite(report.loss) || !Number.isFinite(report.gradientNorm)) {
      throw new FatalError('LOSS_NOT_FINITE', `step ${step} gave a loss of ${report.loss}`, {
        hint: 'lower training.learning_rate and resume from the last checkpoint',
      })
    }
    this.#state.swap()
    this.#step = step
    return report
  }

  async encode(texts: readonly string[]): Promise<SparseVector[]> {
    const weights = Object.fromEntries(
      [...parameterShapes(this.config).keys()].map((name) => [name, this.#state.feeds[name]!]),
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
    const texts = examples.flatMap(({ query, positive_doc, synonym_pairs }) =>
      this.#settings.batch.pairsOnly ? (synonym_pairs[0] ?? []) : [query, positive_doc],
    )
    const vectors = await this.encode(texts)
    const shift = calibrationBias(vectors, this.#settings.initialActiveTerms)
    const bias = this.#state.feeds['cls.predictions.bias']!.data
    if (bias instanceof Float32Array) for (let term = 0; term < bias.length; term++) bias[term]! += shift
    this.#calibrated = true
  }

  #stepSession(shape: StepShape): Promise<GraphSession> {
    const key = shapeKey(shape)
    let session = this.#stepSessions.get(key)
    if (!session) {
      const { losses, optimiser, threads } = this.#settings
      const graph = trainingStep(shape, { encoder: this.config, losses, optimiser: adamWSettings(optimiser) })
      session = GraphSession.open(graph, { threads })
      this.#stepSessions.set(key, session)
    }
    return session
  }

  #encoder(): Promise<GraphSession> {
    const { vectors } = encoderGraph(this.config, dynamicSize)
    this.#encoderSession ??= GraphSession.open({ outputs: { output: vectors } }, { threads: this.#settings.threads })
    return this.#encoderSession
  }
}

function scalarFeeds(scalars: Readonly<Record<string, number>>): Record<string, Feed> {
  return Object.fromEntries(
    Object.entries(scalars).map(([name, value]) => [name, { data: Float32Array.of(value), shape: [] }]),
  )
}

function figuresFrom(values: Values): StepFigures {
  const numberOf = (name: keyof StepFigures) => Number(values[name]?.[0])
  return {
    loss: numberOf('loss'),
    ranking: numberOf('ranking'),
    crossLingual: numberOf('crossLingual'),
    sparsity: numberOf('sparsity'),
    alignment: numberOf('alignment'),
    contrast: numberOf('contrast'),
    activation: numberOf('activation'),
    activeTerms: numberOf('activeTerms'),
    activeTermsShort: numberOf('activeTermsShort'),
    activeTermsLong: numberOf('activeTermsLong'),
    gradientNorm: numberOf('gradientNorm'),
  }
}
