/** Scores being summed up for one query; cleared by touched documents only, so a query costs its postings, not the corpus. */
import { type Exclude, type Hit, topHits } from './ranking.ts'

export class ScoreAccumulator {
  readonly scores: Float64Array
  private readonly touched: Uint32Array
  private readonly isTouched: Uint8Array
  private touchedCount = 0

  constructor(documentCount: number) {
    this.scores = new Float64Array(documentCount)
    this.touched = new Uint32Array(documentCount)
    this.isTouched = new Uint8Array(documentCount)
  }

  add(doc: number, amount: number): void {
    if (this.isTouched[doc] === 0) {
      this.isTouched[doc] = 1
      this.touched[this.touchedCount++] = doc
    }
    this.scores[doc]! += amount
  }

  /** The k best documents that share a term with the query. */
  top(k: number, exclude?: Exclude): Hit[] {
    return topHits(this.touched.subarray(0, this.touchedCount), this.scores, k, exclude)
  }

  clear(): void {
    for (let at = 0; at < this.touchedCount; at++) {
      const doc = this.touched[at]!
      this.scores[doc] = 0
      this.isTouched[doc] = 0
    }
    this.touchedCount = 0
  }
}
