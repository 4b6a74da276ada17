import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { bertWords } from '../../language/bert-words.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { defaultVocabularySettings, trainVocabulary } from '../../language/vocabulary.ts'
import { WordCounts } from '../../language/word-counts.ts'
import { corpus } from './corpus.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`reference/${name}`, import.meta.url))
const made = serialiseTokenizer(
  tokenizerFile(
    trainVocabulary(WordCounts.of(corpus), {
      ...defaultVocabularySettings,
      size: 600,
      minWordCount: 2,
      minCharacterCount: 1,
    }).tokens,
    64,
  ),
)
if (process.env.UPDATE_EXPECTATIONS) writeFileSync(fixture('tokenizer.json'), made)

interface Reference {
  readonly rows: readonly { readonly full: number[]; readonly cut8: number[] }[]
  readonly ownTruncation: number
  readonly decoded: readonly string[]
}
const readJson = <T>(name: string): T => JSON.parse(readFileSync(fixture(name), 'utf8'))
const tokenizer = Tokenizer.parse(readFileSync(fixture('tokenizer.json'), 'utf8'))
const texts = readJson<string[]>('texts.json')

test('the same corpus makes the committed tokenizer.json, but for white space', () => {
  assert.equal(made, `${JSON.stringify(readJson('tokenizer.json'), null, 1)}\n`)
})

test("ids are those of Hugging Face's Rust tokenizers, whole and cut", () => {
  const { rows } = readJson<Reference>('ids.json')
  assert.equal(rows.length, texts.length)
  texts.forEach((text, at) => {
    assert.deepEqual(tokenizer.encode(text), rows[at]?.full, JSON.stringify(text))
    assert.deepEqual(tokenizer.encode(text, 8), rows[at]?.cut8, JSON.stringify(text))
  })
})

test("the file's own truncation holds where none is asked for", () => {
  assert.equal(tokenizer.maxLength, 64)
  assert.equal(tokenizer.encode('서울 '.repeat(500)).length, readJson<Reference>('ids.json').ownTruncation)
})

test("one id decodes to the key that Rust's decoder, and so OpenSearch, gives it", () => {
  const { decoded } = readJson<Reference>('ids.json')
  assert.equal(tokenizer.vocabularySize, decoded.length)
  decoded.forEach((token, id) => {
    assert.equal(tokenizer.decodeToken(id), token)
  })
})

test('a live Rust tokenizer gives the same ids for random texts', (t) => {
  const python = process.env.NARU_PYTHON
  if (!python) return t.skip('set NARU_PYTHON to a python that has `tokenizers`')
  const samples = fc.sample(
    fc.array(fc.oneof(...alphabets), { maxLength: 30 }).map((parts) => parts.join('')),
    {
      numRuns: 3000,
      seed: 20_24,
    },
  )
  const { status, stdout, stderr } = spawnSync(python, [fixture('tokenize.py'), fixture('tokenizer.json')], {
    input: JSON.stringify(samples),
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  const { rows }: Reference = JSON.parse(stdout)
  samples.forEach((text, at) => {
    assert.deepEqual(tokenizer.encode(text), rows[at]?.full, JSON.stringify(text))
  })
})

test('words for counting are the words that the tokenizer sees', () => {
  const library = new HuggingFaceTokenizer(JSON.parse(made), {})
  fc.assert(
    fc.property(fc.array(fc.oneof(...alphabets), { maxLength: 30 }), (parts) => {
      const text = parts.join('').replace(/[\u{20000}-\u{2FFFF}Σ]/gu, '')
      const normal = library.normalizer?.(text) ?? ''
      assert.deepEqual(bertWords(text), library.pre_tokenizer?.(normal, {}) ?? [])
    }),
    { numRuns: 500 },
  )
})

test('another kind of tokenizer, or none, is refused with a hint', () => {
  assert.throws(() => Tokenizer.parse('{"model":{"type":"BPE"}}'), { code: 'TOKENIZER_INVALID' })
  assert.throws(() => Tokenizer.parse('no JSON'), { code: 'TOKENIZER_INVALID' })
  assert.throws(() => Tokenizer.parse(made.replaceAll('[MASK]', '[MOSK]')), { code: 'TOKENIZER_INVALID' })
})

/** Pieces of text that tokenizers have been known to disagree on. */
const alphabets = [
  fc.constantFrom('서울', '은', '에서', '고양이', 'seoul', 'City', 's', '漢', '東京', 'C++', '##은', '1990'),
  fc.constantFrom(' ', '\t', '\n', '\u00A0', '\u3000', '\u2028', '\u0085', '\u200B', '\uFEFF', '\u0000', '\uFFFD'),
  fc.constantFrom('[CLS]', '[MASK]', '[UNK]', 'ΟΔΟΣ', 'İ', 'ß', 'e\u0301', 'é', '\u1109\u1165', '𠀀', '😀', '👨‍👩‍👧'),
  fc.constantFrom('.', ',', '—', '「', '』', '$', '^', '`', '~', '…', '·', '（', '％'),
  fc.string({ unit: fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code)), maxLength: 5 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 6 }),
]
