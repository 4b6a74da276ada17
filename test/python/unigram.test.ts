/** A tokenizer of XLM-R's kind against the Rust tokenizers: run by `npm run test:python`. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pruneTokenizer } from '../../language/prune-tokenizer.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { corpus } from '../language/corpus.ts'

const python = process.env.NARU_PYTHON
const hasSentencePiece = python !== undefined && spawnSync(python, ['-c', 'import sentencepiece']).status === 0

/** Width forms, ligatures, circled figures, every kind of blank, and what no entry covers. */
const unusual = [
  'ＡＢＣ　서울 ﬁ ①',
  'a\u200bb\u00a0c  d',
  '½ x² ™ …',
  '～tilde',
  'tab\tnew\u3000wide',
  '\u00adsoft',
  '☃ 서울',
  '',
]

test("SentencePiece's unigram model gives the ids of the Rust tokenizers, pruned or not", {
  skip: !hasSentencePiece && 'NARU_PYTHON names no Python that has sentencepiece',
}, () => {
  const texts = [...corpus, ...unusual]
  const script = fileURLToPath(new URL('../language/reference/make_unigram.py', import.meta.url))
  const input = JSON.stringify({ corpus: Array.from({ length: 20 }, () => corpus).flat(), texts })
  const { stdout, stderr } = spawnSync(python!, [script], { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
  assert.ok(stdout, stderr)
  const expected: { readonly tokenizer: string; readonly ids: readonly number[][] } = JSON.parse(stdout)
  const tokenizer = Tokenizer.parse(expected.tokenizer)
  assert.deepEqual(
    texts.map((text) => tokenizer.contentIds(text)),
    expected.ids,
  )
  const pruned = Tokenizer.parse(pruneTokenizer(expected.tokenizer, corpus, tokenizer.vocabularySize).tokenizerJson)
  for (const text of corpus) {
    const named = (by: Tokenizer) => by.contentIds(text).map((id) => by.decodeToken(id))
    assert.deepEqual(named(pruned), named(tokenizer))
  }
})
