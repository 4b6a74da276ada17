/** Names that a vocabulary must know nothing of: those of the clusters that a model is judged by later. */
import { bertWords } from './bert-words.ts'
import { inflectionsOf } from './korean.ts'
import { foldTitle } from './title.ts'

/** A place where a name may be continued: before a space, or beside a character that needs none. */
const boundary =
  /(?= )|(?<=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])|(?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu

export class HeldOutNames {
  /** For texts of which nothing is held out. */
  static readonly none = new HeldOutNames([])

  readonly #names = new Set<string>()
  /** What a name may begin with, up to the end of a word: how far a text has to be read on. */
  readonly #beginnings = new Set<string>()

  constructor(names: Iterable<string>) {
    for (const name of names) {
      // O'Brien stands in a text as three words, which are no longer one when they are folded.
      for (const key of [foldTitle(name), keyOf(bertWords(name.normalize('NFC')))]) {
        this.#names.add(key)
        for (const { index } of key.matchAll(boundary)) this.#beginnings.add(key.slice(0, index))
      }
    }
  }

  /**
   * Whether an entry of a vocabulary is one of the names, however it is spelled. A single character is none: it is a letter, and
   * an entry where other words have it.
   */
  has(entry: string): boolean {
    return this.#names.size > 0 && [...entry].length > 1 && this.#names.has(foldTitle(entry))
  }

  /**
   * The words of a text, as `bertWords` finds them, without those that are a name: a run of words of any spacing, the longest
   * first, whose last may have a Korean particle.
   */
  wordsBeside(text: string): string[] {
    const words = bertWords(text)
    if (this.#names.size === 0) return words
    const kept: string[] = []
    for (let at = 0; at < words.length; ) {
      const length = this.#nameAt(words, at)
      if (length === 0) kept.push(words[at] ?? '')
      at += Math.max(1, length)
    }
    return kept
  }

  /** How many words from `start` on are a name; 0 where none begins there. */
  #nameAt(words: readonly string[], start: number): number {
    let longest = 0
    let before = ''
    for (let end = start + 1; end <= words.length; end++) {
      const run = words.slice(start, end)
      const key = keyOf(run)
      // A comma behind a name adds nothing to its key, and is no part of it.
      if (key !== before && (this.#names.has(key) || this.#endsInParticle(run, key))) longest = end - start
      if (!this.#beginnings.has(key)) break
      before = key
    }
    return longest
  }

  #endsInParticle(run: readonly string[], key: string): boolean {
    const inflections = inflectionsOf(run.at(-1) ?? '')
    return inflections.some(({ particle }) => this.#names.has(key.slice(0, -particle.length)))
  }
}

function keyOf(words: readonly string[]): string {
  return foldTitle(words.join(' '))
}
