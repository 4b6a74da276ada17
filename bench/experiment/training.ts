/** One seed: train, watch, judge. */
import { join } from 'node:path'
import { type SparsityFigures, sparsityOf } from '../../evaluation/sparsity.ts'
import { trainLetterVocabulary } from '../../language/letter-vocabulary.ts'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import type { TrainingExample } from '../../model/batch.ts'
import { stepsPerEpoch, trainingBatches } from '../../model/batches.ts'
import { exportModel } from '../../model/export/export-model.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { createTrainer, type Trainer } from '../../model/trainer.ts'
import type { Pair } from './pairs.ts'
import { type Direction, neuralScorer, type RetrievalFigures, retrieve, type Stratum, type Task } from './retrieval.ts'
import { type ExperimentSettings, trainingSettingsOf } from './settings.ts'

export interface CurvePoint {
  readonly step: number
  readonly seconds: number
  readonly loss: number
  readonly activeTerms: number
  /** hit@1 on val, its own surfaces being the pool. */
  readonly hitAt1: Readonly<Record<Direction, number>>
}

export interface SeedResult {
  readonly seed: number
  readonly steps: number
  readonly trainingSeconds: number
  /** Share of them in which the computing process waited for a batch. */
  readonly waitingShare: number
  readonly parameters: number
  readonly curve: readonly CurvePoint[]
  readonly retrieval: Readonly<Record<Direction, Record<Stratum, RetrievalFigures>>>
  readonly sparsity: SparsityFigures
  /** Greatest difference between the exported ONNX file and the encoder as it is trained. */
  readonly exportDifference: number
}

export interface SeedRun {
  readonly seed: number
  readonly train: readonly Pair[]
  readonly validation: readonly Task[]
  readonly test: readonly Task[]
  readonly settings: ExperimentSettings
  readonly folder: string
  readonly onPoint: (point: CurvePoint) => void
  readonly onStep: (step: number, loss: number) => void
}

/** Cosines of so many random pairs are averaged. */
const cosinePairs = 1000

export async function runSeed(run: SeedRun): Promise<SeedResult> {
  const { seed, train, settings, folder } = run
  const vocabulary = trainLetterVocabulary(
    train.flatMap(({ ko, en }) => [ko, en]),
    { minLetterCount: settings.minLetterCount, grams: settings.letterGrams },
  )
  const tokenizerJson = serialiseTokenizer(tokenizerFile(vocabulary, settings.network.maxLength, { letters: true }))
  const trainer = await createTrainer({
    config: trainingSettingsOf(settings),
    tokenizerJson,
    seed,
    stateDir: folder,
    resume: false,
  })
  try {
    const { curve, steps, seconds, waitingShare } = await trained(trainer, run)
    const texts = [...new Set(run.test.flatMap(({ queries, pool }) => [...queries.map(({ text }) => text), ...pool]))]
    const vectors = await vectorsOf(trainer, texts)
    const retrieval = judged(run.test, vectors)
    const sparsity = sparsityOf(
      {
        queries: run.test.flatMap(({ queries }) => queries.map(({ text }) => vectors.get(text)!)),
        documents: run.test.flatMap(({ pool }) => pool.map((text) => vectors.get(text)!)),
      },
      cosinePairs,
      seed,
    )
    const { path } = await trainer.checkpoint(folder)
    const { parity } = await exportModel(path, join(folder, 'export'), {
      name: 'experiment',
      formats: ['onnx'],
      texts: texts.slice(0, 50),
    })
    return {
      seed,
      steps,
      trainingSeconds: seconds,
      waitingShare,
      parameters: trainer.parameters,
      curve,
      retrieval,
      sparsity,
      exportDifference: parity.exact[0]!.maxDifference,
    }
  } finally {
    await trainer.close()
  }
}

/** Trains for the steps or the minutes of the settings, whichever end first; the time of the validations does not count. */
async function trained(trainer: Trainer, { seed, train, validation, settings, onPoint, onStep }: SeedRun) {
  const examples = train.map(exampleOf)
  const batchSize = settings.batch.examples
  const epochs = Math.ceil(settings.steps / stepsPerEpoch(examples.length, batchSize))
  const validateEvery = Math.ceil(settings.steps / settings.validations)
  const curve: CurvePoint[] = []
  const batches = [...trainingBatches(examples, { seed, batchSize, epochs })].slice(0, settings.steps)
  let [step, seconds] = [0, 0]
  for (const [i, batch] of batches.entries()) {
    const next = batches[i + 1]
    if (next) trainer.prepare(i + 2, next)
    const started = performance.now()
    const report = await trainer.step(batch)
    seconds += (performance.now() - started) / 1000
    step = report.step
    onStep(step, report.loss)
    const last = step === settings.steps || seconds > settings.minutes * 60
    if (last || step % validateEvery === 0) {
      const hitAt1 = await validated(trainer, validation)
      const point = { step, seconds, loss: report.loss, activeTerms: report.activeTerms, hitAt1 }
      curve.push(point)
      onPoint(point)
    }
    if (last) break
  }
  return { curve, steps: step, seconds, waitingShare: (await trainer.waitedSeconds()) / seconds }
}

function exampleOf({ ko, en }: Pair): TrainingExample {
  return { query: ko, positive_doc: en, negative_docs: [], synonym_pairs: [[ko, en]] }
}

async function validated(trainer: Trainer, tasks: readonly Task[]): Promise<Record<Direction, number>> {
  const texts = new Set(tasks.flatMap(({ queries, pool }) => [...queries.map(({ text }) => text), ...pool]))
  const retrieval = judged(tasks, await vectorsOf(trainer, [...texts]))
  return { 'ko→en': retrieval['ko→en'].all.hitAt1, 'en→ko': retrieval['en→ko'].all.hitAt1 }
}

function judged(tasks: readonly Task[], vectors: ReadonlyMap<string, SparseVector>): SeedResult['retrieval'] {
  const of = (direction: Direction) => {
    const task = tasks.find((one) => one.direction === direction)!
    return retrieve(
      task,
      neuralScorer(
        task.pool.map((text) => vectors.get(text)!),
        vectors,
      ),
    )
  }
  return { 'ko→en': of('ko→en'), 'en→ko': of('en→ko') }
}

async function vectorsOf(trainer: Trainer, texts: readonly string[]): Promise<ReadonlyMap<string, SparseVector>> {
  const vectors = await trainer.encode(texts)
  return new Map(texts.map((text, at) => [text, vectors[at]!]))
}
