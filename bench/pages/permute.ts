/** Copies of real pages that differ in their digits and words, so that a large corpus is not the same bytes again. */

/** Uniform in [0, 1). */
export type Random = () => number

/** Small seeded generator, period 2³². Source: Tommy Ettinger's mulberry32, public domain. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items]
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[result[at], result[other]] = [result[other]!, result[at]!]
  }
  return result
}

/**
 * Words of prose: lower-case, between spaces or before a mark of punctuation. Names of templates, tags, namespaces
 * and parameters stand beside marks of markup and are left, so every page keeps its structure.
 */
const proseWord = /(?<= )\p{Ll}{3,}(?=[ .,;)](?! ?=))/gu
const digits = '0123456789'

export type Permutation = (text: string) => string

/** Each word becomes another of the same length in UTF-8, each digit another digit, the same ones all through. */
export function permutation(texts: readonly string[], random: Random): Permutation {
  const byLength = new Map<number, Set<string>>()
  for (const text of texts) {
    for (const [word] of text.matchAll(proseWord)) {
      const length = Buffer.byteLength(word)
      const words = byLength.get(length) ?? new Set()
      byLength.set(length, words.add(word))
    }
  }
  const words = new Map<string, string>()
  for (const [, group] of [...byLength].sort(([a], [b]) => a - b)) {
    const list = [...group].sort()
    const others = shuffled(list, random)
    for (const [at, word] of list.entries()) words.set(word, others[at]!)
  }
  const otherDigits = shuffled([...digits], random)
  return (text) =>
    text
      .replace(proseWord, (word) => words.get(word) ?? word)
      // Entities and colours keep theirs: &#160; is a space, and #fff000 is left for what it is.
      .replace(/(?<![#&\w])\d+(?!\w)/g, (number) => [...number].map((digit) => otherDigits[Number(digit)]!).join(''))
}
