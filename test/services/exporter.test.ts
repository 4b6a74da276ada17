import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'yaml'
import { Tokenizer } from '../../language/tokenizer.ts'
import { writeCheckpoint } from '../../model/checkpoint.ts'
import type { Manifest } from '../../model/export/manifest.ts'
import { loadSparseEncoder } from '../../model/sparse-encoder.ts'
import { TrainingEngine } from '../../model/training-engine.ts'
import { dropped } from '../../runtime/service.ts'
import type { Checkpoint } from '../../schemas/types.ts'
import exporter from '../../services/11-exporter/service.ts'
import { toySettings, toyTokenizerJson } from '../model/toy.ts'
import { drive, incoming, temporaryFolder } from './drive.ts'

const address = 'models/checkpoints/toy/step-00000000'

/**
 * A checkpoint of an encoder that has seen nothing yet, in the file store `folder`. `attention` multiplies the weights of queries
 * and keys.
 */
async function checkpointIn(folder: string, attention = 1): Promise<Checkpoint> {
  const engine = TrainingEngine.start(toySettings, Tokenizer.parse(toyTokenizerJson), 1)
  const { progress } = engine
  const tensors = new Map(
    [...engine.tensors()].map(([name, { shape, data }]) => {
      const factor = /self\.(?:query|key)\.weight$/.test(name) ? attention : 1
      return [name, { shape, data: data.map((value) => value * factor) }]
    }),
  )
  const content = { settings: toySettings, progress, tokenizerJson: toyTokenizerJson, tensors }
  const { step, sha256 } = await writeCheckpoint(join(folder, address, '..'), content)
  return { model: 'toy', step, address, sha256, metrics: {}, final: true }
}

const settings = {
  threads: 1,
  signingKey: '',
  formats: [] as string[],
  rounded: [],
  openSearchRuntimes: false,
  licence: 'cc-by-sa-4.0',
}

/** As synonym-writer counts them. */
const dictionaryFacts = {
  name: 'toy',
  languages: ['ko', 'en'],
  licence: 'cc-by-sa-4.0',
  note: '',
  dumps: [{ wiki: 'kowiki', date: '20260901', kind: 'articles', file: 'kowiki.xml.bz2', bytes: 1, sha1: null }],
  lists: [],
  pairs: 12,
  splits: { train: 12, val: 0, test: 0 },
  sources: [],
  search: { minConfidence: 0.5, maxExpansions: 5, leftOut: { unsure: 0, symbols: 0, beyondLimit: 0 } },
  files: [
    { name: 'train.jsonl', bytes: 1, sha256: 'ab'.repeat(32), rows: 12 },
    { name: 'test.jsonl', bytes: 1, sha256: 'cd'.repeat(32), rows: 0 },
  ],
}

const publish = (folder: string, checkpoint: Checkpoint, wanted = settings) =>
  drive(folder, exporter, [incoming('checkpoints', checkpoint)], { settings: wanted })

const bytesOf = (folder: string, file: string) => readFile(join(folder, 'models/exports/toy', file))
const filesBelow = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The export of `folder` is that of the first test, and nothing lies beside it. */
async function sameFiles(folder: string): Promise<void> {
  const files = await filesBelow(join(root, 'models/exports'))
  assert.deepEqual(await filesBelow(join(folder, 'models/exports')), files)
  for (const file of files) {
    const [made, expected] = await Promise.all([folder, root].map((one) => readFile(join(one, 'models/exports', file))))
    assert.ok(made!.equals(expected!), file)
  }
}

const root = await mkdtemp(join(tmpdir(), 'naru-exporter-'))
after(() => rm(root, { recursive: true, force: true }))
const checkpoint = await checkpointIn(root)
const published = (await publish(root, checkpoint)).events('exports')

test('an export says where it lies, of what checkpoint it is, and that it computes what was trained', async () => {
  const [made, ...others] = published
  assert.deepEqual(others, [])
  assert.deepEqual([made?.model, made?.step, made?.address], ['toy', 0, 'models/exports/toy'])
  assert.equal(made?.sha256, sha256Of(await bytesOf(root, 'onnx/model.onnx')))
  assert.equal(made?.parityTexts, 500)
  assert.ok(made.maxAbsoluteDifference <= 1e-4, `${made.maxAbsoluteDifference}`)
})

test('the manifest has the bytes and the hash of every file, and says that nobody signed it', async () => {
  const manifest: Manifest = JSON.parse((await bytesOf(root, 'manifest.json')).toString())
  const { model, step, leftOut, signedBy } = manifest
  assert.deepEqual({ model, step, leftOut, signedBy }, { model: 'toy', step: 0, leftOut: {}, signedBy: null })
  assert.equal(manifest.checkpoint, checkpoint.sha256)
  const files = await filesBelow(join(root, 'models/exports/toy'))
  assert.deepEqual([...Object.keys(manifest.files), 'manifest.json'].sort(), files)
  for (const [file, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const content = await bytesOf(root, file)
    assert.deepEqual({ bytes, sha256 }, { bytes: content.length, sha256: sha256Of(content) }, file)
  }
})

test('the event says what a consumer needs of the folder without opening it', async () => {
  const [made] = published
  assert.deepEqual(made?.formats, ['onnx', 'torchscript', 'huggingface', 'opensearch'])
  assert.equal(made?.manifestSha256, sha256Of(await bytesOf(root, 'manifest.json')))
  assert.equal(made?.checkpoint, checkpoint.sha256)
  const { vocabularySize } = Tokenizer.parse(toyTokenizerJson)
  assert.deepEqual(
    [made?.queryEncoding, made?.vocabularySize, made?.maxLength, made?.signedBy],
    ['model', vocabularySize, 16, null],
  )
})

test('the card tells the figures of the checkpoint, its dumps where the dictionary names them, and the limits', async (t) => {
  const folder = await temporaryFolder(t)
  const made = { ...(await checkpointIn(folder)), metrics: { valLeftToRightHitAt1: 0.25, activeTerms: 31 } }
  await mkdir(join(folder, 'synonyms'), { recursive: true })
  await writeFile(join(folder, 'synonyms', 'card.json'), JSON.stringify(dictionaryFacts))
  await publish(folder, made, { ...settings, licence: 'cc-by-4.0', formats: ['onnx'] })
  const card = (await bytesOf(folder, 'README.md')).toString()
  const [, metadata] = card.split('---\n')
  const { language, license } = parse(metadata!)
  assert.deepEqual({ language, license }, { language: ['ko', 'en'], license: 'cc-by-4.0' })
  for (const told of [
    '| valLeftToRightHitAt1 | 0.2500 |',
    '| activeTerms | 31 |',
    '| kowiki | 20260901 |',
    `\`train.jsonl\`: SHA-256 \`${'ab'.repeat(32)}\``,
    made.sha256,
  ]) {
    assert.ok(card.includes(told), told)
  }
  assert.ok(!card.includes('test.jsonl'), 'nothing was trained on it')
  assert.match(card, /beyond 16 tokens/)
  assert.match(card, /500 of 500/)
  assert.match(card, /not signed/)
})

test('the folder is all that is needed to encode Korean and English', async () => {
  const encoder = await loadSparseEncoder(join(root, 'models/exports/toy'))
  const vectors = await encoder.encode(['물', 'water', ''])
  await encoder.close()
  assert.equal(vectors.length, 3)
  assert.ok(vectors.slice(0, 2).every(({ terms }) => terms.length > 0))
  // Cut where the position table ends, by the tokenizer's file alone.
  const { truncation } = JSON.parse((await bytesOf(root, 'tokenizer.json')).toString())
  assert.equal(truncation.max_length, 16)
})

test('the same checkpoint gives the same bytes and the same event, in place of what was there', async (t) => {
  const folder = await temporaryFolder(t)
  const again = await checkpointIn(folder)
  const exported = join(folder, 'models/exports/toy')
  await mkdir(join(exported, 'onnx'), { recursive: true })
  for (const file of ['onnx/model.onnx', 'manifest.json', 'scores.json']) {
    await writeFile(join(exported, file), 'of another run')
  }
  assert.deepEqual((await publish(folder, again)).events('exports'), published)
  await sameFiles(folder)
})

test('an export that does not compute what was trained is refused, and the one before it stays as it was', async (t) => {
  const folder = await temporaryFolder(t)
  await publish(folder, await checkpointIn(folder))
  // Scores of 1e18 make the last bit of a sum decide where a text looks, and the two computations sum in different orders.
  const wild = await checkpointIn(folder, 1e9)
  await assert.rejects(publish(folder, wild), {
    name: 'FatalError',
    code: 'EXPORT_DIFFERS',
    at: { file: join(folder, address) },
    hint: /report/,
  })
  await sameFiles(folder)
})

for (const part of ['state.json', 'model.safetensors', 'optimiser.safetensors', 'tokenizer.json']) {
  test(`a checkpoint whose ${part} is damaged is refused, and nothing is published`, async (t) => {
    const folder = await temporaryFolder(t)
    const damaged = await checkpointIn(folder)
    await appendFile(join(folder, address, part), 'x')
    await assert.rejects(publish(folder, damaged), {
      name: 'FatalError',
      code: 'CHECKPOINT_INVALID',
      at: { file: join(folder, address, part) },
    })
    assert.equal(existsSync(join(folder, 'models/exports')), false)
  })
}

test('a new best on the way that training has removed since is left out, for another follows', async (t) => {
  const folder = await temporaryFolder(t)
  const { outcomes } = await publish(folder, { ...checkpoint, final: false })
  assert.deepEqual(outcomes, [dropped('not_final')])
})

test('the export of a new best on the way says that others follow', async (t) => {
  const folder = await temporaryFolder(t)
  const { events } = await publish(folder, { ...(await checkpointIn(folder)), final: false })
  assert.deepEqual(
    events('exports').map(({ step, final }) => [step, final]),
    [[checkpoint.step, false]],
  )
})

test('a checkpoint that is not there is refused', async (t) => {
  const folder = await temporaryFolder(t)
  await assert.rejects(publish(folder, checkpoint), { name: 'FatalError', code: 'CHECKPOINT_INVALID', hint: /remove/ })
})
