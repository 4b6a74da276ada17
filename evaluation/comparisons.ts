/** Whether the model is better than each baseline, or the difference could be chance. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { QueryMetric } from '../search/metrics.ts'
import type { Answers } from './answers.ts'
import { type BootstrapSettings, type Difference, pairedBootstrap } from './bootstrap.ts'
import { holm } from './holm.ts'
import type { Stratum } from './strata.ts'
import { directionOf } from './tasks.ts'

export interface Comparison {
  readonly task: string
  readonly direction: string
  readonly stratum: string
  readonly metric: string
  readonly baseline: string
  readonly queries: number
  /** The model's mean less the baseline's. */
  readonly difference: number
  /** 95 % interval of the difference. */
  readonly lower: number
  readonly upper: number
  readonly p: number
  /** After Holm's correction over all tasks × directions in which the model meets this baseline. */
  readonly pHolm: number
}

const comparedMetrics = ['hit@1', 'mrr@10'] as const satisfies readonly QueryMetric[]
/** All queries, and those that tell whether the model has learnt more than its pairs. */
const comparedStrata = ['all', 'unseen'] as const satisfies readonly Stratum[]

/** `model` and `baselines`: answers to the same tasks. Lets the event loop have a turn between tasks. */
export async function comparisonsOf(
  model: readonly Answers[],
  baselines: readonly Answers[],
  settings: BootstrapSettings,
  signal: AbortSignal,
): Promise<Comparison[]> {
  const uncorrected: Omit<Comparison, 'pHolm'>[] = []
  for (const own of model) {
    const rivals = baselines.filter(({ task }) => task === own.task)
    for (const stratum of comparedStrata) {
      await breathe()
      signal.throwIfAborted()
      uncorrected.push(...comparisonsIn(stratum, own, rivals, settings))
    }
  }
  const families = new Map<string, Omit<Comparison, 'pHolm'>[]>()
  for (const one of uncorrected) {
    const name = `${one.stratum}\t${one.metric}\t${one.baseline}`
    families.set(name, [...(families.get(name) ?? []), one])
  }
  const corrected = new Map(
    [...families.values()].flatMap((family) => {
      const pHolm = holm(family.map(({ p }) => p))
      return family.map((one, at) => [one, pHolm[at]!] as const)
    }),
  )
  return uncorrected.map((one) => ({ ...one, pHolm: corrected.get(one)! }))
}

function comparisonsIn(
  stratum: Stratum,
  own: Answers,
  rivals: readonly Answers[],
  settings: BootstrapSettings,
): Omit<Comparison, 'pHolm'>[] {
  const { task } = own
  const taken = [...task.queries.keys()].filter((query) => task.queries[query]!.strata.includes(stratum))
  if (taken.length === 0) return []
  const asked = rivals.flatMap((rival) => comparedMetrics.map((metric) => ({ rival, metric })))
  const differences = asked.map(({ rival, metric }) =>
    Float64Array.from(taken, (query) => own.values[metric][query]! - rival.values[metric][query]!),
  )
  return pairedBootstrap(differences, settings).map(({ mean, lower, upper, p }: Difference, at) => {
    const { rival, metric } = asked[at]!
    const what = { task: task.name, direction: directionOf(task), stratum, metric, baseline: rival.system }
    return { ...what, queries: taken.length, difference: mean, lower, upper, p }
  })
}
