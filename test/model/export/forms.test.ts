import assert from 'node:assert/strict'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { dynamicSize, encoderGraph } from '../../../model/encoder.ts'
import { Draft } from '../../../model/export/draft.ts'
import { exportModel } from '../../../model/export/export-model.ts'
import { hashFile } from '../../../model/export/manifest.ts'
import { agreementOf } from '../../../model/export/parity.ts'
import { readTrainedEncoder } from '../../../model/export/trained-encoder.ts'
import { Graph } from '../../../model/graph/graph.ts'
import { onnxFiles, onnxModel } from '../../../model/graph/onnx.ts'
import { cast, maxLogits, nonZero } from '../../../model/graph/ops.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { torchModule } from '../../../model/graph/torchscript.ts'
import { readBaseModel } from '../../../model/pretrained/base-model.ts'
import { loadSparseEncoder } from '../../../model/sparse-encoder.ts'
import { temporaryFolder } from '../../services/drive.ts'
import { greatestDifference } from '../reference/reference.ts'
import { exportToy, toyCheckpoint } from './toy-export.ts'

const feeds = {
  input_ids: { data: BigInt64Array.from([2, 5, 35, 3].map(BigInt)), shape: [1, 4] },
  attention_mask: { data: new BigInt64Array(4).fill(1n), shape: [1, 4] },
}

test('weights that one file does not hold lie beside it, and compute the same', async (t) => {
  const folder = await temporaryFolder(t)
  const { config, weights } = await readTrainedEncoder(await toyCheckpoint(folder))
  const { vectors } = encoderGraph(config, dynamicSize)
  const options = { outputs: { output: vectors }, initialisers: weights, portable: true }
  assert.equal(onnxFiles(options, { location: 'model.onnx_data' }).data, undefined)
  const { model, data } = onnxFiles(options, { location: 'model.onnx_data', inlineBytes: 10_000 })
  assert.ok(data && model.byteLength < 10_000, `${model.byteLength} bytes`)
  await writeFile(join(folder, 'model.onnx'), model)
  await writeFile(join(folder, 'model.onnx_data'), Buffer.concat(data))
  const results = []
  for (const file of [join(folder, 'model.onnx'), onnxModel(options)]) {
    const session = await GraphSession.open(file, { threads: 1 })
    results.push((await session.run(feeds)).output)
    await session.close()
  }
  assert.deepEqual(results[0], results[1])
})

test('fewer bits a weight make a smaller file, and parity.json says what that costs', async (t) => {
  const folder = await temporaryFolder(t)
  const checkpoint = await toyCheckpoint(folder)
  const told: string[] = []
  const { parity, manifest } = await exportToy(checkpoint, join(folder, 'out'), {
    rounded: ['fp16', 'int8'],
    formats: [],
    told: (step, { done, total, note }) => told.push(`${step} ${note}, ${done} of ${total}`),
  })
  assert.deepEqual(told, [
    ...['model', 'model_fp16', 'model_int8'].map((name, at) => `writing onnx/${name}.onnx, ${at} of 3`),
    'comparing as it is trained, 0 of 4',
    ...['model', 'model_fp16', 'model_int8'].map((name, at) => `comparing onnx/${name}.onnx, ${at + 1} of 4`),
  ])
  const [half, eighth] = parity.rounded
  assert.deepEqual([half!.precision, eighth!.precision], ['fp16', 'int8'])
  // 11 bits against 7: each bit that is lost doubles the error.
  assert.ok(half!.maxDifference > 1e-5 && half!.maxDifference < 2e-3, `${half!.maxDifference}`)
  assert.ok(eighth!.maxDifference > half!.maxDifference && eighth!.maxDifference < 0.05, `${eighth!.maxDifference}`)
  const bytes = (name: string) => manifest.files[`onnx/${name}.onnx`]!.bytes
  assert.ok(bytes('model_fp16') < 0.75 * bytes('model') && bytes('model_int8') < bytes('model_fp16'))
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'out', 'parity.json'), 'utf8')), parity)
})

test('special tokens weigh nothing, and a text is cut where tokenizer.json says', async (t) => {
  const folder = await temporaryFolder(t)
  const out = join(folder, 'out')
  await exportToy(await toyCheckpoint(folder), out)
  const special = 5
  const encoder = await loadSparseEncoder(out)
  const long = 'water is a river '.repeat(8)
  const cut = 'water is a river water is a river water is a river water is'
  const [ofLong, ofCut, ofNothing] = await encoder.encode([long, cut, ''])
  await encoder.close()
  assert.ok(agreementOf([ofLong!], [ofCut!]).maxDifference <= 1e-6)
  assert.ok([ofLong!, ofNothing!].every(({ terms }) => terms.length > 0 && terms.every((id) => id >= special)))
  // sentence-transformers zeroes none of them by itself.
  const base = await readBaseModel(join(out, 'huggingface'))
  assert.ok(
    base.weights
      .get('cls.predictions.bias')!
      .subarray(0, special)
      .every((bias) => bias === -1e4),
  )
})

test('the folder for Hugging Face is a base to begin with: the weights that were trained', async (t) => {
  const folder = await temporaryFolder(t)
  const checkpoint = await toyCheckpoint(folder)
  await exportToy(checkpoint, join(folder, 'out'), { formats: ['huggingface'] })
  const { weights, config } = await readTrainedEncoder(checkpoint)
  const base = await readBaseModel(join(folder, 'out', 'huggingface'))
  assert.deepEqual(
    { ...base.config, isSparse: undefined },
    {
      family: { kind: 'bert' },
      isSparse: undefined,
      vocabularySize: config.vocabularySize,
      hiddenSize: config.hiddenSize,
      layers: config.layers,
      heads: config.heads,
      feedForwardSize: config.feedForwardSize,
      maxLength: config.maxLength,
      layerNormEpsilon: config.layerNormEpsilon,
    },
  )
  for (const [name, values] of weights) {
    if (name === 'cls.predictions.bias') continue
    assert.equal(greatestDifference(base.weights.get(name)!, values), 0, name)
  }
})

test('TorchScript refuses what it has no form for, when the graph is turned into it', () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2, 3])
  const [rows] = nonZero(x)
  assert.throws(() => torchModule({ outputs: { rows }, weights: new Map() }), { message: /nonZero has no TorchScript/ })
  const states = graph.input('states', 'f32', [1, 2, 3])
  const [, places] = maxLogits(states, x, graph.input('penalty', 'f32', [1, 2, 1])).producer!.outputs
  const outputs = { y: cast(places!, 'f32') }
  assert.throws(() => torchModule({ outputs, weights: new Map() }), { message: /first output only/ })
})

test('an export never takes the place of what is none', async (t) => {
  const folder = await temporaryFolder(t)
  const checkpoint = await toyCheckpoint(join(folder, 'run'))
  const at = { file: join(folder, 'run') }
  await assert.rejects(exportModel(checkpoint, join(folder, 'run'), { name: 'toy', texts: [] }), {
    name: 'ConfigError',
    code: 'EXPORT_PLACE_TAKEN',
    at,
  })
  await readTrainedEncoder(checkpoint)
})

test('an export that died while it took the place of another leaves the other, should it fail again', async (t) => {
  const folder = await temporaryFolder(t)
  const checkpoint = await toyCheckpoint(folder)
  const out = join(folder, 'out')
  const { manifestSha256 } = await exportToy(checkpoint, out, { formats: [] })
  await rename(out, join(folder, '.out.replaced'))
  const draft = await Draft.begin(out)
  await draft.discard()
  assert.equal((await hashFile(join(out, 'manifest.json'))).sha256, manifestSha256)
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('.')),
    [],
  )
})
