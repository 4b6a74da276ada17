/** Which best checkpoints are handed on while training goes on. */
import { type Judged, ProgressJudge } from './progress-judge.ts'

/** A new best at once, but never two within so many steps: the best of those is handed on when they are over. */
export class Publications {
  readonly #steps: number
  #lastAt = 0
  #lastBest: number | undefined

  /** @param steps 0: none before the end. @param past validations of earlier starts: what they handed on, this one knows. */
  constructor(steps: number, past: readonly Judged[]) {
    this.#steps = steps
    const judge = new ProgressJudge([])
    for (const judged of past) {
      judge.take(judged)
      this.isDue(judged.step, judge.best)
    }
  }

  /** To be asked at each validation: whether the best is to be handed on now. */
  isDue(step: number, best: Judged | undefined): best is Judged {
    if (this.#steps === 0 || best === undefined || best.step === this.#lastBest) return false
    if (step - this.#lastAt < this.#steps) return false
    this.#lastAt = step
    this.#lastBest = best.step
    return true
  }
}
