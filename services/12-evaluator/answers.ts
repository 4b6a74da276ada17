/** Every system's ranks for every query. */
import { setImmediate as breathe } from 'node:timers/promises'
import { type RankedQuery, rankOf } from '../../search/metrics.ts'
import type { Links } from './links.ts'
import { Baselines, neuralSystem, type System } from './systems.ts'
import type { Task } from './tasks.ts'
import type { Vectors } from './vectors.ts'

export interface Answers {
  readonly task: Task
  readonly system: string
  /** In the order of the task's queries. */
  readonly ranked: readonly RankedQuery[]
}

/** Queries ranked before the event loop gets a turn (heartbeats, ctrl-C). */
const queriesPerTurn = 256

export async function baselineAnswers(
  tasks: readonly Task[],
  links: Links,
  leftLanguage: string,
  signal: AbortSignal,
): Promise<Answers[]> {
  const baselines = new Baselines(links, leftLanguage)
  const answers: Answers[] = []
  for (const task of tasks) {
    for (const system of baselines.for(task)) answers.push(await answersOf(task, system, signal))
  }
  return answers
}

export async function modelAnswers(tasks: readonly Task[], vectors: Vectors, signal: AbortSignal): Promise<Answers[]> {
  const answers: Answers[] = []
  for (const task of tasks) answers.push(await answersOf(task, neuralSystem(task.pool, vectors), signal))
  return answers
}

async function answersOf(task: Task, system: System, signal: AbortSignal): Promise<Answers> {
  const ranked: RankedQuery[] = []
  for (const { text, relevant } of task.queries) {
    if (ranked.length % queriesPerTurn === 0) await breathe()
    signal.throwIfAborted()
    ranked.push(rankOf(system.scores(text), relevant))
  }
  return { task, system: system.name, ranked }
}
