/** An inverted index in typed arrays: for each term the rows that hold it, in row order, with a value each. */

export interface Postings {
  readonly rowCount: number
  readonly termCount: number
  /** `offsets[t] … offsets[t + 1]` is term t's stretch of `rows` and `values`. Length termCount + 1. */
  readonly offsets: Uint32Array
  readonly rows: Uint32Array
  readonly values: Float32Array
}

/** Takes rows one after another and turns them over into postings by a counting sort: O(entries), no hashing. */
export class PostingsBuilder {
  private terms = new Uint32Array(1024)
  private values = new Float32Array(1024)
  private rowEnds: number[] = []
  private size = 0
  private termCount = 0

  /** Adds the next row. `term` ≥ 0 and < 2³²; a term occurs at most once in a row. */
  addRow(entries: Iterable<readonly [term: number, value: number]>): void {
    for (const [term, value] of entries) {
      if (this.size === this.terms.length) this.grow()
      this.terms[this.size] = term
      this.values[this.size] = value
      this.size += 1
      this.termCount = Math.max(this.termCount, term + 1)
    }
    this.rowEnds.push(this.size)
  }

  build(): Postings {
    const offsets = new Uint32Array(this.termCount + 1)
    for (let at = 0; at < this.size; at++) offsets[this.terms[at]! + 1]! += 1
    for (let term = 0; term < this.termCount; term++) offsets[term + 1]! += offsets[term]!
    const next = offsets.slice()
    const rows = new Uint32Array(this.size)
    const values = new Float32Array(this.size)
    let at = 0
    this.rowEnds.forEach((end, row) => {
      for (; at < end; at++) {
        const slot = next[this.terms[at]!]!++
        rows[slot] = row
        values[slot] = this.values[at]!
      }
    })
    return { rowCount: this.rowEnds.length, termCount: this.termCount, offsets, rows, values }
  }

  private grow(): void {
    const terms = new Uint32Array(this.terms.length * 2)
    const values = new Float32Array(this.values.length * 2)
    terms.set(this.terms)
    values.set(this.values)
    this.terms = terms
    this.values = values
  }
}
