import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gradients } from '../../../model/graph/gradient.ts'
import { Graph, nodesFor, type Tensor } from '../../../model/graph/graph.ts'
import * as op from '../../../model/graph/ops.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { ShapeError } from '../../../model/graph/tensor.ts'
import { TfjsSession } from '../../../model/graph/tfjs-session.ts'
import { Randomness } from '../../../model/randomness.ts'
import { assertSlopes, spacedValues, type Variable } from './finite-difference.ts'
import { tfjsInJavaScript } from './tfjs-cpu.ts'

type Shape = readonly number[]

/** A differentiable op on variables whose shapes come from three random sizes. */
interface OpCase {
  readonly shapes: (a: number, b: number, c: number) => readonly Shape[]
  readonly build: (x: readonly Tensor[], graph: Graph) => Tensor
  /** Moves values into the op's domain. */
  readonly domain?: (value: number) => number
  /** False where a kink lies within reach of the difference. */
  readonly smooth?: (variables: readonly Variable[]) => boolean
}

const matrix = (a: number, b: number): readonly Shape[] => [[a, b]]
const positive = (value: number) => 1.5 + value / 2
const unary = (f: (x: Tensor) => Tensor, domain?: (value: number) => number): OpCase => ({
  shapes: matrix,
  build: ([x]) => f(x!),
  ...(domain && { domain }),
})
const broadcast = (f: (a: Tensor, b: Tensor) => Tensor, domain?: (value: number) => number): OpCase => ({
  shapes: (a, b, c) => [
    [a, b, c],
    [b, 1],
  ],
  build: ([x, y]) => f(x!, y!),
  ...(domain && { domain }),
})
/** Row and column indices in a fixed pattern, repeating so that gradients must add up. */
const indices = (graph: Graph, shape: readonly number[], bound: number) =>
  graph.constant(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 7 + 3) % bound),
    shape,
    'i64',
  )

function halves(x: Tensor): readonly [Tensor, Tensor] {
  const half = Number(x.shape[0]) / 2
  const [left, right] = op.split(x, 0, [half, half])
  return [left!, right!]
}

const cases: Readonly<Record<string, OpCase>> = {
  add: broadcast(op.add),
  subtract: broadcast(op.subtract),
  multiply: broadcast(op.multiply),
  divide: broadcast(op.divide, positive),
  // Both sides come from one variable, whose values keep apart: a tie has no slope.
  maximum: { shapes: (a, b) => [[2 * a, b]], build: ([x]) => op.maximum(...halves(x!)) },
  minimum: { shapes: (a, b) => [[2 * a, b]], build: ([x]) => op.minimum(...halves(x!)) },
  negate: unary(op.negate),
  exp: unary(op.exp),
  log: unary(op.log, positive),
  sqrt: unary(op.sqrt, positive),
  tanh: unary(op.tanh),
  sigmoid: unary(op.sigmoid),
  softplus: unary(op.softplus),
  erf: unary(op.erf),
  relu: unary(op.relu),
  square: unary(op.square),
  gelu: unary(op.gelu),
  where: {
    shapes: (a, b) => [
      [a, b],
      [a, 1],
    ],
    build: ([x, y]) => op.where(op.greater(x!, 0), x!, y!),
  },
  'cast within f32 and stopGradient beside a live path': unary((x) => op.add(op.cast(x, 'f32'), op.multiply(x, 2))),
  sum: { shapes: (a, b, c) => [[a, b, c]], build: ([x]) => op.sum(x!, [0, 2]) },
  'sum with kept axes': { shapes: (a, b, c) => [[a, b, c]], build: ([x]) => op.sum(x!, [1], { keepDims: true }) },
  sumOfSquares: { shapes: (a, b, c) => [[a, b, c]], build: ([x]) => op.sumOfSquares(x!) },
  mean: { shapes: (a, b, c) => [[a, b, c]], build: ([x]) => op.mean(x!, [-1]) },
  max: { shapes: (a, b, c) => [[a, b, c]], build: ([x]) => op.max(x!, [1]) },
  reshape: {
    shapes: (a, b, c) => [[a, b * c]],
    build: ([x]) => op.square(op.reshape(x!, [x!.shape[1]!, x!.shape[0]!])),
  },
  transpose: { shapes: (a, b, c) => [[a, b, c]], build: ([x]) => op.square(op.transpose(x!, [2, 0, 1])) },
  expand: {
    shapes: (a, b) => [[a, 1, b]],
    build: ([x]) => op.square(op.expand(x!, [3, x!.shape[0]!, 4, x!.shape[2]!])),
  },
  concat: {
    shapes: (a, b, c) => [
      [a, b],
      [a, c],
    ],
    build: ([x, y]) => op.square(op.concat([x!, y!, x!], 1)),
  },
  'split with an unused part': {
    shapes: (a, b) => [[a + 3, b]],
    build: ([x]) => op.square(op.split(x!, 0, [1, Number(x!.shape[0]) - 2, 1])[1]!),
  },
  firstRows: {
    shapes: (a, b) => [
      [a + 2, b],
      [2, a],
    ],
    build: ([table, like]) => op.add(op.square(op.firstRows(table!, like!)), op.sum(like!)),
  },
  gather: {
    shapes: (a, b) => matrix(a, b),
    build: ([x], g) => op.square(op.gather(x!, indices(g, [2, 3], Number(x!.shape[0])))),
  },
  scatterAdd: {
    shapes: (a, b) => [
      [a, b],
      [2, 3, b],
    ],
    build: ([x, rows], g) => op.square(op.scatterAdd(x!, indices(g, [2, 3], Number(x!.shape[0])), rows!)),
  },
  pick: {
    shapes: matrix,
    build: ([x], g) => op.square(op.pick(x!, indices(g, [Number(x!.shape[0]), 5], Number(x!.shape[1])))),
  },
  dropAdd: {
    shapes: (a, b) => [
      [a, b],
      [a, 5],
    ],
    build: ([x, values], g) =>
      op.square(op.dropAdd(x!, indices(g, [Number(x!.shape[0]), 5], Number(x!.shape[1])), values!)),
  },
  'matmul a·b': {
    shapes: (a, b, c) => [
      [a, b],
      [b, c],
    ],
    build: ([x, y]) => op.matmul(x!, y!, { scale: 0.7 }),
  },
  'matmul aᵀ·b': {
    shapes: (a, b, c) => [
      [2, b, a],
      [2, b, c],
    ],
    build: ([x, y]) => op.matmul(x!, y!, { transposeA: true, scale: 0.7 }),
  },
  'matmul a·bᵀ': {
    shapes: (a, b, c) => [
      [2, a, b],
      [2, c, b],
    ],
    build: ([x, y]) => op.matmul(x!, y!, { transposeB: true }),
  },
  'matmul aᵀ·bᵀ': {
    shapes: (a, b, c) => [
      [b, a],
      [c, b],
    ],
    build: ([x, y]) => op.matmul(x!, y!, { transposeA: true, transposeB: true }),
  },
  linear: {
    shapes: (a, b, c) => [[2, a, b], [c, b], [c]],
    build: ([x, w, b]) => op.linear(x!, w!, b!),
  },
  softmax: unary(op.softmax),
  logSoftmax: unary(op.logSoftmax),
  layerNorm: {
    shapes: (a, b, c) => [[a, c, b + 3], [b + 3], [b + 3]],
    build: ([x, gain, bias]) => op.layerNorm(x!, gain!, bias!, { epsilon: 1e-2 }),
  },
  maxLogits: {
    shapes: (a, b, c) => [
      [a, c, b],
      [4, b],
    ],
    build: ([states, table], g) => {
      const [batch, length] = [Number(states!.shape[0]), Number(states!.shape[1])]
      // The last position is padding unless it is the only one.
      const penalty = Array.from({ length: batch * length }, (_, i) =>
        length > 1 && i % length === length - 1 ? -1e9 : 0,
      )
      return op.maxLogits(states!, table!, g.constant(penalty, [batch, length, 1]))
    },
    smooth: hasClearWinners,
  },
}

/** No term's two best positions come closer than 0.05: a step of 1/128 in a factor below 2 moves a logit by 0.016. */
function hasClearWinners([states, table]: readonly Variable[]): boolean {
  const [batch = 0, length = 0, width = 0] = states!.shape
  const logit = (row: number, term: number) =>
    Array.from({ length: width }, (_, i) => states!.data[row * width + i]! * table!.data[term * width + i]!).reduce(
      (a, b) => a + b,
    )
  for (let text = 0; text < batch; text++) {
    for (let term = 0; term < table!.shape[0]!; term++) {
      const logits = Array.from({ length: Math.max(1, length - 1) }, (_, s) => logit(text * length + s, term))
      const [best, second] = logits.sort((a, b) => b - a)
      if (best! - (second ?? Number.NEGATIVE_INFINITY) < 0.05) return false
    }
  }
  return true
}

const sizes = fc.integer({ min: 1, max: 4 })

for (const [name, { shapes, build, domain, smooth }] of Object.entries(cases)) {
  test(`the gradient of ${name} is the slope of the function`, async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, sizes, fc.integer({ min: 0, max: 1e6 }), async (a, b, c, seed) => {
        const randomness = new Randomness(seed)
        const variables = shapes(a, b, c).map((shape): Variable => {
          const variable = spacedValues(randomness, shape)
          return domain ? { shape, data: variable.data.map(domain) } : variable
        })
        fc.pre(smooth?.(variables) ?? true)
        await assertSlopes(variables, build, seed)
      }),
      { numRuns: 6 },
    )
  })
}

test('a variable that is used twice gets the sum of both gradients', async () => {
  const x = { shape: [3], data: Float32Array.of(1, -2, 3) }
  await assertSlopes([x], ([v]) => op.add(op.multiply(v!, v!), op.exp(op.multiply(v!, 0.5))), 1)
})

test('rows of a table that are read twice, and the table as a whole, sum their gradients without tables of zeros', async () => {
  const table = spacedValues(new Randomness(7), [5, 3])
  const loss = ([t]: readonly Tensor[], graph: Graph) => {
    const rows = [indices(graph, [2, 2], 5), indices(graph, [3], 5)].map((places) =>
      op.sum(op.exp(op.gather(t!, places))),
    )
    return op.add(op.add(rows[0]!, op.sum(op.square(t!))), rows[1]!)
  }
  await assertSlopes([table], loss, 1)
  const graph = new Graph()
  const t = graph.input('t', 'f32', [5, 3])
  const made = nodesFor(gradients(loss([t], graph), [t]))
  assert.equal(made.filter((node) => node.op === 'scatterAdd').length, 2)
  assert.equal(made.filter((node) => node.op === 'expand' && node.inputs[0] === graph.scalar(0)).length, 0)
})

test('far from 0 the slope of GELU is 1 and 0, though e^(x²/2) is no number there, on every engine', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [4])
  const [slope] = gradients(op.sum(op.gelu(x)), [x])
  const outputs = { slope: slope! }
  for (const session of [
    await GraphSession.open({ outputs }, { threads: 1 }),
    new TfjsSession({ outputs }, await tfjsInJavaScript()),
  ]) {
    const values = await session.run({ x: { data: Float32Array.of(-40, -14, 14, 40), shape: [4] } })
    await session.close()
    assert.deepEqual(Array.from(values.slope!, Number).map(Math.abs), [0, 0, 1, 1])
  }
})

test('GELU and layer norm keep nothing for their gradients but what they were given', () => {
  const graph = new Graph()
  const [x, gain] = [graph.input('x', 'f32', [2, 3]), graph.input('gain', 'f32', [3])]
  const loss = op.sum(op.layerNorm(op.gelu(x), gain, gain))
  assert.deepEqual(
    nodesFor([loss]).map(({ outputs }) => outputs.length),
    [1, 1, 1],
  )
})

test('nothing flows through stopGradient', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2])
  const [slope] = gradients(op.sum(op.multiply(x, op.stopGradient(x))), [x])
  const session = await GraphSession.open({ outputs: { slope: slope! } }, { threads: 1 })
  const values = await session.run({ x: { data: Float32Array.of(3, 5), shape: [2] } })
  assert.deepEqual([...values.slope!], [3, 5])
  await session.close()
})

test('a parameter that the loss does not depend on gets zeros', async () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2])
  const unused = graph.input('unused', 'f32', [3])
  const [, slope] = gradients(op.sum(x), [x, unused])
  const session = await GraphSession.open({ outputs: { slope: slope! } }, { threads: 1 })
  assert.deepEqual([...(await session.run({})).slope!], [0, 0, 0])
  await session.close()
})

test('a loss that is no scalar is refused', () => {
  const graph = new Graph()
  const x = graph.input('x', 'f32', [2])
  assert.throws(() => gradients(x, [x]), ShapeError)
})
