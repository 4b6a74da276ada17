import { z } from 'zod'
import { maxVocabularySize } from '../../language/vocabulary.ts'

/** What keeps a tokenizer from serving a sparse index of OpenSearch. */
export interface FitProblem {
  /** An error: the index would answer wrongly. A warning: one kind of index would. */
  readonly level: 'error' | 'warning'
  readonly message: string
}

const fileShape = z.looseObject({
  normalizer: z
    .looseObject({
      type: z.string(),
      lowercase: z.boolean().optional(),
      strip_accents: z.boolean().nullish(),
      normalizers: z.array(z.looseObject({ type: z.string() })).optional(),
    })
    .nullish(),
  model: z.looseObject({ type: z.string(), vocab: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]) }),
})

/**
 * OpenSearch keeps a weight under the text to which its id alone is decoded, and cuts texts by tokenizer.json. So the pieces of
 * a tokenizer must decode to texts of their own, and Hangul must not be taken apart on the way.
 */
export function fitProblems(tokenizerJson: string): readonly FitProblem[] {
  const { normalizer, model } = fileShape.parse(JSON.parse(tokenizerJson))
  const problems: FitProblem[] = []
  if (model.type !== 'WordPiece') {
    problems.push({
      level: 'error',
      message:
        model.type === 'BPE'
          ? 'a byte-level vocabulary decodes the pieces of a Korean letter to the same replacement sign'
          : `a ${model.type} vocabulary decodes a word and the same letters inside a word to one key; WordPiece keeps them apart`,
    })
  }
  // BertNormalizer strips accents where it lowers case, unless the file says otherwise.
  if (normalizer?.type === 'BertNormalizer' && (normalizer.strip_accents ?? normalizer.lowercase ?? true)) {
    problems.push({
      level: 'error',
      message: 'strip_accents is not false in tokenizer.json, and takes Hangul syllables apart into letters',
    })
  }
  if (normalizer?.type === 'StripAccents' || normalizer?.normalizers?.some(({ type }) => type === 'StripAccents')) {
    problems.push({ level: 'error', message: 'the normaliser of tokenizer.json strips accents, and with them Hangul' })
  }
  const entries = Array.isArray(model.vocab) ? model.vocab.length : Object.keys(model.vocab).length
  if (entries > maxVocabularySize) {
    problems.push({
      level: 'warning',
      message: `${entries} entries: approximate sparse indices (sparse_vector) number terms modulo ${maxVocabularySize + 1}`,
    })
  }
  return problems
}
