/**
 * Names and common nouns apart, by how English writes them. Wikipedia titles begin with a capital letter whatever they
 * are, so the running text decides about the first word, and the title itself about the others (it is in sentence case).
 *
 * A term is a common noun when its first word occurs in lower case in some English lead and no later word has a capital:
 * `Machine learning` is one, `New York` is none. Known errors: names that are words too count as common (`Turkey`,
 * `Mercury`), and common nouns that are always capitals (`DNA`) or that no lead mentions count as names.
 */
import { lowerCase } from '../language/letters.ts'

export const nounLanguage = 'en'

export type NounKind = 'names' | 'common nouns'

const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu

export class NounKinds {
  private readonly lowerCaseWords = new Set<string>()

  /** `texts`: running text in English. */
  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      for (const word of wordsOf(text)) if (isLowerCase(word)) this.lowerCaseWords.add(word)
    }
  }

  /** `name`: an English title without its qualifier. */
  of(name: string): NounKind {
    const [first, ...others] = wordsOf(name)
    const isCommon =
      first !== undefined && this.lowerCaseWords.has(lowerCase(first)) && !others.some((word) => /^\p{Lu}/u.test(word))
    return isCommon ? 'common nouns' : 'names'
  }
}

function wordsOf(text: string): string[] {
  return text.match(wordPattern) ?? []
}

function isLowerCase(word: string): boolean {
  return word === lowerCase(word) && /^\p{L}/u.test(word)
}
