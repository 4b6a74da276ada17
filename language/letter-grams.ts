/**
 * Letters, the smallest pieces of a name, and triples of Latin letters, the terms in which names of either language can meet.
 * An unseen name has no entry of its own and its pieces differ from language to language, but its letters are all known, and
 * most of its triples occur in other names.
 */
import { bertWords } from './bert-words.ts'

const latinWord = /[\p{Script=Latin}\p{N}]+/gu
const gramLength = 3

/** Words as BertNormalizer with strip_accents true leaves them: no accents, Hangul syllables as their jamo (NFD). */
export function letterWords(text: string): string[] {
  return bertWords(text.normalize('NFD').replace(/\p{Mn}/gu, ''))
}

/**
 * The triples of Latin letters and digits, each once, in their order: `^ka kan ant nt$` for Kant, each with a `~` before it
 * unless it begins or ends a word. No tokenizer can cut such a term from a text: it holds a mark, and marks stand alone.
 */
export function letterGrams(text: string): string[] {
  const grams = letterWords(text)
    .flatMap((word) => word.match(latinWord) ?? [])
    .flatMap(gramsOfWord)
  return [...new Set(grams)]
}

/** Whether a vocabulary entry is such a triple. */
export function isLetterGram(entry: string): boolean {
  return /^[\^~].|[^#]\$$/su.test(entry)
}

function gramsOfWord(word: string): string[] {
  const marked = ['^', ...word, '$']
  return Array.from({ length: marked.length - gramLength + 1 }, (_, at) => {
    const gram = marked.slice(at, at + gramLength).join('')
    return at === 0 || at + gramLength === marked.length ? gram : `~${gram}`
  })
}
