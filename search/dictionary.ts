/** Dictionary-BM25: a query is translated term by term, then searched as usual. The baseline a bilingual model must beat. */
import { jamoOf } from '../language/korean.ts'
import { foldTitle } from '../language/title.ts'
import { type Tokenize, words } from '../language/tokens.ts'
import { englishStem, jamoBeginnings, koreanRoot, stems, syllables } from '../language/word-forms.ts'
import type { Bm25Index } from './bm25.ts'
import type { Hit, SearchOptions } from './ranking.ts'

/** How words of one language are looked up and how words of the other are indexed. */
export interface DictionaryRules {
  /** The part of a source term, as dictionaries give it, that is looked up. */
  readonly sourceRoot: (term: string) => string
  /** The key of a word, in the dictionary and in the query. */
  readonly keyOf: (word: string) => string
  /** Other keys for the last word of a term, best first. */
  readonly baseForms: (key: string) => readonly string[]
  readonly targetRoot: (term: string) => string
  /** Tokens of the documents: the index that is searched must be made with it. */
  readonly target: Tokenize
}

const asItIs = (text: string): string => text

/** Korean queries, English documents. */
export const koreanToEnglish: DictionaryRules = {
  sourceRoot: koreanRoot,
  keyOf: jamoOf,
  baseForms: jamoBeginnings,
  targetRoot: asItIs,
  target: stems,
}

/** English queries, Korean documents. */
export const englishToKorean: DictionaryRules = {
  sourceRoot: asItIs,
  keyOf: englishStem,
  baseForms: () => [],
  targetRoot: koreanRoot,
  target: syllables,
}

/** A query's tokens in the other language with their weights, and how much of the query the dictionary knew. */
export interface Translation {
  readonly weights: ReadonlyMap<string, number>
  readonly knownWords: number
  readonly allWords: number
}

interface Match {
  /** Words of the query that the term covers. */
  readonly length: number
  /** Its translations as target tokens. */
  readonly targets: readonly (readonly string[])[]
}

/** Between the words of a term in a key; no word has a space. */
const joint = ' '

export class TermDictionary {
  private readonly rules: DictionaryRules
  /** Translations of a term, by their folded text so that repeated pairs count once, each as target tokens. */
  private readonly translations = new Map<string, Map<string, readonly string[]>>()
  private longestTerm = 0

  /** `pairs`: source term and target term; either may be several words. */
  static of(pairs: Iterable<readonly [source: string, target: string]>, rules: DictionaryRules): TermDictionary {
    const dictionary = new TermDictionary(rules)
    for (const [source, target] of pairs) dictionary.add(source, target)
    return dictionary
  }

  private constructor(rules: DictionaryRules) {
    this.rules = rules
  }

  get termCount(): number {
    return this.translations.size
  }

  /**
   * From the left, the longest known term is taken each time. Each token of its n translations weighs 1/√n: on Tatoeba
   * that found more than 1/n and more than 1. A word that no term covers (a number, a name) stands for itself, weight 1.
   */
  translate(text: string): Translation {
    const queryWords = words(text)
    const keys = queryWords.map(this.rules.keyOf)
    const weights = new Map<string, number>()
    const addWeights = (tokens: readonly string[], weight: number): void => {
      for (const token of tokens) weights.set(token, (weights.get(token) ?? 0) + weight)
    }
    let knownWords = 0
    for (let at = 0; at < keys.length; ) {
      const match = this.longestMatch(keys, at)
      if (match) for (const target of match.targets) addWeights(target, 1 / Math.sqrt(match.targets.length))
      else addWeights(this.rules.target(queryWords[at] ?? ''), 1)
      knownWords += match?.length ?? 0
      at += match?.length ?? 1
    }
    return { weights, knownWords, allWords: keys.length }
  }

  /** The k best documents of `index` for the translated query. */
  search(index: Bm25Index, text: string, k: number, options: SearchOptions = {}): Hit[] {
    return index.search(this.translate(text).weights, k, options)
  }

  private add(source: string, target: string): void {
    const keys = words(this.rules.sourceRoot(source)).map(this.rules.keyOf)
    const targetTokens = this.rules.target(this.rules.targetRoot(target))
    if (keys.length === 0 || targetTokens.length === 0) return
    const term = keys.join(joint)
    const known = this.translations.get(term) ?? new Map<string, readonly string[]>()
    known.set(foldTitle(target), targetTokens)
    this.translations.set(term, known)
    this.longestTerm = Math.max(this.longestTerm, keys.length)
  }

  private longestMatch(keys: readonly string[], from: number): Match | undefined {
    for (let length = Math.min(this.longestTerm, keys.length - from); length > 0; length--) {
      const head = keys.slice(from, from + length - 1)
      const last = keys[from + length - 1] ?? ''
      for (const form of [last, ...this.rules.baseForms(last)]) {
        const targets = this.translations.get([...head, form].join(joint))
        if (targets) return { length, targets: [...targets.values()] }
      }
    }
    return undefined
  }
}
