import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pruneTokenizer } from '../../../language/prune-tokenizer.ts'
import { Tokenizer } from '../../../language/tokenizer.ts'
import { type BaseModel, readBaseModel } from '../../../model/pretrained/base-model.ts'
import { fitBase } from '../../../model/pretrained/fit-base.ts'
import { greatestDifference } from '../reference/reference.ts'
import { baseFolder, expectedOf } from './base-folders.ts'
import { logitsOf } from './base-logits.ts'

const xlmRoberta = await readBaseModel(baseFolder('xlm-roberta'))
const bert = await readBaseModel(baseFolder('bert'))
const { texts } = expectedOf(baseFolder('xlm-roberta'))
const corpus = ['서울은 한국의 수도이다', '한국의 산과 강', 'Seoul is the capital of Korea', 'mountains and rivers']

/** The base with so many entries in its vocabulary, those added being no part of any text. */
function enlarged(base: BaseModel, entries: number): BaseModel {
  const file = JSON.parse(base.tokenizerJson)
  const known = base.config.vocabularySize
  const extra = Array.from({ length: entries - known }, (_, i) => `੦${i.toString(36)}੦`)
  const { vocab } = file.model
  if (Array.isArray(vocab)) vocab.push(...extra.map((token) => [token, -2]))
  else for (const [i, token] of extra.entries()) vocab[token] = known + i
  const rows = (values: Float32Array, width: number) => {
    const larger = new Float32Array(entries * width).fill(0.5)
    larger.set(values)
    return larger
  }
  const weights = new Map(base.weights)
  weights.set(
    'bert.embeddings.word_embeddings.weight',
    rows(base.weights.get('bert.embeddings.word_embeddings.weight')!, 16),
  )
  weights.set('cls.predictions.bias', rows(base.weights.get('cls.predictions.bias')!, 1))
  return { ...base, config: { ...base.config, vocabularySize: entries }, tokenizerJson: JSON.stringify(file), weights }
}

for (const [family, base] of [
  ['Unigram', xlmRoberta],
  ['WordPiece', bert],
] as const) {
  test(`a ${family} vocabulary of 100,000 is pruned below 65,536, and its model says the same of every entry kept`, async () => {
    const large = enlarged(base, 100_000)
    const fitted = fitBase(large, texts, { maxLength: 32, vocabularyLimit: 30_000 })
    const tokenizer = Tokenizer.parse(fitted.tokenizerJson)
    assert.ok(tokenizer.vocabularySize < 65_536)
    assert.equal(fitted.pruning?.before, 100_000)
    assert.equal(fitted.pruning?.after, tokenizer.vocabularySize)
    assert.equal(fitted.pruning?.lostTokens, 0)
    const pruned: BaseModel = {
      config: { ...base.config, vocabularySize: tokenizer.vocabularySize },
      tokenizerJson: fitted.tokenizerJson,
      weights: new Map([...fitted.tensors].map(([name, { data }]) => [name, data])),
      hasHead: true,
    }
    const [before, after] = [await logitsOf(base, texts), await logitsOf(pruned, texts)]
    const old = Tokenizer.parse(base.tokenizerJson)
    const keptOld = Array.from({ length: tokenizer.vocabularySize }, (_, id) => old.find(tokenizer.decodeToken(id))!)
    assert.ok(keptOld.every((id) => id !== undefined))
    const expected = texts.flatMap((_, text) => keptOld.map((id) => before[text * base.config.vocabularySize + id]!))
    assert.ok(greatestDifference(after, expected) <= 1e-5)
  })
}

for (const { tokenizerJson } of [xlmRoberta, bert]) {
  const full = Tokenizer.parse(tokenizerJson)

  test(`texts that were counted are cut as before, ${full.decodeToken(0)} and the like stay`, () => {
    const { tokenizerJson: json, counts } = pruneTokenizer(tokenizerJson, corpus, 110)
    const pruned = Tokenizer.parse(json)
    for (const text of corpus) {
      const named = (tokenizer: Tokenizer) => tokenizer.encode(text).map((id) => tokenizer.decodeToken(id))
      assert.deepEqual(named(pruned), named(full))
    }
    assert.ok(pruned.vocabularySize < full.vocabularySize)
    assert.equal(counts.special + counts.used + counts.characters, counts.after)
    for (const id of Object.values(full.special)) assert.notEqual(pruned.find(full.decodeToken(id)), undefined)
  })

  test(`where the limit is too small the rarest entries go, and are counted (${full.decodeToken(0)})`, () => {
    const floor = pruneTokenizer(tokenizerJson, [], 110).counts.after
    const { counts } = pruneTokenizer(tokenizerJson, corpus, floor + 1)
    assert.deepEqual([counts.after, counts.used], [floor + 1, 1])
    assert.ok(counts.lostTokens > 0 && counts.lostTokens < counts.tokens)
    assert.throws(() => pruneTokenizer(tokenizerJson, corpus, floor - 1), { code: 'VOCABULARY_TOO_SMALL' })
  })
}

test('an unknown character costs the same after pruning', () => {
  const pruned = Tokenizer.parse(pruneTokenizer(xlmRoberta.tokenizerJson, corpus, 110).tokenizerJson)
  const full = Tokenizer.parse(xlmRoberta.tokenizerJson)
  const text = '한국의 ☃ 수도'
  assert.deepEqual(
    pruned.encode(text).map((id) => pruned.decodeToken(id)),
    full.encode(text).map((id) => full.decodeToken(id)),
  )
})

test('a small vocabulary is left alone, and rows that nothing names go', () => {
  const weights = new Map(bert.weights)
  const padded = 128
  for (const [name, width] of [
    ['bert.embeddings.word_embeddings.weight', 16],
    ['cls.predictions.bias', 1],
  ] as const) {
    const larger = new Float32Array(padded * width)
    larger.set(weights.get(name)!)
    weights.set(name, larger)
  }
  const fitted = fitBase({ ...bert, weights, config: { ...bert.config, vocabularySize: padded } }, texts, {
    ...{ maxLength: 16, vocabularyLimit: 200 },
  })
  assert.equal(fitted.pruning, undefined)
  assert.equal(fitted.tokenizerJson, bert.tokenizerJson)
  assert.deepEqual(fitted.tensors.get('cls.predictions.bias')?.shape, [120])
  assert.deepEqual(fitted.tensors.get('bert.embeddings.position_embeddings.weight')?.shape, [16, 16])
})

test('a base without a head begins with the fresh one', () => {
  const weights = new Map([...bert.weights].filter(([name]) => !name.startsWith('cls.')))
  const fitted = fitBase({ ...bert, weights, hasHead: false }, texts, { maxLength: 16, vocabularyLimit: 200 })
  assert.equal(fitted.hasFreshHead, true)
  const transform = fitted.tensors.get('cls.predictions.transform.dense.weight')!
  assert.ok(transform.data.every((value, i) => value === (i % 17 === 0 ? 1 : 0)))
})

test('a tokenizer of another model is refused', () => {
  const other = { ...bert, tokenizerJson: enlarged(bert, 130).tokenizerJson }
  assert.throws(() => fitBase(other, texts, { maxLength: 16, vocabularyLimit: 200 }), { code: 'BASE_INVALID' })
})
