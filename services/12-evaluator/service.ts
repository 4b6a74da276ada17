import type { z } from 'zod'
import { loadSparseEncoder } from '../../model/sparse-encoder.ts'
import { dropped, emit, type Stream, stream } from '../../runtime/service.ts'
import type { ModelExport, Score, Synonym } from '../../schemas/types.ts'
import { type EncodedLead, writeLeadIndex } from '../../search/lead-index.ts'
import { baselineAnswers, modelAnswers } from './answers.ts'
import { retrievalFigures, sparsityFigures } from './figures.ts'
import { Links } from './links.ts'
import { type JudgedPages, judgedPages, type PageRecord, recordOf } from './pages.ts'
import { settings } from './settings.ts'
import type { VectorSet } from './sparsity.ts'
import { sizeOf, tasksOf } from './tasks.ts'
import { encodeAll, type TextEncoder, type Vectors } from './vectors.ts'

type LoadEncoder = (folder: string, settings: { readonly threads: number }) => Promise<TextEncoder>
type Languages = z.output<typeof settings>['languages']

export default evaluator(loadSparseEncoder)

export function evaluator(load: LoadEncoder): Stream {
  return stream('evaluator', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
    const { settings, scratch, files, progress, signal, log } = deps
    const { languages } = settings
    const records = scratch.table<PageRecord>('pages')
    const synonyms = scratch.table<Synonym>('synonyms')
    const exports = new Map<string, ModelExport>()
    for await (const { topic, key, value } of events) {
      // Of each key the last event counts: pages are edited, pairs gain evidence, models are published again.
      if (topic === 'articles') records.put(key, recordOf(value, settings.passageCharacters))
      else if (topic === 'synonyms') synonyms.put(key, value)
      else {
        if (exports.has(value.model)) yield dropped('not_final')
        exports.set(value.model, value)
      }
    }

    const links = new Links(synonyms, languages)
    const pages = judgedPages(records, links, settings)
    for (const [reason, count] of pages.dropped) yield dropped(reason, count)
    if (exports.size === 0) {
      log.warn('no model was exported, nothing is judged')
      return
    }

    const tasks = tasksOf(pages, links, languages)
    log.info({ tasks: tasks.map(sizeOf), trainPairs: links.trainPairs.length }, 'evaluation begins')
    const baselines = await baselineAnswers(tasks, links, languages[0], signal)
    const texts = textsOf(pages, languages)
    const total = texts.size * exports.size
    for (const [number, [model, { address }]] of [...exports].sort(([a], [b]) => (a < b ? -1 : 1)).entries()) {
      const encoder = await load(files.path(address), settings)
      const encoded = (done: number) =>
        progress.report({ done: number * texts.size + done, total, unit: 'texts', note: model })
      const vectors = await encodeAll(texts, encoder, settings, { signal, encoded }).finally(() => encoder.close())

      const answers = [...(await modelAnswers(tasks, vectors, signal)), ...baselines]
      const figures = [
        ...retrievalFigures(tasks, answers),
        ...sparsityFigures(vectorSets(pages, vectors, languages), settings),
      ]
      const scores = figures.map((figure): Score => ({ model, ...figure }))
      await writeLeadIndex(files, `${address}/search`, encodedLeads(pages, vectors, languages))
      await files.write(`${address}/scores.json`, jsonArray(scores))
      log.info({ model, scores: scores.length }, 'model judged')
      for (const score of scores) yield emit.scores(score)
    }
  })
}

function textsOf(pages: JudgedPages, languages: Languages): ReadonlySet<string> {
  const all = languages.flatMap((language) => pages.of(language).flatMap(({ name, passage }) => [name, passage]))
  return new Set(all.filter((text) => text !== ''))
}

function vectorSets(pages: JudgedPages, vectors: Vectors, languages: Languages): ReadonlyMap<string, VectorSet> {
  return new Map(
    languages.map((language) => {
      const queries = pages.of(language).map(({ name }) => vectors.query(name))
      const documents = encodedLeads(pages, vectors, [language]).map(({ vector }) => vector)
      return [language, { queries, documents }]
    }),
  )
}

function encodedLeads(pages: JudgedPages, vectors: Vectors, languages: readonly string[]): EncodedLead[] {
  return languages
    .flatMap((language) => pages.of(language))
    .filter(({ passage }) => passage !== '')
    .map(({ language, title, passage }) => ({ language, title, lead: passage, vector: vectors.document(passage) }))
}

/** One score a line: readable by a JSON parser, and by grep and diff. */
function jsonArray(scores: readonly Score[]): string {
  return scores.length === 0 ? '[]\n' : `[\n${scores.map((score) => JSON.stringify(score)).join(',\n')}\n]\n`
}
