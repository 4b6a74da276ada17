/** What every system makes of every query. */
import { setImmediate as breathe } from 'node:timers/promises'
import { figuresOf, type QueryMetric, queryMetrics } from '../search/metrics.ts'
import type { System } from './systems.ts'
import type { Query, Task } from './tasks.ts'

/** The figures of a system, query by query in the order of the task's queries. */
export interface Answers {
  readonly task: Task
  readonly system: string
  readonly values: Readonly<Record<QueryMetric, Float64Array>>
  /** 1 where no document of the pool has a score above 0: a miss in each metric. */
  readonly unmatched: Float64Array
}

/** Is shown every ranking before it is reduced to figures; the scores are those of the pool's documents. */
export type RankingObserver = (task: Task, system: string, query: Query, scores: ArrayLike<number>) => void

export interface Answering {
  readonly signal: AbortSignal
  readonly observe?: RankingObserver | undefined
}

/** Queries ranked before the event loop gets a turn (heartbeats, ctrl-C). */
const queriesPerTurn = 256

export async function answersOf(task: Task, system: System, { signal, observe }: Answering): Promise<Answers> {
  const { queries } = task
  const values = emptyValues(queries.length)
  const unmatched = new Float64Array(queries.length)
  for (const [at, query] of queries.entries()) {
    if (at % queriesPerTurn === 0) await breathe()
    signal.throwIfAborted()
    const scores = system.scores(query.text)
    const figures = figuresOf(scores, new Map(Array.from(query.relevant, (doc) => [doc, 1])), query.ignored)
    for (const metric of queryMetrics) values[metric][at] = figures[metric]
    unmatched[at] = hasMatch(scores, query.ignored) ? 0 : 1
    observe?.(task, system.name, query, scores)
  }
  return { task, system: system.name, values, unmatched }
}

/** The means of several models' answers to the same tasks, query by query: what models of several seeds have in common. */
export function meanAnswers(models: readonly (readonly Answers[])[]): Answers[] {
  const [first = []] = models
  return first.map(({ task, system }, at) => {
    const same = models.map((answers) => answers[at]!)
    const mean = (of: (answers: Answers) => Float64Array) =>
      of(same[0]!).map((_, query) => same.reduce((sum, one) => sum + of(one)[query]!, 0) / same.length)
    const values = emptyValues(0)
    for (const metric of queryMetrics) values[metric] = mean((one) => one.values[metric])
    return { task, system, values, unmatched: mean((one) => one.unmatched) }
  })
}

function emptyValues(queries: number): Record<QueryMetric, Float64Array> {
  const empty = () => new Float64Array(queries)
  return { 'hit@1': empty(), 'mrr@10': empty(), 'recall@10': empty(), 'recall@100': empty(), 'ndcg@10': empty() }
}

function hasMatch(scores: ArrayLike<number>, ignored: readonly number[]): boolean {
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > 0 && !ignored.includes(doc)) return true
  return false
}
