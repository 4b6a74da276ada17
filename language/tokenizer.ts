/** Text to token ids by a `tokenizer.json` of the WordPiece or the Unigram kind. */
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { ConfigError } from '../runtime/errors.ts'
import { alignedWithRust, withIdeographsApart } from './bert-words.ts'

/** What is needed here of the file; the rest is checked by the library. */
const fileShape = z.looseObject({
  truncation: z.looseObject({ max_length: z.int().min(3) }).nullish(),
  normalizer: z.looseObject({ lowercase: z.boolean().optional() }).nullish(),
  model: z.discriminatedUnion('type', [
    z.looseObject({
      type: z.literal('WordPiece'),
      unk_token: z.string(),
      vocab: z.record(z.string(), z.int().min(0)),
    }),
    z.looseObject({
      type: z.literal('Unigram'),
      unk_id: z.int().min(0),
      vocab: z.array(z.tuple([z.string(), z.number()])),
    }),
  ]),
})
type TokenizerFile = z.infer<typeof fileShape>

export interface SpecialIds {
  readonly pad: number
  readonly unknown: number
  readonly cls: number
  readonly sep: number
  readonly mask: number
}

/** Names of the special tokens in BERT's and in RoBERTa's files. */
const specialNames = {
  pad: ['[PAD]', '<pad>'],
  cls: ['[CLS]', '<s>'],
  sep: ['[SEP]', '</s>'],
  mask: ['[MASK]', '<mask>'],
} as const

/**
 * Gives the ids that the Rust `tokenizers` gives, but for punctuation that came after Unicode 8 and, with SentencePiece's own
 * normaliser, for loose jamo in a row (JavaScript's NFKC makes a syllable of ㅎㅏㄴ). The text is expected in
 * NFC: the file has no normaliser for it, so that every runtime of the file agrees.
 */
export class Tokenizer {
  readonly vocabularySize: number
  readonly special: SpecialIds
  /** Ids that `encode` returns at most, [CLS] and [SEP] among them. */
  readonly maxLength: number
  private readonly tokenizer: HuggingFaceTokenizer
  private readonly align: (text: string) => string

  /** Reads the text of a tokenizer.json. Throws ConfigError when it is none, or of neither kind. */
  static parse(text: string): Tokenizer {
    try {
      const file: unknown = JSON.parse(text)
      return new Tokenizer(fileShape.parse(file))
    } catch (cause) {
      if (cause instanceof ConfigError) throw cause
      throw new ConfigError('TOKENIZER_INVALID', 'this is no WordPiece or Unigram tokenizer.json', {
        hint: 'use the tokenizer.json that lies beside the model',
        cause,
      })
    }
  }

  private constructor(file: TokenizerFile) {
    this.tokenizer = new HuggingFaceTokenizer(file, { clean_up_tokenization_spaces: false })
    this.vocabularySize = this.tokenizer.get_vocab().size
    this.maxLength = file.truncation?.max_length ?? Number.POSITIVE_INFINITY
    this.align = alignmentFor(file)
    this.special = {
      pad: this.idOf(specialNames.pad),
      unknown: this.idOf([unknownOf(file)]),
      cls: this.idOf(specialNames.cls),
      sep: this.idOf(specialNames.sep),
      mask: this.idOf(specialNames.mask),
    }
  }

  /** [CLS] text [SEP] as ids, the text cut from the right so that there are at most `maxLength` (≥ 3) of them. */
  encode(text: string, maxLength = this.maxLength): number[] {
    const ids = this.contentIds(text)
    return [this.special.cls, ...ids.slice(0, Math.max(0, maxLength - 2)), this.special.sep]
  }

  /** The text's ids without special tokens, uncut. */
  contentIds(text: string): number[] {
    return this.tokenizer.encode(this.align(text), { add_special_tokens: false }).ids
  }

  /** The entry for an id, `##` kept: the key that OpenSearch gives a weight under. [UNK] for an id that is none. */
  decodeToken(id: number): string {
    return this.tokenizer.id_to_token(id) ?? '[UNK]'
  }

  /** The id of an entry, if it is one. */
  find(token: string): number | undefined {
    return this.tokenizer.token_to_id(token)
  }

  private idOf(names: readonly string[]): number {
    const ids = names.flatMap((name) => this.find(name) ?? [])
    if (ids[0] !== undefined) return ids[0]
    throw new ConfigError('TOKENIZER_INVALID', `tokenizer.json has no ${names.join(' or ')}`, {
      hint: 'use the tokenizer.json that lies beside the model',
    })
  }
}

function unknownOf({ model }: TokenizerFile): string {
  return model.type === 'WordPiece' ? model.unk_token : (model.vocab[model.unk_id]?.[0] ?? '')
}

/** What must be done to a text so that the JavaScript library reads it as the Rust one does. */
function alignmentFor({ model, normalizer }: TokenizerFile): (text: string) => string {
  if (model.type === 'Unigram') return (text) => text
  return normalizer?.lowercase === false ? withIdeographsApart : alignedWithRust
}
