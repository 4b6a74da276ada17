import assert from 'node:assert/strict'
import { GraphSession } from '../../../model/graph/session.ts'
import type { TfjsRuntime } from '../../../model/graph/tfjs-runtime.ts'
import { TfjsSession } from '../../../model/graph/tfjs-session.ts'
import { buildRandomGraph, feedsOfRandomGraph, type SeededGraph } from './random-graph.ts'

/** A dozen ops deep, sums of some tens of terms: a hundred roundings of f32. */
const tolerance = 1e-4

/** Values, loss and gradients of a random graph are those of onnxruntime, and no tensor is left behind. */
export async function assertSameAsOnnx(random: SeededGraph, runtime: TfjsRuntime): Promise<void> {
  const outputs = buildRandomGraph(random)
  const feeds = feedsOfRandomGraph(random)
  const before = runtime.tf.memory().numTensors
  const onnx = await GraphSession.open({ outputs }, { threads: 1 })
  const used = Object.fromEntries(onnx.inputNames.map((name) => [name, feeds[name]!]))
  const expected = await onnx.run(used)
  await onnx.close()
  const session = new TfjsSession({ outputs }, runtime)
  const values = await session.run(feeds)
  await session.close()
  assert.equal(runtime.tf.memory().numTensors, before)
  assert.deepEqual(Object.keys(values).sort(), Object.keys(expected).sort())
  for (const [name, theirs] of Object.entries(expected)) {
    assert.equal(values[name]!.length, theirs.length)
    for (const [i, value] of values[name]!.entries()) {
      const allowed = tolerance * Math.max(1, Math.abs(Number(theirs[i])))
      assert.ok(
        Math.abs(Number(value) - Number(theirs[i])) <= allowed,
        `${name}[${i}]: ${value}, onnxruntime ${theirs[i]}`,
      )
    }
  }
}
