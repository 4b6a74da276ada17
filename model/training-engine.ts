import type { Tokenizer } from '../language/tokenizer.ts'
import { FatalError } from '../runtime/errors.ts'
import { type StepBatch, type StepShape, shapeKey, type TrainingExample } from './batch.ts'
import { calibrationBias } from './calibration.ts'
import { type Collator, plainCollator } from './collator.ts'
import { type Computation, computationOf, type StepRunner } from './computation.ts'
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
import type { GraphRunner } from './graph/session.ts'
import type { TfjsRuntime } from './graph/tfjs-runtime.ts'
import { Randomness } from './randomness.ts'
import { learningRateAt, sparsityWeightAt } from './schedule.ts'
import { adamWSettings, encoderConfig, type TrainingSettings, vocabularyOf } from './settings.ts'
import type { SparseVector } from './sparse-vector.ts'
import { sparsityWeightInput } from './step-objective.ts'
import type { StepInput } from './step-session.ts'
import { encodeTexts } from './text-encoder.ts'
import type { TrainingState } from './training-state.ts'
import { parameterGroups, type StepFigures, trainingStep } from './training-step.ts'
import { trainedNameOf, WeightAverage } from './weight-average.ts'

/** Where a run stands besides its tensors: enough to go on to the bit. */
export interface Progress {
  /** Steps done. */
  readonly step: number
  /** Seed of what the steps draw: each its synonym pairs, from this and its number. */
  readonly randomness: number
  /** False until the head's bias was calibrated, which the first batch does. */
  readonly calibrated: boolean
  /** What the sparsity penalty is multiplied by: halved each time that the vectors were about to collapse. */
  readonly penaltyFactor: number
  /** Updates that the moments remember from runs before this one, whose examples were others. */
  readonly updatesBefore: number
}

/** What an engine is given beside settings and state. */
export interface EngineParts {
  /** Default: on the CPU. */
  readonly execution?: Execution
  /** For an execution on TensorFlow.js: the copy of it that is loaded. */
  readonly tfjs?: TfjsRuntime
  /** Default: collates in this thread, when a step asks for it. */
  readonly collator?: Collator
  /** f32 [vocabulary], for settings that need inverse document frequencies. */
  readonly idf?: Float32Array
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
  readonly #computation: Computation
  readonly #collator: Collator
  readonly #idf: Float32Array | undefined
  readonly #seed: number
  readonly #execution: Execution
  readonly #groups: readonly ParameterGroup[]
  readonly #stepSessions = new Map<string, Promise<StepRunner>>()
  #encoderSession: Promise<GraphRunner> | undefined
  #step: number
  #calibrated: boolean
  #penaltyFactor: number
  readonly #updatesBefore: number
  #average: WeightAverage | undefined

  /** A fresh run from a seed. */
  static start(
    settings: TrainingSettings,
    tokenizer: Tokenizer,
    seed: number,
    parts: EngineParts = {},
  ): TrainingEngine {
    const randomness = new Randomness(seed)
    const config = encoderConfig(settings, vocabularyOf(tokenizer))
    const weights = initialWeights(config, settings.network.embeddingDeviation, randomness)
    const progress = { step: 0, randomness: seed, calibrated: false, penaltyFactor: 1, updatesBefore: 0 }
    return new TrainingEngine(settings, tokenizer, weights, progress, parts)
  }

  /** Goes on from stored tensors (parameters and moments) and progress. */
  constructor(
    settings: TrainingSettings,
    tokenizer: Tokenizer,
    tensors: Weights,
    progress: Progress,
    { execution = cpuExecution, tfjs, collator, idf }: EngineParts = {},
  ) {
    this.config = encoderConfig(settings, vocabularyOf(tokenizer))
    this.#settings = settings
    this.#tokenizer = tokenizer
    this.#idf = idf
    this.#collator = collator ?? plainCollator({ settings, tokenizer, seed: progress.randomness })
    this.#execution = execution
    this.#groups = parameterGroups(this.config, execution.packedValues)
    this.#computation = computationOf(execution, {
      config: this.config,
      stored: trainedOf(tensors),
      layout: { groups: this.#groups, lossScale: execution.precision === 'fp16' },
      threads: settings.threads,
      tfjs,
    })
    if (settings.optimiser.averageDecay > 0) this.#average = this.#averageFrom(tensors)
    this.#seed = progress.randomness
    this.#step = progress.step
    this.#calibrated = progress.calibrated
    this.#penaltyFactor = progress.penaltyFactor
    this.#updatesBefore = progress.updatesBefore
  }

  get progress(): Progress {
    return {
      step: this.#step,
      randomness: this.#seed,
      calibrated: this.#calibrated,
      penaltyFactor: this.#penaltyFactor,
      updatesBefore: this.#updatesBefore,
    }
  }

  /** Parameters and moments by name. Where an average is kept, it has the parameters' names, and they have `trainedNameOf` them. */
  tensors(): ReturnType<TrainingState['tensors']> {
    const trained = this.#computation.state.tensors()
    if (!this.#average) return trained
    const both = new Map(trained)
    for (const [name, data] of this.#average.values) {
      const { shape } = trained.get(name)!
      both.set(trainedNameOf(name), trained.get(name)!)
      both.set(name, { shape, data })
    }
    return both
  }

  /** Halves the sparsity penalty from here on; gives what it is multiplied by. */
  weakenPenalty(): number {
    this.#penaltyFactor /= 2
    return this.#penaltyFactor
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
    if (first) await this.calibrate(first)
    const nextStep = this.#step + 1
    const collated = await Promise.all(batches.map((examples, i) => this.#collator.collate(nextStep + i, examples)))
    const reports: StepReport[] = []
    for (let start = 0; start < collated.length; ) {
      const run = stretchFrom(collated, start, this.#execution.stepsPerRun)
      reports.push(...(await this.#run(run)))
      start += run.length
    }
    return reports
  }

  /**
   * Lowers the head's bias until the texts of these examples have the wanted number of active terms, once in a run: the first step
   * does it by its batch, where it was not done before.
   */
  async calibrate(examples: readonly TrainingExample[]): Promise<void> {
    if (this.#calibrated) return
    const texts = examples.flatMap(({ query, positive_doc, synonym_pairs }) =>
      this.#settings.batch.pairsOnly ? (synonym_pairs[0] ?? []) : [query, positive_doc],
    )
    const vectors = await this.encode(texts)
    const { initialActiveTerms: wanted, calibration, network } = this.#settings
    const { vocabularySize } = this.config
    const shift = calibrationBias(vectors, { wanted, vocabularySize, activation: network.activation, calibration })
    const name = 'cls.predictions.bias'
    const biases = [
      this.#computation.state.tensors().get(name)!.data,
      this.#average?.values.get(name) ?? new Float32Array(0),
    ]
    for (const bias of biases) for (let term = 0; term < bias.length; term++) bias[term]! += shift[term]!
    this.#calibrated = true
  }

  async encode(texts: readonly string[]): Promise<SparseVector[]> {
    const tensors = this.tensors()
    const weights = Object.fromEntries(
      [...parameterShapes(this.config).keys()].map((name) => [name, tensors.get(name)!]),
    )
    const session = (await this.#encoder()).holding(weights)
    try {
      const { vocabularySize, maxLength } = this.config
      return await encodeTexts(texts, { session, tokenizer: this.#tokenizer, vocabularySize, maxLength })
    } finally {
      await session.close()
    }
  }

  async close(): Promise<void> {
    const sessions = [...this.#stepSessions.values(), ...(this.#encoderSession ? [this.#encoderSession] : [])]
    await Promise.all(sessions.map(async (session) => (await session).close()))
    await this.#computation.close()
  }

  #averageFrom(tensors: Weights): WeightAverage {
    const names = [...parameterShapes(this.config).keys()]
    return new WeightAverage(
      new Map(names.map((name) => [name, tensors.get(name)!])),
      this.#settings.optimiser.averageDecay,
    )
  }

  /** Steps of one shape, the next ones in the order of the schedule. */
  async #run(batches: readonly StepBatch[]): Promise<readonly StepReport[]> {
    const { losses, optimiser } = this.#settings
    const rates = batches.map((_, i) => {
      const step = this.#step + 1 + i
      const sparsityWeight = this.#penaltyFactor * sparsityWeightAt(step, losses)
      return { step, learningRate: learningRateAt(step, optimiser), sparsityWeight }
    })
    const inputs = batches.map(({ feeds }, i): StepInput => {
      const { step, learningRate, sparsityWeight } = rates[i]!
      const scalars = stepScalars(this.#updatesBefore + step, learningRate, adamWSettings(optimiser))
      return { feeds, scalars: { ...scalars, [sparsityWeightInput]: sparsityWeight } }
    })
    const session = await this.#stepSession(batches[0]!.shape)
    const figures = await session.run(inputs)
    const reports = figures.map((one, i) => ({ ...one, ...rates[i]!, skipped: isSkipped(one) }))
    const faulty = reports.find(({ loss, gradientNorm, skipped }) => !skipped && !Number.isFinite(loss + gradientNorm))
    if (faulty) {
      const { step, loss, gradientNorm } = faulty
      throw new FatalError(
        'LOSS_NOT_FINITE',
        `step ${step} gave a loss of ${loss}, gradients of norm ${gradientNorm}`,
        {
          hint: 'lower training.learning_rate and resume from the last checkpoint',
        },
      )
    }
    this.#computation.state.swap()
    this.#step += batches.length
    this.#average?.update(this.#computation.state.tensors(), this.#updatesBefore + this.#step, batches.length)
    return reports
  }

  #stepSession(shape: StepShape): Promise<StepRunner> {
    const key = shapeKey(shape)
    let session = this.#stepSessions.get(key)
    if (!session) {
      const { losses, optimiser, execution } = this.#settings
      const graph = trainingStep(shape, {
        encoder: this.config,
        losses,
        optimiser: adamWSettings(optimiser),
        precision: this.#execution.precision,
        groups: this.#groups,
        chunkTexts: execution.chunkTexts,
        ...(this.#idf && { idf: this.#idf }),
      })
      session = this.#computation.openStep(graph)
      this.#stepSessions.set(key, session)
    }
    return session
  }

  #encoder(): Promise<GraphRunner> {
    const { vectors } = encoderGraph(this.config, dynamicSize)
    this.#encoderSession ??= this.#computation.openGraph({ output: vectors })
    return this.#encoderSession
  }
}

/** Stored tensors with the trained weights under their own names, where a checkpoint has an average in their place. */
function trainedOf(tensors: Weights): Weights {
  const trained = new Map(tensors)
  for (const name of tensors.keys()) {
    const own = tensors.get(trainedNameOf(name))
    if (own) trained.set(name, own)
  }
  return trained
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
