/** What the monitor shows beside the pipeline, out of a workspace. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cardFactsName, reviewName } from '../dictionary/card-facts.ts'
import { entriesOf, nameOf } from '../dictionary/entries.ts'
import { explainTerm, pairJson } from '../dictionary/explanation.ts'
import { drawQuestions, type Question, readReview, recordAnswer, unanswered } from '../dictionary/review-sample.ts'
import { writeCard } from '../dictionary/write-card.ts'
import type { Judgement, ReviewQueue, Sources } from '../monitor/web/source-routes.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { TransportFlags } from './connect.ts'
import { pairsFile, readPairs } from './outputs.ts'
import { modelFolder, openSearchModel, type SearchModel } from './published-model.ts'
import { retriedApart } from './retry-apart.ts'
import { languagesOf, readRecord } from './run-record.ts'
import { SearchComparer } from './search-comparison.ts'
import type { Workspace } from './workspace.ts'

export interface SourceFlags extends TransportFlags {
  readonly out?: string
  readonly model?: string
}

/** As naru synonyms review asks where it is told nothing else, so that both go on with the same pairs. */
const review = { perSource: 50, seed: 1 }
const pagesShown = 3

export function monitorSources(workspace: Workspace, flags: SourceFlags): Sources & { close(): Promise<void> } {
  const questions = new Questions(workspace)
  const search = new OpenedModel(workspace, flags.model)
  return {
    models: workspace.models,
    explain: async (term) => {
      const { folded, pairs, nearest } = await explainTerm(workspace.data, term)
      return { term, folded, pairs: pairs.map(pairJson), nearest }
    },
    sourceCounts: async () => {
      const pairs = await readPairs(workspace)
      const sources = pairs?.sources.map(({ source, pairs: count }) => ({ source, pairs: count })) ?? []
      return { total: pairs?.total ?? 0, splits: pairs?.splits, sources }
    },
    reviewQueue: () => questions.queue(),
    judge: (judgement) => questions.judge(judgement),
    search: async (text, hits) => (await search.open()).compare(text, hits),
    retry: (service, at) => retriedApart(`${service}@${at}`, flags),
    close: () => search.close(),
  }
}

/** The pairs to be judged, drawn again where the dictionary is another one. */
class Questions {
  private readonly workspace: Workspace
  private drawn: { readonly atMs: number; readonly questions: Promise<Question[]> } | undefined

  constructor(workspace: Workspace) {
    this.workspace = workspace
  }

  async queue(): Promise<ReviewQueue> {
    const judged = await readReview(this.file)
    const open = unanswered(await this.questions(), judged).map(({ entry, sources }) => {
      const { left, right, languages, confidence, evidence } = entry
      const pages = [
        ...new Set(
          evidence.map(({ rule, pages: titles = [] }) => `${rule}: ${titles.filter(Boolean).join(' ↔ ') || '–'}`),
        ),
      ]
      return { left, right, languages, confidence, sources, pages: pages.slice(0, pagesShown) }
    })
    return { open, judged: judged.length }
  }

  /** Throws ConfigError PAIR_UNKNOWN where the pair is none of those that are asked about, or was judged. */
  async judge({ verdict, ...pair }: Judgement): Promise<void> {
    const open = unanswered(await this.questions(), await readReview(this.file))
    const question = open.find(({ entry }) => nameOf(entry) === nameOf(pair))
    if (!question)
      throw new ConfigError('PAIR_UNKNOWN', `${nameOf(pair)} is not to be judged`, {
        hint: 'Open the page again: the questions were drawn anew.',
      })
    recordAnswer(this.file, question, verdict)
    if (existsSync(join(dirname(this.file), cardFactsName))) await writeCard(dirname(this.file))
  }

  private get file(): string {
    return join(this.workspace.data, 'synonyms', reviewName)
  }

  private questions(): Promise<Question[]> {
    const entries = pairsFile(this.workspace)
    if (!existsSync(entries)) return Promise.resolve([])
    const atMs = statSync(entries).mtimeMs
    if (this.drawn?.atMs !== atMs) this.drawn = { atMs, questions: drawQuestions(entriesOf(entries), review) }
    return this.drawn.questions
  }
}

/** The model is loaded with the first search, and again where a newer one was exported. */
class OpenedModel {
  private readonly workspace: Workspace
  private readonly name: string | undefined
  private opened:
    | { readonly key: string; readonly model: Promise<SearchModel>; readonly comparer: Promise<SearchComparer> }
    | undefined

  constructor(workspace: Workspace, name: string | undefined) {
    this.workspace = workspace
    this.name = name
  }

  async open(): Promise<SearchComparer> {
    const found = modelFolder(this.workspace, this.name)
    const key = `${found.folder} ${statSync(join(found.folder, 'onnx', 'model.onnx')).mtimeMs}`
    if (this.opened?.key !== key) {
      await this.close()
      const model = openSearchModel(found, languagesOf(readRecord(this.workspace.runFile)))
      this.opened = { key, model, comparer: model.then((loaded) => new SearchComparer(loaded)) }
    }
    return this.opened.comparer
  }

  async close(): Promise<void> {
    const { opened } = this
    this.opened = undefined
    await (await opened?.model)?.close()
  }
}
