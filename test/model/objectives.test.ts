import assert from 'node:assert/strict'
import { test } from 'node:test'
import { klDivergence, marginMse, ownScores } from '../../model/distillation.ts'
import { gradients } from '../../model/graph/gradient.ts'
import { Graph, type Tensor } from '../../model/graph/graph.ts'
import { GraphSession } from '../../model/graph/session.ts'
import { ShapeError } from '../../model/graph/tensor.ts'
import { alignment, contrast, proportionalAlignment, ranking } from '../../model/losses.ts'
import { flops, termCosts } from '../../model/sparsity.ts'
import { f32, greatestDifference, objectivesReference as reference } from './reference/reference.ts'

type Build = (graph: Graph, inputs: readonly Tensor[]) => Tensor

const constant = (graph: Graph, name: 'present' | 'exclusion' | 'pairExclusion' | 'teacher' | 'scored') =>
  graph.constant(reference[name].data, reference[name].shape)
const { temperature, distillationTemperature, costStrength } = reference

const objectives: Readonly<Record<string, Build>> = {
  ranking: (graph, [queries, documents]) =>
    ranking(queries!, documents!, {
      ...{ exclusion: constant(graph, 'exclusion'), present: constant(graph, 'present'), temperature },
    }),
  contrast: (graph, [left, right]) =>
    contrast(left!, right!, {
      ...{ exclusion: constant(graph, 'pairExclusion'), present: constant(graph, 'present'), temperature },
    }),
  alignment: (graph, [left, right]) => alignment(left!, right!, constant(graph, 'present')),
  flops: (graph, [x]) => flops(x!, constant(graph, 'present')),
  'flops over 5 active terms': (graph, [x]) => flops(x!, constant(graph, 'present'), { activeTarget: 5 }),
  'flops with costs': (graph, [x]) => {
    const costs = termCosts(Float32Array.from(reference.idf.data), costStrength)
    return flops(x!, constant(graph, 'present'), { costs: graph.constant(costs, [costs.length]) })
  },
  marginMse: (graph, [queries, documents]) => marginMse(ownScores(queries!, documents!), teacherIn(graph)),
  klDivergence: (graph, [queries, documents]) =>
    klDivergence(ownScores(queries!, documents!), teacherIn(graph), distillationTemperature),
  proportionalAlignment: (graph, [left, right]) => proportionalAlignment(left!, right!, constant(graph, 'present')),
}

function teacherIn(graph: Graph) {
  return { teacher: constant(graph, 'teacher'), scored: constant(graph, 'scored') }
}

test('every objective of the reference is compared, and no other', () => {
  assert.deepEqual(Object.keys(reference.cases), Object.keys(objectives))
})

for (const [name, build] of Object.entries(objectives)) {
  test(`${name}: value and gradients are PyTorch's`, async () => {
    const { inputs, loss, gradients: expected } = reference.cases[name]!
    const graph = new Graph()
    const variables = inputs.map(({ shape }, i) => graph.input(`x${i}`, 'f32', shape))
    const value = build(graph, variables)
    const slopes = gradients(value, variables).map((slope, i): [string, Tensor] => [`slope${i}`, slope])
    const outputs = { value, ...Object.fromEntries(slopes) }
    const session = await GraphSession.open({ outputs }, { threads: 1 })
    const values = await session.run(Object.fromEntries(inputs.map((input, i) => [`x${i}`, f32(input)])))
    await session.close()
    assert.ok(
      Math.abs(Number(values.value?.[0]) - loss) <= 1e-5 * Math.max(1, loss),
      `${values.value?.[0]} and ${loss}`,
    )
    for (const [i, { data }] of expected.entries()) {
      const difference = greatestDifference(values[`slope${i}`]!, data)
      assert.ok(difference <= 1e-5, `gradient ${i} differs by ${difference}`)
    }
  })
}

test('a teacher without scores moves nothing', async () => {
  const graph = new Graph()
  const [queries, documents] = [graph.input('q', 'f32', [2, 3]), graph.input('d', 'f32', [4, 3])]
  const nothing = graph.constant([0, 0, 0, 0], [2, 2])
  const scores = ownScores(queries, documents)
  const given = { teacher: nothing, scored: nothing }
  const outputs = { margin: marginMse(scores, given), kl: klDivergence(scores, given, 2) }
  const session = await GraphSession.open({ outputs }, { threads: 1 })
  const feed = (rows: number) => ({ data: Float32Array.from({ length: rows * 3 }, (_, i) => i), shape: [rows, 3] })
  const { margin, kl } = await session.run({ q: feed(2), d: feed(4) })
  await session.close()
  assert.deepEqual([margin?.[0], kl?.[0]], [0, 0])
})

test('margins without hard negatives are refused when the graph is built', () => {
  const graph = new Graph()
  const scores = ownScores(graph.input('q', 'f32', [2, 3]), graph.input('d', 'f32', [2, 3]))
  assert.throws(() => marginMse(scores, { teacher: scores, scored: scores }), ShapeError)
})

test('a term of every text costs the most, the rarest the least', () => {
  assert.deepEqual(termCosts(Float32Array.of(0, 2, 4), 3), Float32Array.of(4, 2.5, 1))
  assert.deepEqual(termCosts(new Float32Array(2), 1), Float32Array.of(2, 2))
})
