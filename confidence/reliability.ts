/** Do pairs of confidence 0.9 turn out right nine times in ten? */
import { wilsonInterval } from '../dictionary/wilson.ts'

export interface Judged {
  /** 0 to 1. */
  readonly confidence: number
  readonly right: boolean
  /** Of right pairs like this one, the share that the judge calls right: above 0; 1 for a judge without gaps. */
  readonly judgeRecall: number
}

export interface ReliabilityBin {
  /** Bounds of confidence, the lower one within, the upper one without (but for 1). */
  readonly from: number
  readonly to: number
  readonly judged: number
  readonly meanConfidence: number
  /** Share found right, corrected for what the judge lacks, 0 to 1. */
  readonly right: number
  /** Wilson bounds of that share, 95 %. */
  readonly lower: number
  readonly upper: number
}

export interface Reliability {
  readonly judged: number
  /** Bins that hold something, in order. */
  readonly bins: ReliabilityBin[]
  /** Mean squared difference of confidence and outcome, 0 to 1 (Brier 1950). */
  readonly brier: number
  /** Mean over pairs of |mean confidence − share right| of their bin (Naeini et al. 2015). */
  readonly expectedCalibrationError: number
}

/** Narrow where confidences are: most pairs are surer than 0.8. */
const edges = [0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1]

export function reliabilityOf(pairs: readonly Judged[]): Reliability {
  const bins = edges.slice(0, -1).flatMap((from, at): ReliabilityBin[] => {
    const to = edges[at + 1]!
    const own = pairs.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1))
    if (own.length === 0) return []
    const right = own.filter((pair) => pair.right).length
    const [lower, upper] = wilsonInterval(right, own.length)
    const judgeRecall = mean(own.map((pair) => pair.judgeRecall))
    const corrected = (share: number) => Math.min(1, share / judgeRecall)
    return [
      {
        from,
        to,
        judged: own.length,
        meanConfidence: mean(own.map(({ confidence }) => confidence)),
        right: corrected(right / own.length),
        lower: corrected(lower),
        upper: corrected(upper),
      },
    ]
  })
  return {
    judged: pairs.length,
    bins,
    brier: mean(pairs.map(({ confidence, right, judgeRecall }) => (confidence * judgeRecall - Number(right)) ** 2)),
    expectedCalibrationError:
      bins.reduce((sum, { judged, meanConfidence, right }) => sum + judged * Math.abs(meanConfidence - right), 0) /
      Math.max(1, pairs.length),
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
