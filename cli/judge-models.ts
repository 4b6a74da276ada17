/** Judges models in folders on the articles and pairs of a run, or of given files. */
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { type Answers, meanAnswers } from '../evaluation/answers.ts'
import { writeBeir } from '../evaluation/beir-folder.ts'
import { type Comparison, comparisonsOf } from '../evaluation/comparisons.ts'
import { type DataSetFiles, readDataSet } from '../evaluation/data-set.ts'
import { type Evaluation, prepareEvaluation } from '../evaluation/evaluation.ts'
import { retrievalFigures } from '../evaluation/figures.ts'
import { judgeModel } from '../evaluation/judgement.ts'
import { scoresOf, writeJudgement } from '../evaluation/judgement-files.ts'
import { readSentences } from '../evaluation/sentences.ts'
import { type EvaluationSettings, evaluationSettings } from '../evaluation/settings.ts'
import { TrecFolder } from '../evaluation/trec-folder.ts'
import { roundedOnnx } from '../model/export/layout.ts'
import type { WeightPrecision } from '../model/graph/onnx-weights.ts'
import { loadSparseEncoder } from '../model/sparse-encoder.ts'
import { isSparseModel, unknownModel } from '../model/sparse-folder.ts'
import { loadSparseModel } from '../model/sparse-model.ts'
import { openScratch } from '../runtime/embedded/scratch.ts'
import { ConfigError } from '../runtime/errors.ts'
import { openFolderStore } from '../runtime/files.ts'
import { gatherSettings, resolveSettings, type Tree } from '../runtime/settings.ts'
import type { Score } from '../schemas/types.ts'
import type { EvaluateFlags } from './evaluate-flags.ts'
import { configFiles } from './flags.ts'
import { listenForInterrupts } from './interrupt.ts'
import { pairsFile } from './outputs.ts'
import { say } from './print.ts'
import { openProgress } from './progress.ts'
import { modelFolder } from './published-model.ts'
import { type RoundedScore, roundedScores } from './rounded-scores.ts'
import { languagesOf, readRecord } from './run-record.ts'
import { StageBoard } from './stage-board.ts'
import { type Workspace, workspaceOf } from './workspace.ts'

export interface JudgedModel {
  readonly model: string
  /** Of its weights. */
  readonly precision: WeightPrecision
  readonly folder: string
  readonly scores: readonly Score[]
  readonly comparisons: readonly Comparison[]
}

export interface JudgedModels {
  readonly models: readonly JudgedModel[]
  /** What each figure loses by rounded weights, where they were asked for beside the exact ones. */
  readonly rounding: readonly RoundedScore[]
  /** Of several models: their mean, query by query, such as that of three seeds. */
  readonly mean: { readonly scores: readonly Score[]; readonly comparisons: readonly Comparison[] } | null
  /** What was not judged, and why. */
  readonly missing: readonly string[]
  /** Names of the TREC runs that were written. */
  readonly trec: readonly string[]
  /** Names of the BEIR folders that were written. */
  readonly beir: readonly string[]
}

interface Model {
  readonly name: string
  readonly folder: string
  readonly precision: WeightPrecision
}

export async function judgeModels(flags: EvaluateFlags): Promise<JudgedModels> {
  const workspace = workspaceOf(flags.out)
  const settings = settingsOf(workspace, flags)
  const models = modelsOf(workspace, flags)
  const files = filesOf(workspace, flags)
  const sentences = await sentencesOf(flags, settings)
  const trec = flags.trec === undefined ? undefined : new TrecFolder(resolve(flags.trec), flags.depth)
  const interrupts = listenForInterrupts(() => say('stopping; press ctrl-C again to stop at once.'))
  const watch = watchOf(flags.quiet ?? false)
  const scratch = openScratch(await mkdtemp(join(tmpdir(), 'naru-evaluate-')))
  const { signal } = interrupts
  try {
    const data = await readDataSet(files, scratch, settings, {
      signal,
      read: (articles) => watch.report({ done: articles, unit: 'articles', note: 'reading' }),
    })
    const observed = trec ? { signal, observe: trec.write.bind(trec) } : { signal }
    const evaluation = await prepareEvaluation({ ...data, settings, sentences }, observed, (done, total) =>
      watch.report({ done, total, unit: 'tasks', note: 'baselines' }),
    )
    const beir = flags.beir === undefined ? [] : writeBeir(resolve(flags.beir), evaluation.tasks)
    const judged: (JudgedModel & { readonly answers: readonly Answers[] })[] = []
    for (const model of models) {
      judged.push(await judge(evaluation, model, { workspace, flags, signal, watch, trec, several: models.length > 1 }))
    }
    const areSeeds = judged.length > 1 && models.every(({ precision }) => precision === models[0]!.precision)
    return {
      models: judged.map(({ answers: _, ...one }) => one),
      rounding: roundedScores(judged),
      mean: areSeeds ? await meanOf(evaluation, judged, signal) : null,
      missing: evaluation.missing,
      trec: trec?.close() ?? [],
      beir,
    }
  } finally {
    interrupts.release()
    watch.stop()
    await scratch.dispose()
  }
}

interface Judging {
  readonly workspace: Workspace
  readonly flags: EvaluateFlags
  readonly signal: AbortSignal
  readonly watch: Watch
  readonly trec: TrecFolder | undefined
  /** Of several models each has rankings of its own name. */
  readonly several: boolean
}

async function judge(
  evaluation: Evaluation,
  { name, folder, precision }: Model,
  { workspace, flags, signal, watch, trec, several }: Judging,
): Promise<JudgedModel & { readonly answers: readonly Answers[] }> {
  const isExact = precision === 'fp32'
  const encoder = isExact
    ? await loadSparseModel(folder, evaluation.settings)
    : await loadSparseEncoder(folder, { ...evaluation.settings, form: roundedOnnx(precision) })
  const shown = isExact ? name : `${name} ${precision}`
  const observe = trec && {
    observe: ((task, system, query, scores) =>
      trec.write(task, several ? `${system}-${shown}` : system, query, scores)) as TrecFolder['write'],
  }
  const encoded = (done: number, total: number) => watch.report({ done, total, unit: 'texts', note: shown })
  const judgement = await judgeModel(evaluation, encoder, { signal, ...observe }, encoded).finally(() =>
    encoder.close(),
  )
  const scores = scoresOf(shown, judgement)
  // The files of an export are those of its exact form.
  const isOfRun = dirname(folder) === join(workspace.models, 'exports')
  if (isExact && (flags.keep || isOfRun)) {
    const keptAs = isOfRun && { keptAs: { models: workspace.models, model: basename(folder) } }
    const files = openFolderStore({ data: folder, models: folder })
    await writeJudgement(files, { folder, ...keptAs }, scores, judgement, evaluation)
  }
  const { comparisons, answers } = judgement
  return { model: name, folder, precision, scores, comparisons, answers }
}

async function meanOf(
  { tasks, baselines, settings }: Evaluation,
  judged: readonly { readonly answers: readonly Answers[] }[],
  signal: AbortSignal,
): Promise<NonNullable<JudgedModels['mean']>> {
  const answers = meanAnswers(judged.map((one) => one.answers))
  const figures = retrievalFigures(tasks, [...answers, ...baselines])
  return {
    scores: scoresOf(`mean of ${judged.length}`, { figures }),
    comparisons: await comparisonsOf(answers, baselines, settings, signal),
  }
}

/** Those of the run, where there is one, under what is set for this call. */
function settingsOf({ runFile }: Workspace, flags: EvaluateFlags): EvaluationSettings {
  const record = readRecord(runFile)
  const { evaluator = [] } = gatherSettings({
    files: flags.config ?? (record ? [] : configFiles({})),
    environment: process.env,
    flags: flags.seed === undefined ? {} : { evaluator: { seed: flags.seed } },
  })
  const ofRun = record?.settings.evaluator as Tree | undefined
  return resolveSettings('evaluator', evaluationSettings, [ofRun ?? {}, ...evaluator]) as EvaluationSettings
}

/** Every model that is named, in every precision. */
function modelsOf(workspace: Workspace, { model, precision = ['fp32'] }: EvaluateFlags): Model[] {
  return foldersOf(workspace, model).flatMap((one) => precision.map((precision) => ({ ...one, precision })))
}

function foldersOf(workspace: Workspace, named: readonly string[] | undefined): Omit<Model, 'precision'>[] {
  if (named === undefined) return [modelFolder(workspace, undefined)]
  const bases = named.map((name) => basename(resolve(name)))
  return named.map((name, at) => {
    if (!existsSync(name)) return modelFolder(workspace, name)
    const folder = resolve(name)
    // Before minutes go into the baselines.
    if (!isSparseModel(folder)) throw unknownModel(folder)
    // Models of several seeds are often called the same: then the path tells them apart.
    const isDistinct = bases.indexOf(bases[at]!) === bases.lastIndexOf(bases[at]!)
    return { name: isDistinct ? bases[at]! : name, folder }
  })
}

function filesOf(workspace: Workspace, { articles, pairs }: EvaluateFlags): DataSetFiles {
  const ofRun = languagesOf(readRecord(workspace.runFile)).map((language) =>
    join(workspace.data, 'wikipedia', `${language}_articles.jsonl`),
  )
  const files = {
    articles: articles ?? ofRun,
    pairs: pairs ?? pairsFile(workspace),
  }
  const missing = [...files.articles, files.pairs].find((file) => !existsSync(file))
  if (missing === undefined) return files
  throw new ConfigError('INPUT_MISSING', 'there is nothing to judge with: a file of articles or pairs is missing', {
    at: { file: missing },
    hint: 'Name the folder of a run with --out, or files with --articles and --pairs.',
  })
}

async function sentencesOf({ sentences: given }: EvaluateFlags, { sentences, languages }: EvaluationSettings) {
  if (given === undefined) return sentences === null ? undefined : readSentences(sentences, languages)
  const [left, right, ...others] = given
  if (left !== undefined && right !== undefined && others.length === 0) return readSentences([left, right], languages)
  throw new ConfigError('SENTENCES_MISSING', `--sentences names ${given.length} files, not two`, {
    hint: `Give a file in ${languages[0]} and one in ${languages[1]}, a sentence a line.`,
  })
}

interface Watch {
  report(progress: Parameters<StageBoard['report']>[1]): void
  stop(): void
}

function watchOf(quiet: boolean): Watch {
  const board = new StageBoard(['evaluator'], Date.now)
  const display = openProgress({ stream: process.stderr, quiet, environment: process.env, nowMs: Date.now })
  return {
    report: (progress) => {
      board.report('evaluator', progress)
      display.update(board.views())
    },
    stop: () => display.stop(),
  }
}
