/** Copies of real pages that differ in their digits and words, so that a large corpus is not the same bytes again. */
import type { Randomness } from '../../model/randomness.ts'

/**
 * Words of prose: lower-case, between spaces or before a mark of punctuation. Names of templates, tags, namespaces
 * and parameters stand beside marks of markup and are left, so every page keeps its structure.
 */
const proseWord = /(?<= )\p{Ll}{3,}(?=[ .,;)](?! ?=))/gu
const digits = '0123456789'

export type Permutation = (text: string) => string

/** Each word becomes another of the same length in UTF-8, each digit another digit, the same ones all through. */
export function permutation(texts: readonly string[], random: Randomness): Permutation {
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
    const others = random.shuffled(list)
    for (const [at, word] of list.entries()) words.set(word, others[at]!)
  }
  const otherDigits = random.shuffled([...digits])
  return (text) =>
    text
      .replace(proseWord, (word) => words.get(word) ?? word)
      // Entities and colours keep theirs: &#160; is a space, and #fff000 is left for what it is.
      .replace(/(?<![#&\w])\d+(?!\w)/g, (number) => [...number].map((digit) => otherDigits[Number(digit)]!).join(''))
}
