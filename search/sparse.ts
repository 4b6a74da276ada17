/** Exact search over sparse vectors: the dot product with every document, by an inverted index. */

import type { SparseVector } from '../model/sparse-vector.ts'
import { ScoreAccumulator } from './accumulator.ts'
import { type Postings, PostingsBuilder } from './postings.ts'
import type { Hit, SearchOptions } from './ranking.ts'

export class SparseIndex {
  readonly documentCount: number
  private readonly postings: Postings
  private readonly accumulator: ScoreAccumulator

  /** Indexes the vectors; the document number is the position. Weights of 0 are no entries. */
  static of(vectors: Iterable<SparseVector>): SparseIndex {
    const builder = new PostingsBuilder()
    for (const vector of vectors) builder.addRow(entriesOf(vector))
    return new SparseIndex(builder.build())
  }

  private constructor(postings: Postings) {
    this.postings = postings
    this.documentCount = postings.rowCount
    this.accumulator = new ScoreAccumulator(postings.rowCount)
  }

  /** The k documents with the highest dot product among those that share a term, ties by document number. */
  search(query: SparseVector, k: number, options: SearchOptions = {}): Hit[] {
    this.accumulate(query)
    const hits = this.accumulator.top(k, options.exclude)
    this.accumulator.clear()
    return hits
  }

  /** The dot product with every document, 0 where no term is shared. */
  scores(query: SparseVector): Float64Array {
    this.accumulate(query)
    const scores = this.accumulator.scores.slice()
    this.accumulator.clear()
    return scores
  }

  /** How many documents hold a term: what a "fires for everything" check needs. */
  documentFrequency(term: number): number {
    if (term >= this.postings.termCount) return 0
    return this.postings.offsets[term + 1]! - this.postings.offsets[term]!
  }

  private accumulate(query: SparseVector): void {
    const { offsets, rows, values, termCount } = this.postings
    for (const [term, weight] of entriesOf(query)) {
      if (term >= termCount) continue
      const end = offsets[term + 1]!
      for (let at = offsets[term]!; at < end; at++) this.accumulator.add(rows[at]!, weight * values[at]!)
    }
  }
}

function* entriesOf({ terms, weights }: SparseVector): Iterable<readonly [term: number, weight: number]> {
  for (let at = 0; at < terms.length; at++) {
    const weight = weights[at] ?? 0
    if (weight !== 0) yield [terms[at]!, weight]
  }
}
