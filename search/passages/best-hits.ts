/** The best k of documents that come in rising order; ties go to the earlier one. */
import type { Hit } from '../ranking.ts'

export class BestHits {
  /** What a document must score more than to be among them. May be set before the first where it is less than the k-th best score. */
  threshold = 0
  private readonly size: number
  /** A heap whose root is the worst. */
  private readonly scores: Float64Array
  private readonly docs: Float64Array
  private count = 0

  /** @param size ≥ 1. */
  constructor(size: number) {
    this.size = size
    this.scores = new Float64Array(size)
    this.docs = new Float64Array(size)
  }

  /** @param score more than the threshold. */
  add(doc: number, score: number): void {
    if (this.count < this.size) this.rise(this.count++, doc, score)
    else this.sink(doc, score)
    if (this.count === this.size) this.threshold = this.scores[0]!
  }

  /** Best first. `unit` is what a score of 1 is worth. */
  sorted(unit: number): Hit[] {
    const hits = Array.from({ length: this.count }, (_, at) => ({
      doc: this.docs[at]!,
      score: this.scores[at]! * unit,
    }))
    return hits.sort((a, b) => b.score - a.score || a.doc - b.doc)
  }

  private isWorse(doc: number, score: number, than: number): boolean {
    const other = this.scores[than]!
    return score < other || (score === other && doc > this.docs[than]!)
  }

  private rise(at: number, doc: number, score: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isWorse(doc, score, parent)) break
      this.move(parent, at)
      at = parent
    }
    this.put(at, doc, score)
  }

  /** In place of the root. */
  private sink(doc: number, score: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.count) break
      const right = child + 1
      if (right < this.count && this.isWorse(this.docs[right]!, this.scores[right]!, child)) child = right
      if (this.isWorse(doc, score, child)) break
      this.move(child, at)
      at = child
    }
    this.put(at, doc, score)
  }

  private move(from: number, to: number): void {
    this.put(to, this.docs[from]!, this.scores[from]!)
  }

  private put(at: number, doc: number, score: number): void {
    this.docs[at] = doc
    this.scores[at] = score
  }
}
