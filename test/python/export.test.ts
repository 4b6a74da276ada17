/** What Python's libraries make of an export: run by `npm run test:python`, which has looked for a Python that has them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { dynamicSize, encoderGraph } from '../../model/encoder.ts'
import { mlCommonsOnnx } from '../../model/export/opensearch.ts'
import { agreementOf } from '../../model/export/parity.ts'
import { parityTexts } from '../../model/export/parity-texts.ts'
import { readTrainedEncoder } from '../../model/export/trained-encoder.ts'
import { onnxFiles } from '../../model/graph/onnx.ts'
import { idfQuery } from '../../model/idf.ts'
import { loadSparseEncoder } from '../../model/sparse-encoder.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { exportToy, toyCheckpoint } from '../model/export/toy-export.ts'

const python = process.env.NARU_PYTHON
const skip = python === undefined && 'only by npm run test:python, which names a Python'
const folder = mkdtempSync(join(tmpdir(), 'naru-python-'))
after(() => rmSync(folder, { recursive: true, force: true }))

type Rows = readonly (readonly (readonly [id: number, weight: number])[])[]

interface Said {
  readonly checked: Readonly<
    Record<
      string,
      {
        readonly opsets: Readonly<Record<string, number>>
        readonly ir: number
        readonly inputs: readonly string[]
        readonly dynamic: readonly string[]
        readonly external: boolean
      }
    >
  >
  readonly ids: readonly (readonly number[])[]
  readonly vectors: Readonly<Record<string, Rows>>
  readonly queries: Rows
}

function said(exported: string, texts: readonly string[]): Said {
  const script = fileURLToPath(new URL('./encode_export.py', import.meta.url))
  const options = { input: JSON.stringify({ texts }), encoding: 'utf8', maxBuffer: 2 ** 29 } as const
  const { stdout, stderr, status } = spawnSync(python!, [script, exported], options)
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout)
}

const vectorsOf = (rows: Rows): SparseVector[] =>
  rows.map((row) => ({
    terms: Uint32Array.from(row, ([id]) => id),
    weights: Float32Array.from(row, ([, weight]) => weight),
  }))

for (const [kind, settings] of [
  ['both sides by the model', {}],
  ['log1p twice, queries by a table', { activation: 'log1p-twice', withIdf: true }],
] as const) {
  test(`torch, onnxruntime, transformers and sentence-transformers agree with naru (${kind})`, { skip }, async () => {
    const texts = await parityTexts()
    const checkpoint = await toyCheckpoint(join(folder, kind), settings)
    const out = join(folder, `${kind} out`)
    await exportToy(checkpoint, out, { texts, rounded: ['fp16', 'int8'] })
    const trained = await readTrainedEncoder(checkpoint)
    // Forms that an export has only inside of a zip, and only beyond 2 GB.
    writeFileSync(join(out, 'ml-commons.onnx'), mlCommonsOnnx(trained, 'ml-commons.onnx').model)
    const { vectors } = encoderGraph(trained.config, dynamicSize)
    const options = { outputs: { output: vectors }, initialisers: trained.weights, portable: true }
    const { model, data } = onnxFiles(options, { location: 'large.onnx_data', inlineBytes: 10_000 })
    writeFileSync(join(out, 'large.onnx'), model)
    writeFileSync(join(out, 'large.onnx_data'), Buffer.concat(data!))

    const answer = said(out, texts)
    const files = ['large', 'ml-commons', 'onnx/model', 'onnx/model_fp16', 'onnx/model_int8']
    assert.deepEqual(
      Object.keys(answer.checked),
      files.map((name) => `${name}.onnx`),
    )
    for (const [file, found] of Object.entries(answer.checked)) {
      // ml-commons 3.6 brings onnxruntime 1.16.3, which reads opset 19 and IR 9 at most.
      assert.deepEqual([found.opsets, found.ir <= 9], [{ '': 18 }, true], file)
      assert.deepEqual(found.dynamic, ['batch', 'sequence'])
      const prefix = file === 'ml-commons.onnx' ? 'input1.' : ''
      assert.deepEqual(found.inputs, [`${prefix}input_ids`, `${prefix}attention_mask`])
      assert.equal(found.external, file === 'large.onnx')
    }
    assert.deepEqual(
      answer.ids,
      texts.map((text) => trained.tokenizer.encode(text, trained.config.maxLength)),
    )
    const encoder = await loadSparseEncoder(out)
    const ours = await encoder.encode(texts)
    await encoder.close()
    assert.equal(Object.keys(answer.vectors).length, 4)
    for (const [library, rows] of Object.entries(answer.vectors)) {
      const { maxDifference, sameTopTerms } = agreementOf(ours, vectorsOf(rows))
      assert.ok(maxDifference <= 1e-5, `${library}: ${maxDifference}`)
      assert.equal(sameTopTerms, texts.length, library)
    }
    // The query side reads as far as the document side does.
    const queries = trained.idf ? texts.map((text) => idfQuery(text, trained.tokenizer, trained.idf!)) : ours
    const short = (_: unknown, i: number) =>
      trained.tokenizer.contentIds(texts[i]!).length <= trained.config.maxLength - 2
    const { maxDifference } = agreementOf(queries.filter(short), vectorsOf(answer.queries).filter(short))
    assert.ok(maxDifference <= 1e-5, `queries: ${maxDifference}`)
  })
}
