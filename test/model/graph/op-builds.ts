import type { Graph, Tensor } from '../../../model/graph/graph.ts'
import * as op from '../../../model/graph/ops.ts'
import { opsReference } from '../reference/reference.ts'

type Build = (inputs: readonly Tensor[], graph: Graph) => Tensor

const table = (graph: Graph, rows: readonly number[][]) =>
  graph.constant(rows.flat(), [rows.length, rows[0]!.length], 'i64')
const indices = (graph: Graph) => table(graph, opsReference.indices)
const columns = (graph: Graph) => table(graph, opsReference.columns)

/** Our form of each case of reference/ops.json. */
export const opBuilds: Readonly<Record<string, Build>> = {
  add: ([x, y]) => op.add(x!, y!),
  subtract: ([x, y]) => op.subtract(x!, y!),
  multiply: ([x, y]) => op.multiply(x!, y!),
  divide: ([x, y]) => op.divide(x!, y!),
  maximum: ([x, y]) => op.maximum(x!, y!),
  minimum: ([x, y]) => op.minimum(x!, y!),
  negate: ([x]) => op.negate(x!),
  exp: ([x]) => op.exp(x!),
  log: ([x]) => op.log(x!),
  sqrt: ([x]) => op.sqrt(x!),
  tanh: ([x]) => op.tanh(x!),
  sigmoid: ([x]) => op.sigmoid(x!),
  softplus: ([x]) => op.softplus(x!),
  erf: ([x]) => op.erf(x!),
  relu: ([x]) => op.relu(x!),
  gelu: ([x]) => op.gelu(x!),
  'where x > 0': ([x, y]) => op.where(op.greater(x!, 0), x!, y!),
  'where not x = x': ([x, y]) => op.where(op.not(op.equal(x!, x!)), x!, y!),
  'sum [0, 2]': ([x]) => op.sum(x!, [0, 2]),
  'mean [-1]': ([x]) => op.mean(x!, [-1]),
  'max [1] kept': ([x]) => op.max(x!, [1], { keepDims: true }),
  sumOfSquares: ([x]) => op.sumOfSquares(x!),
  'reshape [4, 6]': ([x]) => op.reshape(x!, [4, 6]),
  'transpose [2, 0, 1]': ([x]) => op.transpose(x!, [2, 0, 1]),
  'expand [3, 4]': ([x]) => op.expand(x!, [3, 4]),
  'concat on 1': ([x, y]) => op.concat([x!, y!], 1),
  'second split [1, 3] on 1': ([x]) => op.split(x!, 1, [1, 3])[1]!,
  firstRows: ([x, like]) => op.firstRows(x!, like!),
  gather: ([x], graph) => op.gather(x!, indices(graph)),
  scatterAdd: ([x, rows], graph) => op.scatterAdd(x!, indices(graph), rows!),
  pick: ([x], graph) => op.pick(x!, columns(graph)),
  dropAdd: ([x, values], graph) => op.dropAdd(x!, columns(graph), values!),
  'matmul 0.5 a b^T': ([a, b]) => op.matmul(a!, b!, { transposeB: true, scale: 0.5 }),
  'matmul a^T b': ([a, b]) => op.matmul(a!, b!, { transposeA: true }),
  linear: ([x, w, b]) => op.linear(x!, w!, b!),
  softmax: ([x]) => op.softmax(x!),
  logSoftmax: ([x]) => op.logSoftmax(x!),
  layerNorm: ([x, gain, bias]) => op.layerNorm(x!, gain!, bias!, { epsilon: 1e-5 }),
  maxLogits: ([states, terms, penalty]) => op.maxLogits(states!, terms!, penalty!),
}
