/**
 * Where a mean over queries would come to lie with other queries of the kind: Student's interval (Sakai 2014, "Statistical reform in
 * information retrieval?"). A hit is a share, which has Wilson's (`dictionary/wilson.ts`).
 */
import { queryMetrics } from '../search/metrics.ts'
import type { Answers } from './answers.ts'
import { directionOf } from './tasks.ts'

export interface MeanInterval {
  readonly task: string
  readonly direction: string
  readonly stratum: string
  readonly system: string
  readonly metric: string
  /** 95 % interval of the mean, 0 to 1. */
  readonly lower: number
  readonly upper: number
}

/** Of every figure that is no hit, by stratum. Left out where all queries have the same value, or there is only one: that says nothing. */
export function meanIntervalsOf(answers: readonly Answers[]): MeanInterval[] {
  return answers.flatMap(({ task, system, values }) => {
    const strata = new Set(task.queries.flatMap((query) => query.strata))
    return [...strata].flatMap((stratum) =>
      queryMetrics
        .filter((metric) => !metric.startsWith('hit@'))
        .flatMap((metric) => {
          const found = studentInterval(
            values[metric].filter((_, query) => task.queries[query]!.strata.includes(stratum)),
          )
          return found ? [{ task: task.name, direction: directionOf(task), stratum, system, metric, ...found }] : []
        }),
    )
  })
}

/** 95 % interval of the mean of values from 0 to 1; undefined where they do not differ. */
export function studentInterval(values: Float64Array): { readonly lower: number; readonly upper: number } | undefined {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  if (count < 2 || squares === 0) return undefined
  const half = studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count)
  return { lower: Math.max(0, mean - half), upper: Math.min(1, mean + half) }
}

/** Normal quantile of 0.975. */
const z = 1.959963984540054

/** Quantile 0.975 of Student's t by its expansion in 1/freedom (Abramowitz and Stegun 26.7.5), to 0.004 from three degrees of freedom on. */
function studentQuantile(freedom: number): number {
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  const fourth = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3 + fourth / freedom ** 4
}
