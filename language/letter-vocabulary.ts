/** A vocabulary for names: texts are read letter by letter, and speak in triples of letters. */
import { ConfigError } from '../runtime/errors.ts'
import { HeldOutNames } from './held-out-names.ts'
import { letterGrams, letterWords } from './letter-grams.ts'
import { byCount, characterTokens, maxVocabularySize, specialTokens } from './vocabulary.ts'

export interface LetterVocabularySettings {
  /** Letters seen at least this often get an entry; words with a rarer one become [UNK]. */
  readonly minLetterCount: number
  /** Triples of letters that become entries at most, most frequent first. */
  readonly grams: number
  /** Names that nothing is taken from, where they stand within others. */
  readonly heldOut?: HeldOutNames
}

/**
 * The entries, position = id: special tokens, letters (each as a word's start and as its continuation), triples. Made from
 * the names of the training pairs, in both languages; the order of the names does not matter. A tokenizer of it needs
 * `tokenizerFile` with `letters`. Throws ConfigError VOCABULARY_TOO_LARGE above 65,535 entries.
 */
export function trainLetterVocabulary(
  names: Iterable<string>,
  { minLetterCount, grams, heldOut = HeldOutNames.none }: LetterVocabularySettings,
): readonly string[] {
  const letterCounts = new Map<string, number>()
  const gramCounts = new Map<string, number>()
  for (const name of names) {
    const text = heldOut.wordsBeside(name).join(' ')
    for (const letter of letterWords(text).join('')) countOne(letterCounts, letter)
    for (const gram of letterGrams(text)) countOne(gramCounts, gram)
  }
  const frequent = new Map([...letterCounts].filter(([, count]) => count >= minLetterCount))
  const tokens = [...specialTokens, ...characterTokens(frequent), ...byCount(gramCounts).slice(0, grams)]
  if (tokens.length <= maxVocabularySize) return tokens
  throw new ConfigError('VOCABULARY_TOO_LARGE', `letters and their triples make ${tokens.length} entries`, {
    hint: `${maxVocabularySize} is the most: ask for fewer triples`,
  })
}

function countOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
