/**
 * An encoder of more than 2 GB at its real size, by hand (5 GB of memory, a minute of CPU): random weights, written as ONNX with external
 * data, checked by onnx.checker and run by onnxruntime of Python beside onnxruntime-node. NARU_PYTHON names a Python that has both.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dynamicSize, type EncoderConfig, encoderGraph, parameterCount, parameterShapes } from '../model/encoder.ts'
import { onnxFiles } from '../model/graph/onnx.ts'
import { GraphSession } from '../model/graph/session.ts'

const config: EncoderConfig = {
  ...{ vocabularySize: 65_000, hiddenSize: 1024, layers: 40, heads: 16, feedForwardSize: 4096, maxLength: 512 },
  ...{ specialTokenIds: [0, 1, 2, 3, 4], layerNormEpsilon: 1e-12 },
}
const ids = [2, 50, 64_999, 1234, 40_000, 3]

/** A cheap generator: what matters is that no two rows are alike. */
function randomWeights(): ReadonlyMap<string, Float32Array> {
  let state = 1
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 32 - 0.5) * 0.04
  }
  return new Map(
    Array.from(parameterShapes(config), ([name, shape]) => {
      const size = shape.reduce((product, dim) => product * dim, 1)
      return [
        name,
        name.includes('LayerNorm.weight') ? new Float32Array(size).fill(1) : Float32Array.from({ length: size }, next),
      ]
    }),
  )
}

const program = `
import json, sys, onnx, onnxruntime, numpy as np
onnx.checker.check_model(sys.argv[1], full_check=True)
ids = np.array([json.loads(sys.argv[2])], dtype=np.int64)
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
[output] = session.run(["output"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
np.asarray(output, dtype="<f4").tofile(sys.argv[3])
`

const folder = mkdtempSync(join(tmpdir(), 'naru-large-onnx-'))
try {
  const file = join(folder, 'model.onnx')
  const { vectors } = encoderGraph(config, dynamicSize)
  const { model, data } = onnxFiles(
    { outputs: { output: vectors }, initialisers: randomWeights() },
    { location: 'model.onnx_data' },
  )
  assert.ok(data, 'the weights lie in the model itself')
  writeFileSync(file, model)
  const beside = openSync(`${file}_data`, 'w')
  for (const part of data) for (let at = 0; at < part.length; ) at += writeSync(beside, part, at)
  const theirFile = join(folder, 'theirs.f32')
  const python = spawnSync(
    process.env.NARU_PYTHON ?? 'python3',
    ['-c', program, file, JSON.stringify(ids), theirFile],
    { stdio: 'inherit' },
  )
  assert.equal(python.status, 0)

  const session = await GraphSession.open(file, { threads: 2 })
  const feed = (values: readonly number[]) => ({ data: BigInt64Array.from(values, BigInt), shape: [1, ids.length] })
  const { output } = await session.run({ input_ids: feed(ids), attention_mask: feed(ids.map(() => 1)) })
  await session.close()
  const bytes = readFileSync(theirFile)
  const theirs = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const ours = output as Float32Array
  const maxDifference = ours.reduce((most, weight, at) => Math.max(most, Math.abs(weight - theirs[at]!)), 0)
  const active = ours.filter((weight) => weight > 0).length
  console.log(
    JSON.stringify({
      parameters: parameterCount(config),
      modelBytes: model.length,
      dataBytes: statSync(`${file}_data`).size,
      active,
      maxDifference,
    }),
  )
  assert.ok(active > 0 && maxDifference <= 1e-4)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
