import assert from 'node:assert/strict'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Tokenizer } from '../../../language/tokenizer.ts'
import { baseFingerprint, readBaseModel } from '../../../model/pretrained/base-model.ts'
import { greatestDifference } from '../reference/reference.ts'
import { baseFolder, copyWithout, expectedOf, type FamilyName, families } from './base-folders.ts'
import { logitsOf } from './base-logits.ts'

for (const family of families) {
  test(`${family}: the tokenizer gives the ids of the Rust tokenizers`, async () => {
    const tokenizer = Tokenizer.parse(await readFile(join(baseFolder(family), 'tokenizer.json'), 'utf8'))
    const { texts, ids } = expectedOf(baseFolder(family))
    assert.deepEqual(
      texts.map((text) => tokenizer.encode(text)),
      ids,
    )
  })

  for (const [form, without] of Object.entries({ safetensors: /\.bin$/, 'pytorch_model.bin': /safetensors/ })) {
    test(`${family} from ${form}: logits are those of transformers`, async (t) => {
      const folder = await copyWithout(t, family, without)
      const { texts, logits } = expectedOf(folder)
      const ours = await logitsOf(await readBaseModel(folder), texts)
      assert.ok(greatestDifference(ours, logits.data) <= 1e-4, `${greatestDifference(ours, logits.data)}`)
    })
  }
}

test('another base has another fingerprint, and the same base the same', async (t) => {
  const folder = await copyWithout(t, 'bert', /expected/)
  const before = await baseFingerprint(folder)
  assert.equal(await baseFingerprint(baseFolder('bert')), before)
  const file = join(folder, 'model.safetensors')
  const bytes = await readFile(file)
  bytes[bytes.length - 1]! ^= 1
  await writeFile(file, bytes)
  assert.notEqual(await baseFingerprint(folder), before)
})

/** The base folder with its config.json changed. */
async function withConfig(t: Parameters<typeof copyWithout>[0], family: FamilyName, change: object): Promise<string> {
  const folder = await copyWithout(t, family, /expected/)
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...change }))
  return folder
}

test('architectures that would compute something else are refused by name', async (t) => {
  for (const [change, says] of [
    [{ model_type: 'deberta-v2' }, /deberta-v2/],
    [{ hidden_act: 'gelu_new' }, /gelu_new/],
    [{ position_embedding_type: 'relative_key' }, /relative_key/],
    [{ tie_word_embeddings: false }, /tie_word_embeddings/],
    [{ is_decoder: true }, /is_decoder/],
  ] as const) {
    const folder = await withConfig(t, 'bert', change)
    await assert.rejects(readBaseModel(folder), { code: 'BASE_UNSUPPORTED', message: says, hint: /klue\/bert-base/ })
  }
})

test('weights that do not belong to the config are refused with the tensor', async (t) => {
  const folder = await withConfig(t, 'bert', { num_hidden_layers: 3 })
  await assert.rejects(readBaseModel(folder), { code: 'BASE_INVALID', message: /encoder\.layer\.2.* is missing/ })
  const wider = await withConfig(t, 'bert', { vocab_size: 121 })
  await assert.rejects(readBaseModel(wider), { code: 'BASE_INVALID', message: /is \[120,16\], not \[121,16\]/ })
})

test('what is missing from a folder is said', async (t) => {
  for (const [without, says] of [
    [/config\.json$/, /config\.json/],
    [/tokenizer\.json$/, /tokenizer\.json/],
    [/safetensors|\.bin$/, /no weights/],
  ] as const) {
    const folder = await copyWithout(t, 'bert', without)
    await assert.rejects(readBaseModel(folder), { code: 'BASE_INVALID', message: says })
  }
})

test('a shard that is missing or cut short is found', async (t) => {
  const folder = await copyWithout(t, 'xlm-roberta', /\.bin$/)
  const shard = join(folder, 'model-00002-of-00002.safetensors')
  await truncate(shard, 4000)
  await assert.rejects(readBaseModel(folder), { code: 'WEIGHTS_INVALID', at: { file: shard, byteOffset: 4000 } })
})

test('a text alone has the logits that it has in a padded batch', async () => {
  const base = await readBaseModel(baseFolder('xlm-roberta'))
  const { texts, ids } = expectedOf(baseFolder('xlm-roberta'))
  const together = await logitsOf(base, texts)
  const width = base.config.vocabularySize
  for (const [i, text] of texts.entries()) {
    const alone = await logitsOf(base, [text], ids[i]!.length)
    assert.ok(greatestDifference(alone, together.slice(i * width, (i + 1) * width)) <= 1e-6)
  }
})
