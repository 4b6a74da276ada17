import { existsSync } from 'node:fs'
import { prepareEvaluation } from '../../evaluation/evaluation.ts'
import { judgeModel } from '../../evaluation/judgement.ts'
import { scoresOf, writeJudgement } from '../../evaluation/judgement-files.ts'
import { Links } from '../../evaluation/links.ts'
import { judgedPages, type PageRecord, recordOf } from '../../evaluation/pages.ts'
import { type AlignedSentences, readSentences } from '../../evaluation/sentences.ts'
import type { EvaluationSettings } from '../../evaluation/settings.ts'
import { sizeOf } from '../../evaluation/tasks.ts'
import type { TextEncoder } from '../../evaluation/vectors.ts'
import { loadSparseModel } from '../../model/sparse-model.ts'
import type { Logger } from '../../runtime/log.ts'
import { dropped, emit, type Stream, stream } from '../../runtime/service.ts'
import type { ModelExport, Synonym } from '../../schemas/types.ts'
import { settings } from './settings.ts'

type LoadEncoder = (folder: string, settings: { readonly threads: number }) => Promise<TextEncoder>

export default evaluator(loadSparseModel)

export function evaluator(load: LoadEncoder): Stream {
  return stream('evaluator', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
    const { settings, scratch, files, progress, signal, log } = deps
    const records = scratch.table<PageRecord>('pages')
    const pairs = scratch.table<Synonym>('synonyms')
    const exports = new Map<string, ModelExport>()
    for await (const { topic, key, value } of events) {
      // Of each key the last event counts: pages are edited, pairs gain evidence, models are published again.
      if (topic === 'articles') records.put(key, recordOf(value, settings.passageCharacters))
      else if (topic === 'synonyms') pairs.put(key, value)
      else {
        if (exports.has(value.model)) yield dropped('not_final')
        exports.set(value.model, value)
      }
    }

    const links = new Links(pairs, settings.languages)
    const pages = judgedPages(records, links, settings)
    for (const [reason, count] of pages.dropped) yield dropped(reason, count)
    if (exports.size === 0) {
      log.warn('no model was exported, nothing is judged')
      return
    }

    const sentences = await sentencesOf(settings, log)
    const evaluation = await prepareEvaluation(
      { pages, pairs, links, settings, sentences },
      { signal },
      (done, total) => progress.report({ done, total, unit: 'tasks', note: 'baselines' }),
    )
    const { tasks, missing } = evaluation
    log.info({ tasks: tasks.map(sizeOf), trainPairs: links.trainPairs.length, missing }, 'evaluation begins')
    const models = [...exports].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [number, [model, { address }]] of models.entries()) {
      const encoder = await load(files.path(address), settings)
      const encoded = (done: number, texts: number) =>
        progress.report({ done: number * texts + done, total: models.length * texts, unit: 'texts', note: model })
      const judgement = await judgeModel(evaluation, encoder, { signal }, encoded).finally(() => encoder.close())
      const scores = scoresOf(model, judgement)
      await writeJudgement(
        files,
        { folder: address, keptAs: { models: 'models', model } },
        scores,
        judgement,
        evaluation,
      )
      log.info({ model, scores: scores.length }, 'model judged')
      for (const score of scores) yield emit.scores(score)
    }
  })
}

/** Files that are not there are no reason to lose hours of training: the task is left out, and the report says so. */
async function sentencesOf(
  { sentences, languages }: EvaluationSettings,
  log: Logger,
): Promise<AlignedSentences | undefined> {
  if (!sentences) return undefined
  const absent = sentences.filter((file) => !existsSync(file))
  if (absent.length === 0) return readSentences(sentences, languages)
  log.warn({ files: absent }, 'sentences are not there, their task is left out')
  return undefined
}
