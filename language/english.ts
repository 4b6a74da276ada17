/** English words and their stems, by the ICU of Node and by Snowball (Porter 2001), which is loaded when first asked for. */

import { createRequire } from 'node:module'

export interface Word {
  readonly text: string
  /** Where it begins, in UTF-16 code units. */
  readonly at: number
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

/** The words of a text in its order, by Unicode's word boundaries (UAX 29): don't and 3.14 are one word, well-known two. */
export function englishWords(text: string): Word[] {
  const found: Word[] = []
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike) found.push({ text: segment, at: index })
  }
  return found
}

export interface Stemmer {
  /** universities → univers; not always a word. Lower case in, lower case out. */
  stemOf(word: string): string
}

interface Snowball {
  newStemmer(language: string): { stem(word: string): string }
}

let loaded: Stemmer | undefined

/** Snowball's English stemmer. The module takes a quarter of a second to load, once, so it is loaded when asked for. */
export function englishStemmer(): Stemmer {
  loaded ??= load()
  return loaded
}

function load(): Stemmer {
  // A CommonJS module, whose names `import` finds in Node but not under tsx.
  const snowball: Snowball = createRequire(import.meta.url)('snowball-stemmers')
  const english = snowball.newStemmer('english')
  const known = new Map<string, string>()
  return {
    stemOf(word) {
      let stem = known.get(word)
      if (stem === undefined) {
        if (known.size >= mostKept) known.clear()
        stem = english.stem(word)
        known.set(word, stem)
      }
      return stem
    },
  }
}

/** Stems that are remembered: enough for a language's frequent words. */
const mostKept = 100_000

/** Whether a name is another only in the inflection of its last word: dogs of dog, Artificial intelligences. */
export function isInflectionOf(name: string, other: string, { stemOf }: Stemmer): boolean {
  const [words, others] = [name.toLowerCase().split(/\s+/), other.toLowerCase().split(/\s+/)]
  const [last, otherLast] = [words.pop() ?? '', others.pop() ?? '']
  if (words.join(' ') !== others.join(' ') || last === otherLast) return false
  return last[0] === otherLast[0] && stemOf(last) === stemOf(otherLast)
}
