/** A model judged: its answers beside those of the baselines, its sparsity, and what tells it from a degenerate one. */
import type { EncodedLead } from '../search/lead-index.ts'
import { type Answering, type Answers, answersOf } from './answers.ts'
import { type Comparison, comparisonsOf } from './comparisons.ts'
import { controlOf } from './control.ts'
import type { Evaluation } from './evaluation.ts'
import { controlFigures, type Figure, pruningFigures, retrievalFigures, sparsityFigures } from './figures.ts'
import { type MeanInterval, meanIntervalsOf } from './intervals.ts'
import { mostFrequentTerms, type VectorSet } from './sparsity.ts'
import { NeuralSystems } from './systems.ts'
import type { Task } from './tasks.ts'
import { encodeAll, pruned, type TextEncoder, textCount, textsOf, type Vectors } from './vectors.ts'

export interface FrequentTerm {
  readonly term: string
  /** Share of the texts, names and leads of both languages, in which it is active. */
  readonly share: number
}

export interface Judgement {
  readonly answers: readonly Answers[]
  readonly figures: readonly Figure[]
  readonly comparisons: readonly Comparison[]
  /** Of the model's figures and of the baselines'. */
  readonly intervals: readonly MeanInterval[]
  readonly frequentTerms: readonly FrequentTerm[]
  /** Every lead with its vector: the search index. */
  readonly leads: readonly EncodedLead[]
}

const frequentTermsShown = 30

/** `encoded` is told how many of how many texts have been encoded. The encoder stays open. */
export async function judgeModel(
  evaluation: Evaluation,
  encoder: TextEncoder,
  answering: Answering,
  encoded: (done: number, total: number) => void,
): Promise<Judgement> {
  const { tasks, baselines, settings } = evaluation
  const texts = textsOf(tasks, namesOf(evaluation))
  const total = textCount(texts, encoder)
  const { signal } = answering
  const vectors = await encodeAll(texts, encoder, settings, { signal, encoded: (done) => encoded(done, total) })
  const answers = await modelAnswers(tasks, vectors, answering)
  const sets = vectorSets(evaluation, vectors)
  const everything = [...sets.values()].flatMap(({ queries, documents }) => [...queries, ...documents])
  return {
    answers,
    figures: [
      ...retrievalFigures(tasks, [...answers, ...baselines]),
      ...sparsityFigures(sets, settings),
      ...(await figuresOfPruning(evaluation, vectors, answers, signal)),
      ...figuresOfControl(evaluation, encoder, vectors),
    ],
    comparisons: await comparisonsOf(answers, baselines, settings, signal),
    intervals: meanIntervalsOf([...answers, ...baselines]),
    frequentTerms: mostFrequentTerms(everything, frequentTermsShown).map(({ term, share }) => ({
      term: encoder.decode(term),
      share,
    })),
    leads: encodedLeads(evaluation, vectors, settings.languages),
  }
}

async function modelAnswers(tasks: readonly Task[], vectors: Vectors, answering: Answering): Promise<Answers[]> {
  const systems = new NeuralSystems(vectors)
  const answers: Answers[] = []
  for (const task of tasks) answers.push(await answersOf(task, systems.for(task), answering))
  return answers
}

/** Where no text has more terms than the limit, cutting changes nothing. */
async function figuresOfPruning(
  { tasks, settings }: Evaluation,
  vectors: Vectors,
  whole: readonly Answers[],
  signal: AbortSignal,
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const terms of settings.pruningTerms) {
    const systems = new NeuralSystems(pruned(vectors, terms))
    for (const [at, task] of tasks.entries()) {
      const changes =
        task.queries.some(({ text }) => vectors.query(text).terms.length > terms) ||
        task.pool.texts.some((text) => vectors.document(text).terms.length > terms)
      const answers = changes ? await answersOf(task, systems.for(task), { signal }) : whole[at]!
      figures.push(...pruningFigures([answers], terms))
    }
  }
  return figures
}

function figuresOfControl({ tasks, settings }: Evaluation, encoder: TextEncoder, vectors: Vectors): Figure[] {
  return tasks
    .filter(({ name, pool }) => name === 'synonyms' && pool.languages.length === 1)
    .flatMap((task) =>
      (['all', 'unseen'] as const).flatMap((stratum) => {
        const queries = task.queries.filter((query) => query.strata.includes(stratum))
        if (queries.length < 2) return []
        const control = controlOf(task, queries, vectors, { contentIds: encoder.contentIds, seed: settings.seed })
        return controlFigures(task, control, stratum)
      }),
    )
}

function namesOf({ pages, settings }: Evaluation): string[] {
  return settings.languages.flatMap((language) => pages.of(language).map(({ name }) => name))
}

function vectorSets(evaluation: Evaluation, vectors: Vectors): ReadonlyMap<string, VectorSet> {
  const { pages, settings } = evaluation
  return new Map(
    settings.languages.map((language) => {
      const queries = pages.of(language).map(({ name }) => vectors.query(name))
      const documents = encodedLeads(evaluation, vectors, [language]).map(({ vector }) => vector)
      return [language, { queries, documents }]
    }),
  )
}

function encodedLeads({ pages }: Evaluation, vectors: Vectors, languages: readonly string[]): EncodedLead[] {
  return languages
    .flatMap((language) => pages.of(language))
    .filter(({ passage }) => passage !== '')
    .map(({ language, title, passage }) => ({ language, title, lead: passage, vector: vectors.document(passage) }))
}
