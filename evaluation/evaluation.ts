/** An evaluation: the tasks are made and the baselines answer once, then any number of models is judged beside them. */

import { existsSync } from 'node:fs'
import { contentMorphemes } from '../language/morpheme-tokens.ts'
import { loadMorphemes } from '../language/morphemes.ts'
import { aliasesOf } from './aliases.ts'
import { type Answering, type Answers, answersOf } from './answers.ts'
import type { Links, PairTable } from './links.ts'
import type { JudgedPages } from './pages.ts'
import type { AlignedSentences } from './sentences.ts'
import type { EvaluationSettings } from './settings.ts'
import { Baselines } from './systems.ts'
import { type Task, tasksOf } from './tasks.ts'

export interface EvaluationInputs {
  readonly pages: JudgedPages
  readonly pairs: PairTable
  readonly links: Links
  readonly settings: EvaluationSettings
  readonly sentences: AlignedSentences | undefined
}

export interface Evaluation extends EvaluationInputs {
  readonly tasks: readonly Task[]
  readonly baselines: readonly Answers[]
  /** What was not judged, and why, in a sentence each. */
  readonly missing: readonly string[]
}

/** `progress` is told how many of the tasks have been answered. */
export async function prepareEvaluation(
  inputs: EvaluationInputs,
  answering: Answering,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<Evaluation> {
  const { pages, pairs, links, settings, sentences } = inputs
  const { languages, maxPages, seed } = settings
  const aliases = aliasesOf(pairs, pages, { languages, count: maxPages, seed })
  const tasks = tasksOf({ pages, links, languages, aliases, sentences })
  const morphemes = settings.morphemes ? contentMorphemes(await loadMorphemes()) : undefined
  const systems = new Baselines({ links, leftLanguage: languages[0], morphemes })
  const baselines: Answers[] = []
  for (const [done, task] of tasks.entries()) {
    progress(done, tasks.length)
    for (const system of systems.for(task)) baselines.push(await answersOf(task, system, answering))
  }
  return { ...inputs, tasks, baselines, missing: missingOf(inputs, tasks) }
}

function missingOf({ settings, sentences }: EvaluationInputs, tasks: readonly Task[]): string[] {
  // A mixed pool has the names of both, and would hide that one language has few.
  const small = tasks.filter(
    ({ name, pool }) => name === 'synonyms' && pool.languages.length === 1 && pool.texts.length < wantedPool,
  )
  return [
    ...(sentences ? [] : [`Sentence retrieval was not judged: ${whyNoSentences(settings)}.`]),
    ...(settings.morphemes ? [] : ['BM25 on morphemes was not asked: the settings leave it out.']),
    ...small.map(({ to, pool }) => `Names in ${to} were searched among ${pool.texts.length}: there are no more.`),
  ]
}

function whyNoSentences({ sentences }: EvaluationSettings): string {
  const absent = sentences?.filter((file) => !existsSync(file)) ?? []
  return absent.length === 0 ? 'no sentences were given' : `${absent.join(' and ')} is not there`
}

/** A pool of fewer names than this makes the task easier than it should be. */
const wantedPool = 10_000
