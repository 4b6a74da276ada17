import type { HeldOutNames } from '../../language/held-out-names.ts'
import { trainLetterVocabulary } from '../../language/letter-vocabulary.ts'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { defaultVocabularySettings, trainVocabulary } from '../../language/vocabulary.ts'
import { WordCounts } from '../../language/word-counts.ts'
import type { TrainingExample } from '../../model/batch.ts'
import type { TrainerSettings } from './settings.ts'

/**
 * A tokenizer.json whose vocabulary comes from the texts of the training examples, the held-out names in them left out: they are
 * not counted, and none of them is an entry (docs/decisions/0013).
 */
export function trainTokenizer(
  examples: Iterable<TrainingExample>,
  heldOut: HeldOutNames,
  { model }: TrainerSettings,
): string {
  const names = new Set<string>()
  for (const { synonym_pairs } of examples) for (const name of synonym_pairs.flat()) names.add(name)
  if (model.vocabulary === 'letters') {
    const letters = { minLetterCount: model.min_letter_count, grams: model.letter_triples, heldOut }
    const tokens = trainLetterVocabulary(names, letters)
    return serialiseTokenizer(tokenizerFile(tokens, model.max_length, { letters: true }))
  }
  const { tokens } = trainVocabulary(WordCounts.of([...textsOf(examples), ...names], { heldOut }), {
    ...defaultVocabularySettings,
    size: model.vocab_size,
    wordShare: model.word_share,
    preferredNames: names,
  })
  return serialiseTokenizer(tokenizerFile(tokens, model.max_length))
}

/** Queries and documents, each once. */
export function textsOf(examples: Iterable<TrainingExample>): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const { query, positive_doc, negative_docs } of examples) {
    for (const text of [query, positive_doc, ...negative_docs]) texts.add(text)
  }
  return texts
}
