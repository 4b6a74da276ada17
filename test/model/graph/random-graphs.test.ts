import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GraphSession } from '../../../model/graph/session.ts'
import { greatestDifference, randomGraphsReference } from '../reference/reference.ts'
import { buildRandomGraph, mixtureNames } from './random-graph.ts'

const { graphs } = randomGraphsReference

/** A dozen ops deep in f32, against figures of f64. */
const tolerance = 1e-5

for (const portable of [false, true]) {
  const how = portable ? ' with standard operators only' : ''
  test(`random graphs give PyTorch's values, losses and gradients${how}`, async () => {
    for (const [i, { inputs, expected, ...random }] of graphs.entries()) {
      const shape = [random.rows, random.columns]
      const session = await GraphSession.open({ outputs: buildRandomGraph(random), portable }, { threads: 1 })
      const feeds = inputs.map((data, at) => [`x${at}`, { data: Float32Array.from(data), shape }] as const)
      const values = await session.run(Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name))))
      await session.close()
      assert.deepEqual(Object.keys(values).sort(), Object.keys(expected).sort())
      for (const [name, theirs] of Object.entries(expected)) {
        const allowed = tolerance * Math.max(1, ...theirs.map(Math.abs))
        assert.ok(
          greatestDifference(values[name]!, theirs) <= allowed,
          `graph ${i}, ${name}: ${values[name]}, PyTorch ${theirs}`,
        )
      }
    }
  })
}

test('every step that a random graph may take is the last of one that PyTorch computed', () => {
  const last = new Set(graphs.map(({ steps }) => steps.at(-1)!.op))
  assert.deepEqual([...last].sort(), [...mixtureNames].sort())
})
