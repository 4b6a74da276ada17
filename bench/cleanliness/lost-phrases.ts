/** Runs of words that other extractors keep and ours does not: what a page lost, in the order of its text. */
import type { Reader } from './readers.ts'

export interface LostPhrase {
  readonly title: string
  /** The words before, the lost ones, the words after. */
  readonly before: string
  readonly phrase: string
  readonly after: string
  readonly words: number
}

/** A page that differs in more words than this is a different text: it is compared no further. */
const maxDifferences = 6000
const contextWords = 4

/**
 * The runs of words of `keeper` that the shortest edit to the text of `reader` deletes and that stand in a text of
 * `witnesses` too; longest first. Words are compared in lower case and NFKC, so `km²` is `km2`.
 */
export function lostPhrases(
  reader: Reader,
  keeper: Reader,
  witnesses: readonly Reader[],
  titles: readonly string[],
): LostPhrase[] {
  const lost = titles.flatMap((title) => {
    const kept = wordList(keeper.texts.get(title) ?? '')
    const own = wordList(reader.texts.get(title) ?? '')
    const seen = witnesses.map((other) => ` ${wordList(other.texts.get(title) ?? '').join(' ')} `)
    const ownText = ` ${own.join(' ')} `
    const part = (from: number, to: number) => kept.slice(Math.max(0, from), to).join(' ')
    return (
      deletedRuns(kept, own)
        // An extractor that puts lists behind the prose moves words: what stands elsewhere is not lost.
        .filter(([from, to]) => to - from === 1 || !ownText.includes(` ${part(from, to)} `))
        .filter(([from, to]) => seen.some((text) => text.includes(` ${part(from - 1, to)} `)))
        .map(([from, to]) => ({
          title,
          before: part(from - contextWords, from),
          phrase: part(from, to),
          after: part(to, to + contextWords),
          words: to - from,
        }))
    )
  })
  return lost.sort((a, b) => b.words - a.words)
}

function wordList(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  )
}

/**
 * [from, to) of each run that the shortest edit from `a` to `b` deletes. Source: Myers 1986, "An O(ND) difference
 * algorithm and its variations", the greedy form.
 */
function deletedRuns(a: readonly string[], b: readonly string[]): [number, number][] {
  let furthest = new Map<number, number>([[1, 0]])
  const history: ReadonlyMap<number, number>[] = []
  const limit = Math.min(a.length + b.length, maxDifferences)
  for (let edits = 0; edits <= limit; edits++) {
    history.push(furthest)
    const next = new Map<number, number>()
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = furthest.get(diagonal + 1) ?? -1
      const right = (furthest.get(diagonal - 1) ?? -2) + 1
      let x = diagonal === -edits || (diagonal !== edits && right <= down) ? down : right
      if (x > a.length || x - diagonal > b.length) continue
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++
      next.set(diagonal, x)
      if (x >= a.length && x - diagonal >= b.length) return runsOf(deletions(history, a.length, b.length))
    }
    furthest = next
  }
  return []
}

/** Indices that the edit deletes, ascending, read back from the furthest points of each number of edits. */
function deletions(history: readonly ReadonlyMap<number, number>[], aLength: number, bLength: number): number[] {
  const deleted: number[] = []
  let x = aLength
  let y = bLength
  for (let edits = history.length - 1; edits > 0; edits--) {
    const furthest = history[edits] ?? new Map<number, number>()
    const diagonal = x - y
    const down = furthest.get(diagonal + 1) ?? -1
    const right = (furthest.get(diagonal - 1) ?? -2) + 1
    const isDown = diagonal === -edits || (diagonal !== edits && right <= down)
    const previous = isDown ? diagonal + 1 : diagonal - 1
    x = furthest.get(previous) ?? 0
    y = x - previous
    if (!isDown) deleted.unshift(x)
  }
  return deleted
}

function runsOf(indices: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const index of indices) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === index) last[1]++
    else runs.push([index, index + 1])
  }
  return runs
}
