import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Tokenizer } from '../../language/tokenizer.ts'
import { declareParameters, dynamicSize, encode, encoderGraph } from '../../model/encoder.ts'
import { Graph } from '../../model/graph/graph.ts'
import { onnxModel } from '../../model/graph/onnx.ts'
import { encoderOf, readBaseModel } from '../../model/pretrained/base-model.ts'
import type { SparseEncoder } from '../../model/sparse-encoder.ts'
import { isSparseModel } from '../../model/sparse-folder.ts'
import { loadSparseModel } from '../../model/sparse-model.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { referenceFolder } from './reference/reference.ts'

/** The folders that make_sparse_models.py wrote, and the vectors that sentence-transformers and torch compute with them. */
type Row = Readonly<Record<string, number>>
interface Expected {
  readonly texts: readonly string[]
  readonly documents: readonly Row[]
  readonly queries: readonly Row[]
}

const folderOf = (name: string) => join(referenceFolder, 'sparse', name)
const expectedOf = (name: string): Expected => JSON.parse(readFileSync(join(folderOf(name), 'expected.json'), 'utf8'))

function greatestDifference(vectors: readonly SparseVector[], rows: readonly Row[]): number {
  return Math.max(
    ...vectors.flatMap(({ terms, weights }, at) => {
      const own = new Map(Array.from(terms, (term, i) => [String(term), weights[i]!]))
      const all = new Set([...own.keys(), ...Object.keys(rows[at]!)])
      return Array.from(all, (term) => Math.abs((own.get(term) ?? 0) - (rows[at]![term] ?? 0)))
    }),
  )
}

async function withModel<T>(folder: string, use: (encoder: SparseEncoder) => Promise<T>): Promise<T> {
  const encoder = await loadSparseModel(folder)
  try {
    return await use(encoder)
  } finally {
    await encoder.close()
  }
}

async function copyOf(t: TestContext, name: string, without = /expected/): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-sparse-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await cp(folderOf(name), folder, { recursive: true, filter: (path) => !without.test(path) })
  return folder
}

for (const name of ['splade', 'distilbert', 'router', 'opensearch']) {
  test(`${name}: vectors of documents and queries are those of its own library`, async () => {
    const { texts, documents, queries } = expectedOf(name)
    await withModel(folderOf(name), async (encoder) => {
      const asked = encoder.encodeQueries ?? encoder.encode
      assert.equal(encoder.encodeQueries !== undefined, name === 'router' || name === 'opensearch')
      assert.ok(greatestDifference(await encoder.encode(texts), documents) <= 1e-5)
      assert.ok(greatestDifference(await asked(texts), queries) <= 1e-5)
    })
  })
}

test('an ONNX file under the input names of ml-commons gives the same vectors', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'naru-onnx-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const base = await readBaseModel(folderOf('opensearch'))
  const { special } = Tokenizer.parse(base.tokenizerJson)
  const config = { ...encoderOf(base.config), specialTokenIds: Object.values(special) }
  const graph = new Graph()
  const parameters = declareParameters(graph, config)
  const input = (name: string) => graph.input(`input1.${name}`, 'i64', [dynamicSize.batch, dynamicSize.length])
  const { vectors } = encode(parameters, config, { ids: input('input_ids'), mask: input('attention_mask') })
  await writeFile(
    join(folder, 'model.onnx'),
    onnxModel({ outputs: { vectors }, initialisers: base.weights, portable: true }),
  )
  await assert.rejects(loadSparseModel(folder), { code: 'EXPORT_MISSING' })
  await copyFile(join(folderOf('opensearch'), 'tokenizer.json'), join(folder, 'tokenizer.json'))
  const { texts, documents } = expectedOf('opensearch')
  await withModel(folder, async (encoder) => {
    assert.ok(greatestDifference(await encoder.encode(texts), documents) <= 1e-5)
    assert.equal(encoder.encodeQueries, undefined)
  })
})

test('an export of ours with a table of IDFs makes its queries of it, and its documents by the network', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'naru-export-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const base = await readBaseModel(folderOf('opensearch'))
  const config = { ...encoderOf(base.config), specialTokenIds: [0, 1, 2, 3, 4] }
  const { vectors } = encoderGraph(config, dynamicSize)
  await mkdir(join(folder, 'onnx'))
  const model = onnxModel({ outputs: { output: vectors }, initialisers: base.weights, portable: true })
  await writeFile(join(folder, 'onnx', 'model.onnx'), model)
  for (const name of ['tokenizer.json', 'idf.json']) {
    await copyFile(join(folderOf('opensearch'), name), join(folder, name))
  }
  const { texts, documents, queries } = expectedOf('opensearch')
  await withModel(folder, async (encoder) => {
    assert.ok(greatestDifference(await encoder.encode(texts), documents) <= 1e-5)
    assert.ok(greatestDifference(await encoder.encodeQueries!(texts), queries) <= 1e-5)
  })
})

test('layouts that would compute something else are refused by name', async (t) => {
  const pooling = join('1_SpladePooling', 'config.json')
  for (const [file, content, says] of [
    [pooling, { pooling_strategy: 'sum', activation_function: 'relu' }, /pools by sum/],
    [pooling, { pooling_strategy: 'max', activation_function: 'softplus' }, /softplus/],
    ['modules.json', [{ path: '', type: 'sentence_transformers.models.Transformer' }], /Transformer/],
  ] as const) {
    const folder = await copyOf(t, 'splade')
    await writeFile(join(folder, file), JSON.stringify(content))
    await assert.rejects(loadSparseModel(folder), { code: 'MODEL_UNSUPPORTED', message: says })
  }
})

test('files that are no model, or are damaged, are told with what to do', async (t) => {
  const empty = await mkdtemp(join(tmpdir(), 'naru-empty-'))
  t.after(() => rm(empty, { recursive: true, force: true }))
  assert.equal(isSparseModel(empty), false)
  assert.equal(isSparseModel(join(empty, 'nowhere')), false)
  await assert.rejects(loadSparseModel(empty), { code: 'MODEL_UNSUPPORTED', hint: /TorchScript alone/ })
  const damaged = await copyOf(t, 'opensearch')
  await writeFile(join(damaged, 'idf.json'), '{"water": "much"}')
  await assert.rejects(loadSparseModel(damaged), { code: 'IDF_INVALID', at: { file: join(damaged, 'idf.json') } })
  const unread = await copyOf(t, 'splade')
  await writeFile(join(unread, 'modules.json'), '{}')
  await assert.rejects(loadSparseModel(unread), { code: 'MODEL_INVALID' })
  const withoutTable = await copyOf(t, 'router', /expected|query_0.*safetensors/)
  await assert.rejects(loadSparseModel(withoutTable), { code: 'BASE_INVALID' })
})
