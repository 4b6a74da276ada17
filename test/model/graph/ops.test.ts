import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Graph } from '../../../model/graph/graph.ts'
import * as op from '../../../model/graph/ops.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { TfjsSession } from '../../../model/graph/tfjs-session.ts'
import { f32, greatestDifference, opsReference } from '../reference/reference.ts'
import { opBuilds } from './op-builds.ts'
import { tfjsInJavaScript } from './tfjs-cpu.ts'

/** A few roundings of f32 at values up to 20. */
const tolerance = 1e-5

for (const [name, { inputs, output }] of Object.entries(opsReference.cases)) {
  for (const portable of [false, true]) {
    test(`${name} gives PyTorch's figures${portable ? ' with standard operators only' : ''}`, async () => {
      const graph = new Graph()
      const tensors = inputs.map(({ shape }, i) => graph.input(`x${i}`, 'f32', shape))
      const y = opBuilds[name]!(tensors, graph)
      const session = await GraphSession.open({ outputs: { y }, portable }, { threads: 1 })
      const feeds = Object.fromEntries(inputs.map((input, i) => [`x${i}`, f32(input)]))
      const used = Object.fromEntries(session.inputNames.map((input) => [input, feeds[input]!]))
      const values = await session.run(used)
      await session.close()
      assert.deepEqual(y.shape, output.shape)
      assert.ok(greatestDifference(values.y!, output.data) <= tolerance)
    })
  }

  test(`${name} gives PyTorch's figures on TensorFlow.js, and leaves nothing behind`, async () => {
    const runtime = await tfjsInJavaScript()
    const before = runtime.tf.memory().numTensors
    const graph = new Graph()
    const tensors = inputs.map(({ shape }, i) => graph.input(`x${i}`, 'f32', shape))
    const session = new TfjsSession({ outputs: { y: opBuilds[name]!(tensors, graph) } }, runtime)
    const values = await session.run(Object.fromEntries(inputs.map((input, i) => [`x${i}`, f32(input)])))
    await session.close()
    assert.ok(greatestDifference(values.y!, output.data) <= tolerance)
    assert.equal(runtime.tf.memory().numTensors, before)
  })
}

test('with several threads, scatterAdd adds every row to an index that comes a thousand times', async () => {
  const [rows, width, count] = [2000, 128, 8192]
  const graph = new Graph()
  const table = graph.input('table', 'f32', [rows, width])
  const index = graph.input('index', 'i64', [count])
  const added = graph.input('added', 'f32', [count, width])
  const session = await GraphSession.open({ outputs: { y: op.scatterAdd(table, index, added) } }, { threads: 2 })
  const places = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 0 : (i * 7) % rows))
  // Whole numbers below 2²⁴: their sums are exact in whatever order.
  const values = Float32Array.from({ length: count * width }, (_, i) => (i * 31) % 101)
  const expected = new Float32Array(rows * width)
  for (const [i, place] of places.entries()) {
    for (let column = 0; column < width; column++) {
      expected[place * width + column]! += values[i * width + column]!
    }
  }
  for (let round = 0; round < 10; round++) {
    const { y } = await session.run({
      table: { data: new Float32Array(rows * width), shape: [rows, width] },
      index: { data: BigInt64Array.from(places, BigInt), shape: [count] },
      added: { data: values, shape: [count, width] },
    })
    assert.deepEqual(y, expected)
  }
})
