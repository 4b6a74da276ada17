import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { toyCheckpoint } from '../model/export/toy-export.ts'
import { naru } from './command-line.ts'

const root = await mkdtemp(join(tmpdir(), 'naru-export-'))
after(() => rm(root, { recursive: true, force: true }))
const checkpoint = await toyCheckpoint(join(root, 'models', 'checkpoints', 'toy', '0123abcd'))
const exported = join(root, 'models', 'exports', 'toy')
const quick = { NARU_EXPORTER__OPEN_SEARCH_RUNTIMES: 'false' }

test('a checkpoint of a run is exported beside it, in the formats and precisions that are asked for', async () => {
  const args = ['export', checkpoint, '--formats', 'onnx', 'huggingface', '--precision', 'int8', '--json']
  const { code, stdout, stderr } = await naru(args, quick)
  assert.equal(code, 0, stderr)
  const { folder, manifest, parity } = JSON.parse(stdout)
  assert.equal(folder, exported)
  assert.deepEqual([manifest.model, manifest.formats], ['toy', ['onnx', 'huggingface']])
  assert.ok(manifest.files['onnx/model_int8.onnx'] && !manifest.files['torchscript/model.pt'])
  assert.equal(parity.texts, 500)
  assert.match(await readFile(join(exported, 'README.md'), 'utf8'), /^- run `0123abcd`/m)
})

test('verify is content with an export, and not with one whose file has changed, exit 1', async () => {
  const sound = await naru(['export', 'verify', exported])
  assert.equal(sound.code, 0, sound.stderr)
  assert.match(sound.stdout, /not signed/)
  await appendFile(join(exported, 'onnx', 'model.onnx'), 'x')
  const { code, stdout, stderr } = await naru(['export', 'verify', exported, '--json'])
  assert.equal(code, 1)
  assert.deepEqual(JSON.parse(stdout).changed, ['onnx/model.onnx'])
  assert.match(stderr, /EXPORT_UNSOUND[\s\S]*hint/)
})

test('what is asked for without a checkpoint, or leads nowhere, is refused with a hint, exit 2', async () => {
  const mixed = await naru(['export', '--precision', 'fp16', '--out', join(root, 'other')])
  assert.deepEqual([mixed.code, /FLAGS_MIXED: --precision needs a checkpoint[\s\S]*hint/.test(mixed.stderr)], [2, true])
  const loose = await toyCheckpoint(join(root, 'loose'))
  const nowhere = await naru(['export', loose], quick)
  assert.deepEqual([nowhere.code, /EXPORT_NOWHERE[\s\S]*--out/.test(nowhere.stderr)], [2, true])
  const unknown = await naru(['export', loose, '--formats', 'tflite'])
  assert.equal(unknown.code, 2)
})

test('--help shows how one checkpoint is exported, and an example of each', async () => {
  const { stdout } = await naru(['export', '--help'])
  for (const shown of ['[checkpoint]', '--formats', '--precision', '--signing-key', 'naru export verify']) {
    assert.ok(stdout.includes(shown), shown)
  }
})
