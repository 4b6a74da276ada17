/**
 * The documents of a segment that score more than those found before, window by window. Terms that could not lift a document over the
 * threshold even together are looked up only for documents that the others have found (MaxScore: Turtle and Flood 1995, with
 * the maxima of each window as in Ding and Suel 2011).
 */
import type { BestHits } from './best-hits.ts'
import { type PostingList, windowDocuments, windowsPerSegment } from './posting-list.ts'

/** A term of the query in the segment. */
export interface SegmentTerm {
  readonly list: PostingList
  /** Whole, so that sums stay exact; ≥ 1. */
  readonly weight: number
  /** The highest impact in the segment. */
  readonly highest: number
}

/** A term in the window at hand: its stretch of the list, and the most that it adds to a score. */
interface Live {
  list: PostingList
  weight: number
  at: number
  end: number
  most: number
}

export class WindowSearch {
  /** Scores of the window's documents; zero between windows. */
  private readonly scores = new Float64Array(windowDocuments)
  /** A bit for each document that has a score. */
  private readonly found = new Int32Array(windowDocuments / 32)
  /** Those of the window, least first; entries are used again. */
  private live: Live[] = []
  /** The most that the terms up to this one add together. */
  private bounds = new Float64Array(16)
  private liveCount = 0

  /** @param base number of the segment's first document. */
  searchSegment(terms: readonly SegmentTerm[], base: number, hits: BestHits): void {
    const sorted = [...terms].sort((a, b) => a.highest * a.weight - b.highest * b.weight)
    this.reserve(sorted.length)
    const cursors = new Uint32Array(sorted.length)
    for (let window = 0; window < windowsPerSegment; window++) {
      const most = this.enter(sorted, cursors, window)
      if (most > hits.threshold) this.searchWindow(base, window * windowDocuments, hits)
    }
  }

  private reserve(terms: number): void {
    if (this.bounds.length < terms) this.bounds = new Float64Array(2 * terms)
  }

  /** Finds the terms of the window; returns the most that a document in it can score. */
  private enter(terms: readonly SegmentTerm[], cursors: Uint32Array, window: number): number {
    this.liveCount = 0
    let total = 0
    for (let index = 0; index < terms.length; index++) {
      const { list, weight, highest } = terms[index]!
      const at = cursors[index]!
      const end = list.windowEnds?.[window] ?? endOf(list.docs, at, (window + 1) * windowDocuments)
      if (at === end) continue
      cursors[index] = end
      const most = weight * (list.windowMaxima?.[window] ?? highest)
      total += most
      this.insert(list, weight, at, end, most)
    }
    return total
  }

  private insert(list: PostingList, weight: number, at: number, end: number, most: number): void {
    const { live } = this
    if (this.liveCount === live.length) live.push({ list, weight, at, end, most })
    const own = live[this.liveCount]!
    let place = this.liveCount++
    for (; place > 0 && live[place - 1]!.most > most; place--) live[place] = live[place - 1]!
    live[place] = own
    own.list = list
    own.weight = weight
    own.at = at
    own.end = end
    own.most = most
  }

  private searchWindow(base: number, start: number, hits: BestHits): void {
    let essential = 0
    let bound = 0
    for (let index = 0; index < this.liveCount; index++) {
      bound += this.live[index]!.most
      this.bounds[index] = bound
      if (bound <= hits.threshold) essential = index + 1
    }
    if (this.liveCount - essential === 1) this.searchOne(base, essential, hits)
    else this.searchSeveral(base, start, essential, hits)
  }

  /** Where one term alone decides. */
  private searchOne(base: number, essential: number, hits: BestHits): void {
    const { list, weight, at, end } = this.live[essential]!
    const { docs, impacts } = list
    const others = essential === 0 ? 0 : this.bounds[essential - 1]!
    for (let i = at; i < end; i++) {
      const score = impacts[i]! * weight
      if (score + others > hits.threshold) this.complete(base, docs[i]!, score, essential, hits)
    }
  }

  private searchSeveral(base: number, start: number, essential: number, hits: BestHits): void {
    const { scores, found } = this
    for (let index = essential; index < this.liveCount; index++) {
      const { list, weight, at, end } = this.live[index]!
      const { docs, impacts } = list
      for (let i = at; i < end; i++) {
        const slot = docs[i]! & (windowDocuments - 1)
        scores[slot]! += impacts[i]! * weight
        found[slot >> 5]! |= 1 << (slot & 31)
      }
    }
    const others = essential === 0 ? 0 : this.bounds[essential - 1]!
    for (let word = 0; word < found.length; word++) {
      let bits = found[word]!
      found[word] = 0
      while (bits !== 0) {
        const lowest = 31 - Math.clz32(bits & -bits)
        bits &= bits - 1
        const slot = (word << 5) + lowest
        const score = scores[slot]!
        scores[slot] = 0
        if (score + others > hits.threshold) this.complete(base, start + slot, score, essential, hits)
      }
    }
  }

  /** Adds what the terms below `essential` say of the document, as long as it may still come over the threshold. */
  private complete(base: number, doc: number, score: number, essential: number, hits: BestHits): void {
    for (let index = essential - 1; index >= 0; index--) {
      if (score + this.bounds[index]! <= hits.threshold) return
      const term = this.live[index]!
      const { docs, impacts } = term.list
      term.at = seek(docs, term.at, term.end, doc)
      if (term.at < term.end && docs[term.at] === doc) score += impacts[term.at]! * term.weight
    }
    if (score > hits.threshold) hits.add(base + doc, score)
  }
}

/** The first place from `at` on whose document is not below `limit`. */
function endOf(docs: Uint16Array, at: number, limit: number): number {
  while (at < docs.length && docs[at]! < limit) at++
  return at
}

/** The same in a sorted stretch, by steps that double. */
function seek(docs: Uint16Array, at: number, end: number, doc: number): number {
  if (at >= end || docs[at]! >= doc) return at
  let step = 1
  while (at + step < end && docs[at + step]! < doc) step *= 2
  let low = at + (step >> 1)
  let high = Math.min(at + step, end)
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if (docs[middle]! < doc) low = middle
    else high = middle
  }
  return high
}
