/** Which validation was the best, and whether it is time to stop. */

export interface Judged {
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>
}

/** Mean hit@1 of both directions on held-out pairs; on training pairs where none are held out. Undefined without any. */
export function scoreOf(metrics: Readonly<Record<string, number>>): number | undefined {
  for (const side of ['val', 'train']) {
    const hits = Object.entries(metrics).filter(([name]) => name.startsWith(side) && name.endsWith('HitAt1'))
    if (hits.length > 0) return hits.reduce((sum, [, value]) => sum + value, 0) / hits.length
  }
  return undefined
}

/** Made from the validations that the log has, so that a run that goes on judges as one that was never stopped. */
export class ProgressJudge {
  best: Judged | undefined
  #sinceBest = 0

  constructor(past: readonly Judged[]) {
    for (const judged of past) this.take(judged)
  }

  /** True where this one is the best so far. Of equals the first stays. */
  take(judged: Judged): boolean {
    const [score, best] = [scoreOf(judged.metrics), this.best && scoreOf(this.best.metrics)]
    const isBest = score !== undefined && (best === undefined || score > best)
    if (isBest) this.best = judged
    this.#sinceBest = isBest ? 0 : this.#sinceBest + 1
    return isBest
  }

  /** Whether so many validations in a row were no better than the best; 0: never. */
  shouldStop(patience: number): boolean {
    return patience > 0 && this.#sinceBest >= patience
  }
}
