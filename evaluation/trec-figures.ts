/** The figures of runs that others have made. */
import { figuresOf, type QueryMetric, queryMetrics } from '../search/metrics.ts'
import { type BootstrapSettings, type Difference, pairedBootstrap } from './bootstrap.ts'
import { holm } from './holm.ts'
import type { Qrels, TrecRun } from './trec.ts'

export interface JudgedRun {
  /** Queries with a right document; one that the run lacks is a miss, as with trec_eval's -c. */
  readonly queries: number
  readonly means: Readonly<Record<QueryMetric | 'unmatched', number>>
  /** In the order of the queries in the qrels. */
  readonly values: Readonly<Record<QueryMetric, Float64Array>>
}

export interface RunComparison extends Difference {
  readonly metric: QueryMetric
  /** Number of the run that the first one is compared with. */
  readonly run: number
  /** Corrected over all metrics and runs. */
  readonly pHolm: number
}

export function judgeRun(run: TrecRun, qrels: Qrels): JudgedRun {
  const asked = [...qrels].filter(([, gains]) => [...gains.values()].some((gain) => gain > 0))
  const figures = asked.map(([query, gains]) => figuresOfQuery(run.get(query) ?? new Map(), gains))
  const mean = (figureOf: (at: number) => number): number =>
    asked.reduce((sum, _, at) => sum + figureOf(at), 0) / Math.max(1, asked.length)
  const columns = queryMetrics.map((metric) => [metric, Float64Array.from(figures, (one) => one[metric])] as const)
  const means = columns.map(([metric, values]) => [metric, mean((at) => values[at]!)] as const)
  const unmatched = mean((at) => (run.has(asked[at]![0]) ? 0 : 1))
  return {
    queries: asked.length,
    means: { ...recordOf(means), unmatched },
    values: recordOf(columns),
  }
}

/** The first run beside each other one. */
export function compareRuns(runs: readonly JudgedRun[], settings: BootstrapSettings): RunComparison[] {
  const [first, ...others] = runs
  if (!first || others.length === 0) return []
  const asked = others.flatMap((other, at) => queryMetrics.map((metric) => ({ metric, other, run: at + 1 })))
  const differences = asked.map(({ metric, other }) =>
    first.values[metric].map((value, query) => value - other.values[metric][query]!),
  )
  const found = pairedBootstrap(differences, settings)
  const pHolm = holm(found.map(({ p }) => p))
  return found.map((difference, at) => {
    const { metric, run } = asked[at]!
    return { metric, run, ...difference, pHolm: pHolm[at]! }
  })
}

function figuresOfQuery(scores: ReadonlyMap<string, number>, gains: ReadonlyMap<string, number>) {
  const documents = [...new Set([...scores.keys(), ...gains.keys()])]
  const places = new Map(documents.map((document, at) => [document, at]))
  // Scores of others may be logarithms below 0: what counts is their order, and which are the same.
  const sorted = [...new Set(scores.values())].sort((a, b) => a - b)
  const levels = new Map(sorted.map((score, at) => [score, at + 1]))
  const ordinals = documents.map((document) => levels.get(scores.get(document) ?? Number.NaN) ?? 0)
  return figuresOf(ordinals, new Map([...gains].map(([document, gain]) => [places.get(document)!, gain])))
}

function recordOf<K extends string, V>(entries: readonly (readonly [K, V])[]): Record<K, V> {
  return Object.fromEntries(entries) as Record<K, V>
}
