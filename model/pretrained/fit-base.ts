import { type PruningCounts, pruneTokenizer } from '../../language/prune-tokenizer.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { maxVocabularySize } from '../../language/vocabulary.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { initialValue, parameterShapes } from '../encoder.ts'
import { Randomness } from '../randomness.ts'
import { type BaseModel, encoderOf } from './base-model.ts'

export interface FittingSettings {
  /** Rows that the position table keeps. */
  readonly maxLength: number
  /** Entries that a vocabulary which must be pruned keeps at most. */
  readonly vocabularyLimit: number
}

/** A base as a run begins with it. */
export interface FittedBase {
  readonly tokenizerJson: string
  /** By the names of `parameterShapes`, of the fitted sizes. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
  /** Where the vocabulary was too large. */
  readonly pruning?: PruningCounts
  /** True where the base brought no head of its own: it begins as that of scratch does. */
  readonly hasFreshHead: boolean
}

const wordEmbeddings = 'bert.embeddings.word_embeddings.weight'
const headBias = 'cls.predictions.bias'

/**
 * Cuts a base to what a run needs. A vocabulary that a sparse index cannot number (65,536 entries or more) is pruned to the
 * entries that `texts` use: large multilingual vocabularies never became sparse, and of 250,000 entries Korean and English use
 * a tenth. Throws ConfigError BASE_TOO_SHORT where the base knows no texts of that length, BASE_INVALID where tokenizer and
 * weights do not belong together.
 */
export function fitBase(base: BaseModel, texts: Iterable<string>, settings: FittingSettings): FittedBase {
  const { maxLength } = settings
  if (maxLength > base.config.maxLength) {
    throw new ConfigError('BASE_TOO_SHORT', `the base reads ${base.config.maxLength} tokens, not ${maxLength}`, {
      hint: `set model.max_length to ${base.config.maxLength} or less`,
    })
  }
  const entries = Tokenizer.parse(base.tokenizerJson).vocabularySize
  if (entries > base.config.vocabularySize) {
    throw new ConfigError(
      'BASE_INVALID',
      `the tokenizer has ${entries} entries, the weights ${base.config.vocabularySize}`,
      {
        hint: 'take tokenizer.json and weights of the same model',
      },
    )
  }
  const pruned =
    entries > maxVocabularySize ? pruneTokenizer(base.tokenizerJson, texts, settings.vocabularyLimit) : undefined
  // Rows beyond the tokenizer's entries fill the table up to a round size; nothing can ever name them.
  const keptIds = pruned?.keptIds ?? Array.from({ length: entries }, (_, id) => id)
  const config = { ...encoderOf(base.config), vocabularySize: keptIds.length, maxLength }
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>()
  for (const [name, shape] of parameterShapes(config)) {
    const values = base.weights.get(name)
    if (!values) tensors.set(name, { shape, data: initialValue(name, shape, { randomness: new Randomness(0) }) })
    else if (name === wordEmbeddings) tensors.set(name, { shape, data: rows(values, keptIds, config.hiddenSize) })
    else if (name === headBias) tensors.set(name, { shape, data: rows(values, keptIds, 1) })
    else
      tensors.set(name, {
        shape,
        data: values.subarray(
          0,
          shape.reduce((a, b) => a * b, 1),
        ),
      })
  }
  return {
    tokenizerJson: pruned?.tokenizerJson ?? base.tokenizerJson,
    tensors,
    hasFreshHead: !base.hasHead,
    ...(pruned && { pruning: pruned.counts }),
  }
}

function rows(values: Float32Array, ids: readonly number[], width: number): Float32Array {
  const kept = new Float32Array(ids.length * width)
  for (const [row, id] of ids.entries()) kept.set(values.subarray(id * width, (id + 1) * width), row * width)
  return kept
}
