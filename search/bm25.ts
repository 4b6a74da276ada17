/** BM25 in memory, in double precision and with weighted queries: what is judged against. Many passages: passages/. */
import { ScoreAccumulator } from './accumulator.ts'
import {
  type Bm25Query,
  type Bm25Settings,
  defaultBm25,
  inverseFrequency,
  lengthNorm,
  meanLengthOf,
  weightsOf,
} from './bm25-formula.ts'
import { type Postings, PostingsBuilder } from './postings.ts'
import type { Hit, SearchOptions } from './ranking.ts'

export { type Bm25Query, type Bm25Settings, defaultBm25 } from './bm25-formula.ts'

/** The formula of bm25-formula.ts. Scores ≥ 0, double precision. */
export class Bm25Index {
  readonly documentCount: number
  private readonly postings: Postings
  private readonly termIds: ReadonlyMap<string, number>
  /** k1 · (1 − b + b · |d| / mean |d|) for each document. */
  private readonly lengthNorms: Float64Array
  private readonly accumulator: ScoreAccumulator

  /** Indexes the documents' tokens; the document number is the position. */
  static of(documents: Iterable<readonly string[]>, settings: Bm25Settings = defaultBm25): Bm25Index {
    const termIds = new Map<string, number>()
    const builder = new PostingsBuilder()
    const lengths: number[] = []
    for (const tokens of documents) {
      const frequencies = new Map<number, number>()
      for (const token of tokens) {
        const known = termIds.get(token)
        const id = known ?? termIds.size
        if (known === undefined) termIds.set(token, id)
        frequencies.set(id, (frequencies.get(id) ?? 0) + 1)
      }
      builder.addRow(frequencies)
      lengths.push(tokens.length)
    }
    return new Bm25Index(builder.build(), termIds, lengthNormsOf(lengths, settings))
  }

  private constructor(postings: Postings, termIds: ReadonlyMap<string, number>, lengthNorms: Float64Array) {
    this.documentCount = postings.rowCount
    this.postings = postings
    this.termIds = termIds
    this.lengthNorms = lengthNorms
    this.accumulator = new ScoreAccumulator(postings.rowCount)
  }

  /** The k best documents that share a term with the query, best first, ties by document number. */
  search(query: Bm25Query, k: number, options: SearchOptions = {}): Hit[] {
    this.accumulate(query)
    const hits = this.accumulator.top(k, options.exclude)
    this.accumulator.clear()
    return hits
  }

  /** The score of every document, 0 where no term is shared. */
  scores(query: Bm25Query): Float64Array {
    this.accumulate(query)
    const scores = this.accumulator.scores.slice()
    this.accumulator.clear()
    return scores
  }

  /** ln(1 + (N − df + 0.5) / (df + 0.5)); df 0 for an unknown term. */
  idf(token: string): number {
    const id = this.termIds.get(token)
    const frequency = id === undefined ? 0 : this.postings.offsets[id + 1]! - this.postings.offsets[id]!
    return inverseFrequency(this.documentCount, frequency)
  }

  private accumulate(query: Bm25Query): void {
    const { offsets, rows, values } = this.postings
    for (const [token, weight] of weightsOf(query)) {
      const id = this.termIds.get(token)
      if (id === undefined) continue
      const boost = weight * this.idf(token)
      const end = offsets[id + 1]!
      for (let at = offsets[id]!; at < end; at++) {
        const doc = rows[at]!
        const frequency = values[at]!
        this.accumulator.add(doc, (boost * frequency) / (frequency + this.lengthNorms[doc]!))
      }
    }
  }
}

function lengthNormsOf(lengths: readonly number[], settings: Bm25Settings): Float64Array {
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const mean = meanLengthOf(lengths.length, total)
  return Float64Array.from(lengths, (length) => lengthNorm(length, mean, settings))
}
