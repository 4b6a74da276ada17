import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { isLetterGram, letterGrams } from '../../language/letter-grams.ts'
import { trainLetterVocabulary } from '../../language/letter-vocabulary.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { corpus } from './corpus.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`reference/${name}`, import.meta.url))
const names = [...corpus, 'Immanuel Kant', '이마누엘 칸트', 'Jørgen Ångström', 'Ludwig van Beethoven', 'Kim Yong-ik']
const tokens = trainLetterVocabulary(names, { minLetterCount: 1, grams: 200 })
const made = serialiseTokenizer(tokenizerFile(tokens, 64, { letters: true }))
if (process.env.UPDATE_EXPECTATIONS) writeFileSync(fixture('letters.json'), made)
const tokenizer = Tokenizer.parse(made)
const texts: readonly string[] = JSON.parse(readFileSync(fixture('texts.json'), 'utf8'))

interface Reference {
  readonly rows: readonly { readonly full: number[]; readonly cut8: number[] }[]
  readonly decoded: readonly string[]
}

const pieces = (text: string) => tokenizer.contentIds(text).map((id) => tokenizer.decodeToken(id))

test('the triples of a name know where its words begin and end', () => {
  assert.deepEqual(letterGrams('Kant'), ['^ka', '~kan', '~ant', 'nt$'])
  assert.deepEqual(letterGrams('Ng  É Li'), ['^ng', 'ng$', '^e$', '^li', 'li$'])
  assert.deepEqual(letterGrams('칸트'), [])
})

test('a text is read letter by letter, Hangul by its jamo, accents left out', () => {
  assert.deepEqual(pieces('Ång'), ['a', '##n', '##g'])
  assert.deepEqual(pieces('칸트'), ['ᄏ', '##ᅡ', '##ᆫ', '##ᄐ', '##ᅳ'])
  assert.deepEqual(pieces('칸트'.normalize('NFD')), pieces('칸트'))
})

test('no text is cut into a triple, not even one that spells its entry', () => {
  const grams = new Set(tokens.flatMap((token, id) => (isLetterGram(token) ? [id] : [])))
  assert.equal(grams.size, 200)
  const spelled = fc.constantFrom(...tokens, ...names, ' ', '^', '~', '$')
  fc.assert(
    fc.property(fc.array(spelled, { maxLength: 8 }), (parts) => {
      assert.ok(tokenizer.contentIds(parts.join('')).every((id) => !grams.has(id)))
    }),
  )
})

test('a name finds its triples among the entries, and a vocabulary of words holds none', () => {
  const known = tokenizer.letterGramIds('Kant').map((id) => tokenizer.decodeToken(id))
  assert.deepEqual(
    known,
    letterGrams('Kant').filter((gram) => tokens.includes(gram)),
  )
  assert.ok(known.length > 0 && tokenizer.hasLetterGrams)
  const words = Tokenizer.parse(readFileSync(fixture('tokenizer.json'), 'utf8'))
  assert.equal(words.hasLetterGrams, false)
})

test('the order of the names changes no entry', () => {
  assert.deepEqual(trainLetterVocabulary([...names].reverse(), { minLetterCount: 1, grams: 200 }), tokens)
})

test('more entries than OpenSearch can tell apart are refused', () => {
  const letter = (i: number) => String.fromCodePoint(0x250 + (Math.floor(i) % 42))
  const everyTriple = Array.from({ length: 42 ** 3 }, (_, i) => letter(i) + letter(i / 42) + letter(i / 42 ** 2))
  assert.throws(() => trainLetterVocabulary(everyTriple, { minLetterCount: 1, grams: 100_000 }), {
    code: 'VOCABULARY_TOO_LARGE',
  })
})

test("letters' ids are those of Hugging Face's Rust tokenizers, whole and cut", () => {
  assert.deepEqual(JSON.parse(made), JSON.parse(readFileSync(fixture('letters.json'), 'utf8')))
  const { rows, decoded }: Reference = JSON.parse(readFileSync(fixture('letters-ids.json'), 'utf8'))
  texts.forEach((text, at) => {
    assert.deepEqual(tokenizer.encode(text), rows[at]?.full, JSON.stringify(text))
    assert.deepEqual(tokenizer.encode(text, 8), rows[at]?.cut8, JSON.stringify(text))
  })
  assert.deepEqual(
    decoded,
    tokens.map((_, id) => tokenizer.decodeToken(id)),
  )
})

test('a live Rust tokenizer reads random names into the same letters', (t) => {
  const python = process.env.NARU_PYTHON
  if (!python) return t.skip('set NARU_PYTHON to a python that has `tokenizers`')
  const hangul = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code))
  const latin = fc.integer({ min: 0x41, max: 0x24f }).map((code) => String.fromCodePoint(code))
  const part = fc.oneof(hangul, latin, fc.constantFrom(...names, 'e\u0301', 'ᄏ', 'ㅏ', 'Σ', '㈀', '𠀀', '-', ' '))
  const samples = fc.sample(
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    { numRuns: 2000, seed: 11 },
  )
  const run = spawnSync(python, [fixture('tokenize.py'), fixture('letters.json')], {
    input: JSON.stringify(samples),
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  })
  assert.equal(run.status, 0, run.stderr)
  const { rows }: Reference = JSON.parse(run.stdout)
  samples.forEach((text, at) => {
    assert.deepEqual(tokenizer.encode(text), rows[at]?.full, JSON.stringify(text))
  })
})
