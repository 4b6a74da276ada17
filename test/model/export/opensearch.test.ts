import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fitProblems } from '../../../model/export/sparse-index-fit.ts'
import { ZipArchive } from '../../../model/pretrained/zip.ts'
import { temporaryFolder } from '../../services/drive.ts'
import { toyTokenizerJson } from '../toy.ts'
import { exportToy, toyCheckpoint } from './toy-export.ts'

async function membersOf(file: string): Promise<Map<string, Buffer>> {
  const handle = await open(file)
  try {
    const archive = await ZipArchive.open(file, handle)
    const members = new Map<string, Buffer>()
    for (const member of archive.members.values()) members.set(member.name, Buffer.from(await archive.read(member)))
    return members
  } finally {
    await handle.close()
  }
}

test('a bundle holds the encoder and its tokenizer, and its request names bytes and hash of the zip', async (t) => {
  const folder = await temporaryFolder(t)
  const out = join(folder, 'out')
  await exportToy(await toyCheckpoint(folder, { withIdf: true }), out)
  const variants = [
    { suffix: '', model: 'toy.pt', function_name: 'SPARSE_ENCODING', model_format: 'TORCH_SCRIPT' },
    { suffix: '-onnx', model: 'toy.onnx', function_name: 'SPARSE_ENCODING', model_format: 'ONNX' },
    { suffix: '-tokenizer', model: 'idf.json', function_name: 'SPARSE_TOKENIZE', model_format: 'TORCH_SCRIPT' },
  ]
  for (const { suffix, model, function_name, model_format } of variants) {
    const zip = join(out, 'opensearch', `toy${suffix}.zip`)
    const members = await membersOf(zip)
    assert.deepEqual([...members.keys()].sort(), [model, 'tokenizer.json'].sort())
    assert.deepEqual(members.get('tokenizer.json'), await readFile(join(out, 'tokenizer.json')))
    const { description, ...body } = JSON.parse(
      await readFile(join(out, 'opensearch', `ml_config${suffix}.json`), 'utf8'),
    )
    assert.ok(description)
    assert.deepEqual(body, {
      name: `toy${suffix}`,
      version: '1.0.0',
      function_name,
      model_format,
      model_content_size_in_bytes: (await stat(zip)).size,
      model_content_hash_value: createHash('sha256')
        .update(await readFile(zip))
        .digest('hex'),
    })
  }
  const [idf] = [await membersOf(join(out, 'opensearch', 'toy-tokenizer.zip'))]
  assert.deepEqual(idf.get('idf.json'), await readFile(join(out, 'idf.json')))
  const [torch] = [await membersOf(join(out, 'opensearch', 'toy.zip'))]
  assert.deepEqual(torch.get('toy.pt'), await readFile(join(out, 'torchscript', 'model.pt')))
})

const changed = (change: (file: Record<string, Record<string, unknown>>) => void): string => {
  const file = JSON.parse(toyTokenizerJson)
  change(file)
  return JSON.stringify(file)
}

test('a tokenizer that OpenSearch would read otherwise is told of', () => {
  const levels = (json: string) => fitProblems(json).map(({ level }) => level)
  assert.deepEqual(levels(toyTokenizerJson), [])
  const normalizer = (settings: object) => changed((file) => Object.assign(file.normalizer!, settings))
  assert.deepEqual(levels(normalizer({ strip_accents: true })), ['error'])
  // What BertNormalizer does where the file says nothing.
  assert.deepEqual(levels(normalizer({ strip_accents: null, lowercase: true })), ['error'])
  assert.deepEqual(levels(normalizer({ strip_accents: null, lowercase: false })), [])
  assert.deepEqual(levels(changed((file) => Object.assign(file.model!, { type: 'Unigram', vocab: [['a', 0]] }))), [
    'error',
  ])
  assert.deepEqual(levels(changed((file) => Object.assign(file.model!, { type: 'BPE' }))), ['error'])
  const entries = (count: number) =>
    changed((file) => {
      file.model!.vocab = Object.fromEntries(Array.from({ length: count }, (_, id) => [`t${id}`, id]))
    })
  assert.deepEqual(levels(entries(65_535)), [])
  assert.deepEqual(levels(entries(65_536)), ['warning'])
})

test('without such a tokenizer the bundle is left out and the manifest says why; asked for, it is refused', async (t) => {
  const folder = await temporaryFolder(t)
  const tokenizerJson = changed((file) => Object.assign(file.normalizer!, { strip_accents: true }))
  const checkpoint = await toyCheckpoint(folder, { tokenizerJson })
  const { manifest, warnings } = await exportToy(checkpoint, join(folder, 'out'))
  assert.deepEqual(manifest.formats, ['onnx', 'torchscript', 'huggingface'])
  assert.match(manifest.leftOut.opensearch!, /strip_accents/)
  assert.match(warnings.join(), /strip_accents/)
  assert.ok(!Object.keys(manifest.files).some((file) => file.startsWith('opensearch/')))
  assert.match(
    await readFile(join(folder, 'out', 'README.md'), 'utf8'),
    /There is no form for opensearch: strip_accents/,
  )
  await assert.rejects(exportToy(checkpoint, join(folder, 'other'), { formats: ['opensearch'] }), {
    name: 'ConfigError',
    code: 'OPENSEARCH_UNFIT',
    hint: /WordPiece/,
  })
})
