import fc from 'fast-check'
import { gradients } from '../../../model/graph/gradient.ts'
import { Graph, type Tensor } from '../../../model/graph/graph.ts'
import * as op from '../../../model/graph/ops.ts'
import type { Feed } from '../../../model/graph/session.ts'
import { Randomness } from '../../../model/randomness.ts'

/** A step of a random graph: which mixture, and which of the matrices made so far it reads. */
interface Step {
  readonly op: string
  readonly left: number
  readonly right: number
}

export interface RandomGraph {
  /** Every input is [rows, columns]; every step makes such a matrix again. */
  readonly rows: number
  readonly columns: number
  readonly steps: readonly Step[]
}

export type SeededGraph = RandomGraph & { readonly seed: number }

type Binary = (a: Tensor, b: Tensor) => Tensor

const square = (x: Tensor): Tensor => op.matmul(x, x, { transposeB: true, scale: 0.25 })
const places = (x: Tensor, shape: readonly number[], bound: number): Tensor =>
  x.graph.constant(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 5 + 2) % bound),
    shape,
    'i64',
  )
const size = (x: Tensor, axis: number) => Number(x.shape[axis])
const columnNumbers = (x: Tensor): Tensor =>
  x.graph.constant(
    Array.from({ length: size(x, 1) }, (_, i) => i / 4),
    [size(x, 1)],
  )

/**
 * From two matrices of one shape to a third of that shape, whose values stay within a few units. make_random_graphs.py has the
 * same by the same names in PyTorch.
 */
const mixtures: Readonly<Record<string, Binary>> = {
  add: op.add,
  subtract: op.subtract,
  'multiply by tanh': (a, b) => op.multiply(a, op.tanh(b)),
  divide: (a, b) => op.divide(a, op.add(op.exp(op.tanh(b)), 1)),
  maximum: op.maximum,
  minimum: op.minimum,
  'where greater': (a, b) => op.where(op.greater(a, b), op.negate(a), b),
  'where not equal': (a, b) => op.where(op.not(op.equal(op.relu(a), op.relu(b))), a, 0.5),
  sqrt: (a) => op.sqrt(op.add(op.square(a), 0.1)),
  log: (a) => op.log(op.add(op.relu(a), 1)),
  sigmoid: op.sigmoid,
  softplus: op.softplus,
  erf: op.erf,
  gelu: op.gelu,
  softmax: (a) => op.softmax(a),
  logSoftmax: (a) => op.tanh(op.logSoftmax(a)),
  layerNorm: (a, b) => op.layerNorm(a, op.sum(op.tanh(b), [0]), op.mean(b, [0]), { epsilon: 1e-2 }),
  'matmul by transposed': (a, b) => op.tanh(op.matmul(square(a), b)),
  'matmul of transposed': (a, b) => op.tanh(op.matmul(a, op.matmul(a, b, { transposeA: true, scale: 0.5 }))),
  linear: (a, b) => op.tanh(op.linear(a, op.matmul(b, a, { transposeA: true }), op.mean(a, [0]))),
  // Columns that `pick` made alike would have their greatest value by the last bit of whichever engine.
  'max over columns': (a, b) =>
    op.expand(op.max(op.add(op.add(a, b), columnNumbers(a)), [1], { keepDims: true }), [size(a, 0), size(a, 1)]),
  sumOfSquares: (a, b) => op.multiply(a, op.divide(1, op.add(op.sumOfSquares(b), 1))),
  'reshape and transpose': (a) =>
    op.reshape(op.transpose(op.reshape(a, [1, size(a, 0), size(a, 1)]), [0, 2, 1]), [size(a, 0), size(a, 1)]),
  'concat and split': (a, b) => op.split(op.concat([a, b, a], 0), 0, [1, size(a, 0), 2 * size(a, 0) - 1])[1]!,
  gather: (a) => op.gather(a, places(a, [size(a, 0)], size(a, 0))),
  scatterAdd: (a, b) => op.scatterAdd(a, places(a, [size(b, 0)], size(a, 0)), b),
  pick: (a) => op.pick(a, places(a, [size(a, 0), size(a, 1)], size(a, 1))),
  dropAdd: (a, b) => op.dropAdd(a, places(a, [size(a, 0), size(a, 1)], size(a, 1)), b),
  firstRows: (a, b) => op.firstRows(op.concat([a, b], 0), op.reshape(a, [size(a, 1), size(a, 0)])),
  stopGradient: (a, b) => op.add(a, op.stopGradient(b)),
  maxLogits: (a, b) =>
    op.tanh(
      op.maxLogits(
        op.reshape(op.concat([a, b], 1), [size(a, 0), 2, size(a, 1)]),
        square(op.transpose(b, [1, 0])),
        penaltyOf(a),
      ),
    ),
}

/** The second of two positions is padding in every other text. */
function penaltyOf(x: Tensor): Tensor {
  const values = Array.from({ length: 2 * size(x, 0) }, (_, i) => (i % 4 === 3 ? -1e9 : 0))
  return x.graph.constant(values, [size(x, 0), 2, 1])
}

/** Graphs of these mixtures. */
export function randomGraphsOf(names: readonly string[]): fc.Arbitrary<SeededGraph> {
  const step = fc.record({ op: fc.constantFrom(...names), left: fc.nat(), right: fc.nat() })
  return fc.record({
    rows: fc.integer({ min: 1, max: 5 }),
    columns: fc.integer({ min: 1, max: 6 }),
    steps: fc.array(step, { minLength: 1, maxLength: 12 }),
    seed: fc.nat(1e6),
  })
}

export const mixtureNames = Object.keys(mixtures)
export const randomGraphs = randomGraphsOf(mixtureNames)

const inputCount = 3

/** What the last step made, a scalar of it, and the gradients of that scalar towards the inputs. */
export function buildRandomGraph({ rows, columns, steps }: RandomGraph): Readonly<Record<string, Tensor>> {
  const graph = new Graph()
  const inputs = Array.from({ length: inputCount }, (_, i) => graph.input(`x${i}`, 'f32', [rows, columns]))
  const made = [...inputs]
  for (const step of steps) {
    const mix = mixtures[step.op]!
    made.push(mix(made[step.left % made.length]!, made[step.right % made.length]!))
  }
  const y = made.at(-1)!
  const loss = op.mean(op.square(y))
  const slopes = gradients(loss, inputs).map((slope, i): [string, Tensor] => [`d${i}`, slope])
  return { y, loss, ...Object.fromEntries(slopes) }
}

export function feedsOfRandomGraph({ rows, columns, seed }: SeededGraph): Readonly<Record<string, Feed>> {
  const randomness = new Randomness(seed)
  return Object.fromEntries(
    Array.from({ length: inputCount }, (_, i) => [
      `x${i}`,
      { data: Float32Array.from({ length: rows * columns }, () => randomness.normal()), shape: [rows, columns] },
    ]),
  )
}
