/** Scores arranged as tables: a task each, systems and directions down, metrics across. */
import type { Score } from '../schemas/types.ts'

export interface ScoreCell {
  readonly text: string
  /** Undefined where the system was not measured so. */
  readonly value: number | undefined
  /** True for the best of the task's systems in this direction, stratum and metric. */
  readonly best: boolean
}

export interface ScoreRow {
  readonly system: string
  readonly direction: string
  readonly stratum: string
  readonly queries: number
  readonly pool: number
  readonly cells: readonly ScoreCell[]
}

export interface ScoreTable {
  readonly metrics: readonly string[]
  readonly rows: readonly ScoreRow[]
}

/** Tasks that several systems were given, in the order of the evaluator. */
export function retrievalTasks(scores: readonly Score[]): string[] {
  return inOrder(scores.map(({ task }) => task)).filter((task) => systemsOf(scores, task).length > 1)
}

/** Tasks of the model alone, such as how sparse its vectors are. */
export function loneTasks(scores: readonly Score[]): string[] {
  return inOrder(scores.map(({ task }) => task)).filter((task) => systemsOf(scores, task).length === 1)
}

function systemsOf(scores: readonly Score[], task: string): string[] {
  return inOrder(scores.filter((score) => score.task === task).map(({ system }) => system))
}

/** Figures of a task with one system: metrics down, directions across; empty where there is none. */
export function loneFigures(
  scores: readonly Score[],
  task: string,
): { readonly directions: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const own = scores.filter((score) => score.task === task && score.stratum === 'all')
  const directions = inOrder(own.map(({ direction }) => direction))
  const rows = inOrder(own.map(({ metric }) => metric)).map((metric) => [
    metric,
    ...directions.map((direction) => {
      const value = own.find((score) => score.metric === metric && score.direction === direction)?.value
      return value === undefined ? '' : formatScore(value)
    }),
  ])
  return { directions, rows }
}

export interface ComparisonRow {
  readonly task: string
  readonly direction: string
  readonly stratum: string
  readonly queries: number
  /** One a system, in the order of `systems`. */
  readonly cells: readonly ScoreCell[]
}

/** One metric of all tasks, as a terminal has room for it: systems across. */
export function comparison(
  scores: readonly Score[],
  metric: string,
): { readonly systems: readonly string[]; readonly rows: readonly ComparisonRow[] } {
  const tasks = retrievalTasks(scores)
  const taken = scores.filter(
    ({ metric: name, task, stratum, system }) =>
      name === metric && tasks.includes(task) && mainStrata.includes(stratum) && !detailedSystems.includes(system),
  )
  const systems = inOrder(taken.map(({ system }) => system))
  const names = inOrder(taken.map(({ task, direction, stratum }) => `${task}\t${direction}\t${stratum}`))
  const rows = names.map((name) => {
    const group = taken.filter(({ task, direction, stratum }) => `${task}\t${direction}\t${stratum}` === name)
    const { task, direction, stratum, queries } = group[0]!
    const cells = systems.map((system) =>
      cellOf(
        metric,
        group.filter((score) => score.system === system),
        group,
      ),
    )
    return { task, direction, stratum, queries, cells }
  })
  return { systems, rows }
}

/** Sides of the split that are shown together, as unseen; scores.json has each. */
const unshownStrata = ['val', 'test']
/** What a terminal has room for; the report has the others, folded. */
export const mainStrata: readonly string[] = ['all', 'train', 'unseen']
/** Across languages they find as little as bm25 does. */
const detailedSystems = ['bm25-words', 'bm25-morphemes']

/** Parts of the queries that people see, in the order of the evaluator. */
export function shownStrata(scores: readonly Score[]): string[] {
  return inOrder(scores.map(({ stratum }) => stratum)).filter((stratum) => !unshownStrata.includes(stratum))
}

/** One row for each stratum, direction and system that was measured. */
export function retrievalRows(scores: readonly Score[], task: string, strata: readonly string[]): ScoreTable {
  const taken = scores.filter((score) => score.task === task && strata.includes(score.stratum))
  const metrics = inOrder(taken.map(({ metric }) => metric))
  const directions = inOrder(taken.map(({ direction }) => direction))
  const systems = inOrder(taken.map(({ system }) => system))
  const rows = strata.flatMap((stratum) =>
    directions.flatMap((direction) => {
      const group = taken.filter((score) => score.stratum === stratum && score.direction === direction)
      return systems.flatMap((system) => {
        const own = group.filter((score) => score.system === system)
        const first = own[0]
        if (!first) return []
        const cells = metrics.map((metric) => cellOf(metric, own, group))
        return [{ system, direction, stratum, queries: first.queries, pool: first.pool, cells }]
      })
    }),
  )
  return { metrics, rows }
}

function cellOf(metric: string, own: readonly Score[], group: readonly Score[]): ScoreCell {
  const value = own.find((score) => score.metric === metric)?.value
  const rivals = group.filter((score) => score.metric === metric).map((score) => score.value)
  const best =
    value !== undefined && value > 0 && isHigherBetter(metric) && rivals.length > 1 && value === Math.max(...rivals)
  return { text: value === undefined ? '' : formatScore(value), value, best }
}

/** Sizes and shares of failure are facts beside the figures of merit: no best is marked for them. */
function isHigherBetter(metric: string): boolean {
  return /^(hit|mrr|recall|ndcg|map|precision|accuracy)/i.test(metric)
}

export function formatScore(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3)
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
}

function inOrder(names: readonly string[]): string[] {
  return [...new Set(names)]
}
