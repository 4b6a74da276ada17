import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gradients } from '../../../model/graph/gradient.ts'
import { Graph, type OpDefinition } from '../../../model/graph/graph.ts'
import * as op from '../../../model/graph/ops.ts'
import { ShapeError, type TensorType } from '../../../model/graph/tensor.ts'
import type { TfjsRuntime } from '../../../model/graph/tfjs-runtime.ts'
import { disposeAll, TfjsSession, toTfjs } from '../../../model/graph/tfjs-session.ts'
import { ConfigError, FatalError } from '../../../runtime/errors.ts'
import { randomGraphs } from './random-graph.ts'
import { tfjsInJavaScript } from './tfjs-cpu.ts'
import { assertSameAsOnnx } from './tfjs-parity.ts'

const runtime = await tfjsInJavaScript()
const { tf } = runtime
const feed = (values: readonly number[], shape: readonly number[]) => ({ data: Float32Array.from(values), shape })

test('random graphs and their gradients give what onnxruntime gives', async () => {
  await fc.assert(
    fc.asyncProperty(randomGraphs, (random) => assertSameAsOnnx(random, runtime)),
    { numRuns: 150 },
  )
})

/** All that an op needs but a form on TensorFlow.js. */
const rules = {
  name: 'formless',
  infer: ([x]: readonly TensorType[]) => [x!],
  onnx: () => undefined,
}

// The compiler checks it: were it allowed, the error expected here would be missing, which is an error itself.
// @ts-expect-error An op without a form on TensorFlow.js, of its own or by other ops, does not compile.
const formless: OpDefinition<object> = rules
void formless

test('an op that makes its outputs by no node of its own is refused', () => {
  const graph = new Graph()
  const idle: OpDefinition<object> = { ...rules, decompose: ([x]) => [x!] }
  const [y] = graph.apply(idle, [graph.input('x', 'f32', [1])], {})
  assert.throws(() => new TfjsSession({ outputs: { y: y! } }, runtime), /formless: output 0 is made by no node/)
})

test('a value is freed after its last reader, however deep the graph is', async () => {
  const most = async (depth: number) => {
    const graph = new Graph()
    let x = graph.input('x', 'f32', [2, 2])
    for (let i = 0; i < depth; i++) x = op.gelu(op.matmul(x, x))
    let seen = 0
    const watching: TfjsRuntime = {
      ...runtime,
      product: (a, b, sides) => {
        seen = Math.max(seen, tf.memory().numTensors)
        return runtime.product(a, b, sides)
      },
    }
    const before = tf.memory().numTensors
    const session = new TfjsSession({ outputs: { x } }, watching)
    const constants = tf.memory().numTensors - before
    await session.run({ x: feed([0.5, 0.2, 0.1, 0.4], [2, 2]) })
    await session.close()
    return seen - before - constants
  }
  assert.equal(await most(40), await most(3))
})

test('nothing stays behind when a kernel fails', async () => {
  const graph = new Graph()
  const [x, y] = [graph.input('x', 'f32', [2]), graph.input('y', 'f32', [2])]
  const session = new TfjsSession({ outputs: { z: op.multiply(op.exp(x), y) } }, runtime)
  const before = tf.memory().numTensors
  await assert.rejects(session.run({ x: feed([1, 2], [2]), y: feed([1, 2, 3], [3]) }), (error) => {
    assert.ok(error instanceof FatalError && error.code === 'KERNEL_FAILED', String(error))
    assert.match(error.message, /^multiply failed/)
    return true
  })
  assert.equal(tf.memory().numTensors, before)
  await session.close()
})

test('each output is a tensor of its own, also where it is an input, a constant, or an output twice', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [1])
  const y = op.add(x, 1)
  const session = new TfjsSession({ outputs: { x, y, again: y, one: graph.scalar(1) } }, runtime)
  const given = toTfjs(feed([2], [1]), runtime)
  const results = session.compute({ x: given })
  assert.equal(new Set([given, ...Object.values(results)]).size, 5)
  disposeAll(results)
  // Neither what was given nor the constant went with them.
  assert.deepEqual([...session.compute({ x: given }).y!.dataSync()], [3])
})

test('with no gradient at all, the head gets zeros', async () => {
  const graph = new Graph()
  const [states, table] = [graph.input('states', 'f32', [1, 2, 2]), graph.input('table', 'f32', [3, 2])]
  const pooled = op.maxLogits(states, table, graph.constant([0, 0], [1, 2, 1]))
  const [dStates, dTable] = gradients(op.sum(op.relu(op.subtract(pooled, 100))), [states, table])
  const session = new TfjsSession({ outputs: { dStates: dStates!, dTable: dTable! } }, runtime)
  const values = await session.run({
    states: feed([1, 2, 3, 4], [1, 2, 2]),
    table: feed([1, 0, 0, 1, 1, 1], [3, 2]),
  })
  assert.deepEqual([...values.dStates!, ...values.dTable!], Array(10).fill(0))
  await session.close()
})

test('sizes that are known only at run time may differ from run to run', async () => {
  const graph = new Graph()
  const ids = graph.input('ids', 'i64', ['batch', 'length'])
  const table = graph.constant([0, 1, 10, 11, 20, 21], [3, 2])
  const flat = op.reshape(op.gather(table, ids), ['batch', 'length', 2, 1])
  const session = new TfjsSession({ outputs: { y: op.sum(flat, [2, 3]) } }, runtime)
  const at = (shape: readonly number[], ...rows: readonly bigint[]) => ({
    ids: { data: BigInt64Array.from(rows), shape },
  })
  assert.deepEqual([...(await session.run(at([1, 2], 2n, 0n))).y!], [41, 1])
  assert.deepEqual([...(await session.run(at([3, 1], 1n, 1n, 0n))).y!], [21, 21, 1])
  await session.close()
})

test('whole numbers come back as they went, and one beyond int32 is refused', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'i64', [2])
  const session = new TfjsSession({ outputs: { x: op.stopGradient(x), odd: op.equal(x, x) } }, runtime)
  const run = (...values: readonly bigint[]) => session.run({ x: { data: BigInt64Array.from(values), shape: [2] } })
  assert.deepEqual(await run(-5n, 2147483647n), {
    x: BigInt64Array.of(-5n, 2147483647n),
    odd: Uint8Array.of(1, 1),
  })
  await assert.rejects(run(0n, 2147483648n), ShapeError)
  await session.close()
})

test('an input that was not given is named', async () => {
  const graph = new Graph()
  const session = new TfjsSession({ outputs: { y: op.exp(graph.input('x', 'f32', [1])) } }, runtime)
  await assert.rejects(session.run({}), /input x/)
  await session.close()
})

test('half precision without the native binding is refused, not computed in fp32 unasked', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2, 2])
  const session = new TfjsSession({ outputs: { y: op.matmul(x, x, { precision: 'bf16' }) } }, runtime)
  await assert.rejects(session.run({ x: feed([1, 2, 3, 4], [2, 2]) }), (error) => {
    assert.ok(error instanceof ConfigError && error.code === 'PRECISION_UNSUPPORTED')
    assert.match(error.hint ?? '', /naru engines add tfjs-gpu/)
    return true
  })
  await session.close()
})
