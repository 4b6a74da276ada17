/** The vocabulary as `tokenizer.json`, the file that Hugging Face, OpenSearch and DJL read. */
import { specialTokens } from './vocabulary.ts'

export interface TokenizerFile {
  readonly version: '1.0'
  readonly truncation: Readonly<Record<string, unknown>>
  readonly padding: null
  readonly added_tokens: readonly { readonly id: number; readonly content: string; readonly special: boolean }[]
  readonly normalizer: Readonly<Record<string, unknown>>
  readonly pre_tokenizer: Readonly<Record<string, unknown>>
  readonly post_processor: Readonly<Record<string, unknown>>
  readonly decoder: Readonly<Record<string, unknown>>
  readonly model: { readonly vocab: Readonly<Record<string, number>> } & Readonly<Record<string, unknown>>
}

/**
 * tokenizer.json for `tokens` (position = id). `maxLength` counts [CLS] and [SEP] and should be the model's position
 * table: OpenSearch cuts by this file alone. `letters`: for a vocabulary of letters, without accents and with Hangul
 * taken apart into jamo. Source: huggingface/tokenizers, serialisation version 1.0.
 */
export function tokenizerFile(
  tokens: readonly string[],
  maxLength: number,
  { letters = false }: { readonly letters?: boolean } = {},
): TokenizerFile {
  const idOf = (token: string): number => tokens.indexOf(token)
  const special = (token: string): object => ({ SpecialToken: { id: token, type_id: 0 } })
  const sequence = (id: 'A' | 'B', typeId: number): object => ({ Sequence: { id, type_id: typeId } })
  return {
    version: '1.0',
    truncation: { direction: 'Right', max_length: maxLength, strategy: 'LongestFirst', stride: 0 },
    padding: null,
    added_tokens: specialTokens.map((content) => ({
      id: idOf(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    // true decomposes (NFD), which takes Hangul apart into jamo; null means "as lowercase", which is true here.
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: letters,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), sequence('A', 0), special('[SEP]')],
      pair: [
        special('[CLS]'),
        sequence('A', 0),
        special('[SEP]'),
        sequence('B', 1),
        { SpecialToken: { id: '[SEP]', type_id: 1 } },
      ],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((token) => [token, { id: token, ids: [idOf(token)], tokens: [token] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    },
  }
}

/** The file's bytes as text: one entry a line, so that two vocabularies can be compared with `diff`. */
export function serialiseTokenizer(file: TokenizerFile): string {
  return `${JSON.stringify(file, null, 1)}\n`
}
