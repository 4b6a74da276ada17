/** Text to token ids by a `tokenizer.json` of the WordPiece kind. */
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { ConfigError } from '../runtime/errors.ts'
import { alignedWithRust } from './bert-words.ts'
import { isLetterGram, letterGrams } from './letter-grams.ts'

/** What is needed here of the file; the rest is checked by the library. */
const fileShape = z.looseObject({
  truncation: z.looseObject({ max_length: z.int().min(3) }).nullish(),
  model: z.looseObject({
    type: z.literal('WordPiece'),
    unk_token: z.string(),
    vocab: z.record(z.string(), z.int().min(0)),
  }),
})

export interface SpecialIds {
  readonly pad: number
  readonly unknown: number
  readonly cls: number
  readonly sep: number
  readonly mask: number
}

/**
 * Gives the ids that the Rust `tokenizers` gives, but for punctuation that came after Unicode 8. The text is expected in
 * NFC: the file has no normaliser for it, so that every runtime of the file agrees.
 */
export class Tokenizer {
  readonly vocabularySize: number
  readonly special: SpecialIds
  /** Ids that `encode` returns at most, [CLS] and [SEP] among them. */
  readonly maxLength: number
  /** Whether the vocabulary holds triples of letters: terms that a text means, but is never cut into. */
  readonly hasLetterGrams: boolean
  private readonly tokenizer: HuggingFaceTokenizer

  /** Reads the text of a tokenizer.json. Throws ConfigError when it is none, or not of the WordPiece kind. */
  static parse(text: string): Tokenizer {
    try {
      const file: unknown = JSON.parse(text)
      return new Tokenizer(fileShape.parse(file))
    } catch (cause) {
      if (cause instanceof ConfigError) throw cause
      throw new ConfigError('TOKENIZER_INVALID', 'this is no WordPiece tokenizer.json', {
        hint: 'use the tokenizer.json that lies beside the model',
        cause,
      })
    }
  }

  private constructor(file: z.infer<typeof fileShape>) {
    this.tokenizer = new HuggingFaceTokenizer(file, { clean_up_tokenization_spaces: false })
    this.vocabularySize = this.tokenizer.get_vocab().size
    this.hasLetterGrams = Object.keys(file.model.vocab).some(isLetterGram)
    this.maxLength = file.truncation?.max_length ?? Number.POSITIVE_INFINITY
    this.special = {
      pad: this.idOf('[PAD]'),
      unknown: this.idOf(file.model.unk_token),
      cls: this.idOf('[CLS]'),
      sep: this.idOf('[SEP]'),
      mask: this.idOf('[MASK]'),
    }
  }

  /** [CLS] text [SEP] as ids, the text cut from the right so that there are at most `maxLength` (≥ 3) of them. */
  encode(text: string, maxLength = this.maxLength): number[] {
    const ids = this.contentIds(text)
    return [this.special.cls, ...ids.slice(0, Math.max(0, maxLength - 2)), this.special.sep]
  }

  /** The text's ids without special tokens, uncut. */
  contentIds(text: string): number[] {
    return this.tokenizer.encode(alignedWithRust(text), { add_special_tokens: false }).ids
  }

  /** The ids of the text's triples of letters, those that the vocabulary holds. */
  letterGramIds(text: string): number[] {
    return letterGrams(text).flatMap((gram) => this.find(gram) ?? [])
  }

  /** The entry for an id, `##` kept: the key that OpenSearch gives a weight under. [UNK] for an id that is none. */
  decodeToken(id: number): string {
    return this.tokenizer.id_to_token(id) ?? '[UNK]'
  }

  /** The id of an entry, if it is one. */
  find(token: string): number | undefined {
    return this.tokenizer.token_to_id(token)
  }

  private idOf(token: string): number {
    const id = this.find(token)
    if (id !== undefined) return id
    throw new ConfigError('TOKENIZER_INVALID', `tokenizer.json has no ${token}`, {
      hint: 'use the tokenizer.json that lies beside the model',
    })
  }
}
