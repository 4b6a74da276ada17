import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Graph } from '../../../model/graph/graph.ts'
import { onnxLoop } from '../../../model/graph/onnx-loop.ts'
import * as op from '../../../model/graph/ops.ts'
import { declareGroups, groupParameters, type ParameterFacts } from '../../../model/graph/parameter-groups.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { ShapeError } from '../../../model/graph/tensor.ts'

/** total ← total · 0.5 + x, and what total · 2 was. */
function halving() {
  const graph = new Graph()
  const total = graph.input('total', 'f32', [2])
  const x = graph.input('x', 'f32', [2])
  const outputs = { next: op.add(op.multiply(total, 0.5), x), doubled: op.multiply(total, 2) }
  return { outputs, carried: new Map([['total', 'next']]) }
}

test('a loop carries its state from round to round and reports on each', async () => {
  const session = await GraphSession.open(onnxLoop(halving()), { threads: 1 })
  for (const rounds of [1, 3]) {
    const given = Float32Array.from({ length: 2 * rounds }, (_, i) => i)
    const values = await session.run({
      total: { data: Float32Array.of(8, -8), shape: [2] },
      x: { data: given, shape: [rounds, 2] },
    })
    let total = [8, -8]
    const doubled: number[] = []
    for (let round = 0; round < rounds; round++) {
      doubled.push(...total.map((value) => value * 2))
      total = total.map((value, i) => value * 0.5 + given[2 * round + i]!)
    }
    assert.deepEqual(Array.from(values.next!, Number), total)
    assert.deepEqual(Array.from(values.doubled!, Number), doubled)
  }
  await session.close()
})

test('a loop is refused when the next value of a state has another type', () => {
  const { outputs, carried } = halving()
  const other = op.sum(outputs.next)
  assert.throws(() => onnxLoop({ outputs: { ...outputs, next: other }, carried }), ShapeError)
})

test('a loop is refused when no input has a value for each round', () => {
  const graph = new Graph()
  const total = graph.input('total', 'f32', [])
  assert.throws(
    () => onnxLoop({ outputs: { next: op.add(total, 1) }, carried: new Map([['total', 'next']]) }),
    ShapeError,
  )
})

const sizes = fc.array(fc.record({ rows: fc.integer({ min: 1, max: 5 }), width: fc.constantFrom(64, 128, 96, 30) }), {
  minLength: 1,
  maxLength: 8,
})

test('packed parameters keep their values, shapes and decay', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 0, max: 900 }), async (shapes, limit) => {
      const facts = new Map(
        shapes.map(({ rows, width }, i): [string, ParameterFacts] => [
          `p${i}`,
          { shape: [rows, width], decays: i % 2 > 0 },
        ]),
      )
      const groups = groupParameters(facts, limit)
      assert.deepEqual(
        groups.flatMap(({ members }) => members.map(({ name }) => name)).sort(),
        [...facts.keys()].sort(),
      )
      const graph = new Graph()
      const { buffers, parameters } = declareGroups(graph, groups)
      const outputs = Object.fromEntries(
        [...parameters].map(([name, tensor]) => [`copy:${name}`, op.multiply(tensor, 1)]),
      )
      const session = await GraphSession.open({ outputs }, { threads: 1 })
      const feeds = buffers.map(({ name, shape }, k) => {
        const dims = shape.map(Number)
        const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, (_, i) => 1000 * k + i)
        return [name, { data, shape: dims }] as const
      })
      const values = await session.run(Object.fromEntries(feeds))
      for (const [k, { members, decays }] of groups.entries()) {
        for (const { name, start, size, shape } of members) {
          assert.deepEqual(Array.from(values[`copy:${name}`]!, Number), [
            ...feeds[k]![1].data.subarray(start, start + size),
          ])
          assert.deepEqual({ shape, decays }, facts.get(name))
        }
        const filled = members.reduce((total, { size }) => total + size, 0)
        assert.ok(members.length === 1 || filled <= limit)
      }
      await session.close()
    }),
    { numRuns: 20, seed: 6 },
  )
})
