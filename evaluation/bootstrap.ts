/**
 * Whether a difference between two systems could be chance: the paired bootstrap over queries (Efron 1979; Koehn 2004 for
 * comparing systems). The queries are drawn anew with replacement, and the mean difference is taken each time.
 */
import { Randomness } from '../model/randomness.ts'

export interface BootstrapSettings {
  /** How often the queries are drawn. */
  readonly resamples: number
  readonly seed: number
}

export interface Difference {
  /** Mean over the queries. */
  readonly mean: number
  /** Middle 95 % of the resampled means (percentile interval). */
  readonly lower: number
  readonly upper: number
  /**
   * Two-sided: twice the share of the resampled means on the other side of 0, at most 1. One resample is added to either
   * side, so that it is never 0: no more can be said than the resamples allow.
   */
  readonly p: number
}

/**
 * `differences`: for each comparison its difference for each query, all of the same length; the same draws serve all of them.
 * The same differences and settings give the same figures. An empty list of queries gives no difference, p 1.
 */
export function pairedBootstrap(
  differences: readonly Float64Array[],
  { resamples, seed }: BootstrapSettings,
): Difference[] {
  const queries = differences[0]?.length ?? 0
  const { groupOf, sizes, values } = grouped(differences, queries)
  const means = differences.map(() => new Float64Array(resamples))
  const randomness = new Randomness(seed)
  const drawn = new Uint32Array(sizes.length)
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0)
    for (let draw = 0; draw < queries; draw++) drawn[groupOf[randomness.below(queries)]!]! += 1
    for (const [at, ofGroups] of values.entries()) means[at]![resample] = meanOf(ofGroups, drawn, queries)
  }
  return values.map((ofGroups, at) => ({ mean: meanOf(ofGroups, sizes, queries), ...spreadOf(means[at]!.sort()) }))
}

/** Queries whose differences are all the same count together: there are few such groups, and only they need be summed. */
function grouped(differences: readonly Float64Array[], queries: number) {
  const numbers = new Map<string, number>()
  const groupOf = new Uint32Array(queries)
  const members: number[] = []
  const sizes: number[] = []
  for (let query = 0; query < queries; query++) {
    const key = differences.map((values) => values[query]).join()
    const group = numbers.get(key) ?? members.length
    groupOf[query] = group
    sizes[group] = (sizes[group] ?? 0) + 1
    if (group < members.length) continue
    numbers.set(key, group)
    members.push(query)
  }
  const values = differences.map((all) => Float64Array.from(members, (query) => all[query]!))
  return { groupOf, sizes: Uint32Array.from(sizes), values }
}

function meanOf(values: Float64Array, times: Uint32Array, queries: number): number {
  let sum = 0
  for (let group = 0; group < values.length; group++) sum += times[group]! * values[group]!
  return queries === 0 ? 0 : sum / queries
}

/** `means`: sorted. */
function spreadOf(means: Float64Array): Omit<Difference, 'mean'> {
  const count = means.length
  const firstFrom = (index: number): number => (index === -1 ? count : index)
  const below = firstFrom(means.findIndex((mean) => mean >= 0))
  const notAbove = firstFrom(means.findIndex((mean) => mean > 0))
  return {
    lower: quantile(means, 0.025),
    upper: quantile(means, 0.975),
    p: Math.min(1, (2 * (Math.min(notAbove, count - below) + 1)) / (count + 1)),
  }
}

/** Linear between neighbours, as numpy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
  return low + (high - low) * (place - Math.floor(place))
}
