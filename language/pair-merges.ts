/** Byte-pair merging over counted words: the most frequent neighbouring pair becomes a piece, again and again. */

/** A word as its present pieces; pieces after the first carry `##`. */
export interface PiecedWord {
  readonly pieces: readonly string[]
  readonly count: number
}

export interface MergeSettings {
  /** How many new pieces to make at most. */
  readonly limit: number
  /** Pairs rarer than this stay apart. */
  readonly minCount: number
  /** Says that a piece may not come to be. */
  readonly isForbidden?: (piece: string) => boolean
}

interface Candidate {
  readonly count: number
  readonly left: number
  readonly right: number
  readonly piece: string
}

/** Symbols have numbers below 2²⁴, so that two of them fit into one exact number. */
const pairBase = 2 ** 24

/**
 * The pieces made, in the order of making: highest count first, equal counts by the piece's text and then its left part.
 * Deterministic whatever the order of `words`. Source: Sennrich et al. 2016, arXiv:1508.07909, on `##` pieces.
 */
export function mergePieces(words: Iterable<PiecedWord>, settings: MergeSettings): string[] {
  return new PairMerger(words).run(settings)
}

class PairMerger {
  private readonly symbols: string[] = []
  private readonly symbolIds = new Map<string, number>()
  private readonly words: number[][] = []
  private readonly wordCounts: number[] = []
  private readonly pairCounts = new Map<number, number>()
  /** Words that may hold a pair; some no longer do. */
  private readonly pairWords = new Map<number, Set<number>>()
  private readonly queue: Candidate[] = []

  constructor(words: Iterable<PiecedWord>) {
    for (const { pieces, count } of words) {
      this.words.push(pieces.map((piece) => this.symbolOf(piece)))
      this.wordCounts.push(count)
    }
    this.words.forEach((word, index) => {
      this.countPairs(word, index, 1)
    })
    for (const key of this.pairCounts.keys()) this.push(key)
  }

  run({ limit, minCount, isForbidden }: MergeSettings): string[] {
    const made = new Set<string>()
    while (made.size < limit) {
      const best = this.pop()
      if (!best || best.count < minCount) break
      const key = best.left * pairBase + best.right
      // A stale entry: the count has changed since, and an entry with the right count is in the queue as well.
      if (this.pairCounts.get(key) !== best.count || isForbidden?.(best.piece)) continue
      made.add(best.piece)
      this.merge(key, best)
    }
    return [...made]
  }

  private merge(key: number, { left, right, piece }: Candidate): void {
    const merged = this.symbolOf(piece)
    const changed = new Set<number>()
    for (const index of this.pairWords.get(key) ?? []) {
      const word = this.words[index]!
      const after = joined(word, left, right, merged)
      if (after.length === word.length) continue
      for (const pair of this.countPairs(word, index, -1)) changed.add(pair)
      this.words[index] = after
      for (const pair of this.countPairs(after, index, 1)) changed.add(pair)
    }
    this.pairWords.delete(key)
    for (const pair of changed) this.push(pair)
  }

  /** Adds (or with −1 takes away) a word's count for each of its pairs; returns the pairs. */
  private countPairs(word: readonly number[], index: number, sign: 1 | -1): number[] {
    const pairs: number[] = []
    for (let at = 0; at + 1 < word.length; at++) {
      const key = word[at]! * pairBase + word[at + 1]!
      const count = (this.pairCounts.get(key) ?? 0) + sign * this.wordCounts[index]!
      if (count > 0) this.pairCounts.set(key, count)
      else this.pairCounts.delete(key)
      if (sign > 0) {
        const holders = this.pairWords.get(key)
        if (holders) holders.add(index)
        else this.pairWords.set(key, new Set([index]))
      }
      pairs.push(key)
    }
    return pairs
  }

  private symbolOf(piece: string): number {
    const known = this.symbolIds.get(piece)
    if (known !== undefined) return known
    this.symbolIds.set(piece, this.symbols.length)
    return this.symbols.push(piece) - 1
  }

  private push(key: number): void {
    const count = this.pairCounts.get(key)
    if (count === undefined) return
    const left = Math.floor(key / pairBase)
    const right = key % pairBase
    const piece = this.symbols[left]! + this.symbols[right]!.replace(/^##/, '')
    const queue = this.queue
    queue.push({ count, left, right, piece })
    for (let at = queue.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.comesBefore(queue[at]!, queue[parent]!)) break
      ;[queue[at], queue[parent]] = [queue[parent]!, queue[at]!]
      at = parent
    }
  }

  private pop(): Candidate | undefined {
    const queue = this.queue
    const first = queue[0]
    const last = queue.pop()
    if (!first || !last || queue.length === 0) return first
    queue[0] = last
    for (let at = 0; ; ) {
      let best = at
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < queue.length && this.comesBefore(queue[child]!, queue[best]!)) best = child
      if (best === at) return first
      ;[queue[at], queue[best]] = [queue[best]!, queue[at]!]
      at = best
    }
  }

  private comesBefore(a: Candidate, b: Candidate): boolean {
    if (a.count !== b.count) return a.count > b.count
    if (a.piece !== b.piece) return a.piece < b.piece
    return this.symbols[a.left]! < this.symbols[b.left]!
  }
}

function joined(word: readonly number[], left: number, right: number, merged: number): number[] {
  const after: number[] = []
  for (let at = 0; at < word.length; at++) {
    if (word[at] === left && word[at + 1] === right) {
      after.push(merged)
      at += 1
    } else after.push(word[at]!)
  }
  return after
}
