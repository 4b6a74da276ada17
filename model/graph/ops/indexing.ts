import type { OpDefinition, Tensor } from '../graph.ts'
import { type Dim, dimAt, type Shape, ShapeError, sameShape, sizeAt, type TensorType } from '../tensor.ts'
import { add } from './elementwise.ts'
import { isZeros, reshape, zerosLike } from './shape.ts'

function expectIndices(indices: TensorType): void {
  if (indices.dtype !== 'i64') throw new ShapeError('indices must be i64')
}

/** Rows of a table. table: f32 [rows, width]; indices: i64 [...]. Result: f32 [..., width]. */
const gatherOp: OpDefinition<Record<never, never>> = {
  name: 'gather',
  infer: ([table, indices]) => {
    expectIndices(indices!)
    if (table!.shape.length !== 2) throw new ShapeError('the table must be a matrix')
    return [{ dtype: table!.dtype, shape: [...indices!.shape, dimAt(table!.shape, 1)] }]
  },
  backward: ({ inputs: [table, indices], outputGradients: [g] }) => [
    scatterAdd(zerosLike(table!), indices!, g!),
    undefined,
  ],
  onnx: (emit) => emit.node('Gather', emit.inputs, emit.outputs, { axis: 0 }),
  torch: ({ inputs }) => `torch.embedding(${inputs.join(', ')})`,
  tfjs: ({ tf, inputs: [table, indices] }) => [tf.gather(table!, indices!)],
}

export function gather(table: Tensor, indices: Tensor): Tensor {
  return table.graph.apply(gatherOp, [table, indices], {})[0]!
}

/** table with `rows` [..., width] added at row `indices` [...]; an index may come several times. */
const scatterAddOp: OpDefinition<Record<never, never>> = {
  name: 'scatterAdd',
  infer: ([table, indices, rows]) => {
    expectIndices(indices!)
    if (!sameShape(rows!.shape, [...indices!.shape, dimAt(table!.shape, 1)])) throw new ShapeError('rows do not fit')
    return [table!]
  },
  backward: ({ inputs: [, indices], outputGradients: [g] }) => [g, undefined, gather(g!, indices!)],
  onnx: (emit, _settings, [table]) => {
    const [target, index, rows] = emit.inputs
    const [column, flatRows, shape, everywhere] = [emit.between(), emit.between(), emit.between(), emit.between()]
    const width = sizeAt(table!.shape, 1)
    emit.node('Reshape', [index!, emit.i64([-1, 1])], [column])
    emit.node('Reshape', [rows!, emit.i64([-1, width])], [flatRows])
    emit.node('Shape', [flatRows], [shape])
    emit.node('Expand', [column, shape], [everywhere])
    // Not ScatterND, whose threads lose additions to an index that comes several times (onnxruntime#18048).
    emit.node('ScatterElements', [target!, everywhere, flatRows], emit.outputs, { axis: 0, reduction: 'add' })
  },
  tfjs: ({ tf, inputs: [table, indices, rows] }) => {
    const [height = 0, width = 0] = table!.shape
    const flatRows = tf.reshape(rows!, [indices!.size, width])
    return [tf.add(table!, tf.scatterND(tf.reshape(indices!, [indices!.size, 1]), flatRows, [height, width]))]
  },
}

export function scatterAdd(table: Tensor, indices: Tensor, rows: Tensor): Tensor {
  return table.graph.apply(scatterAddOp, [table, indices, rows], {})[0]!
}

/**
 * a + b. Rows that one of them scatters over zeros go into the other, which saves a table of zeros and a pass over both: gradients of
 * embeddings that are read in several places.
 */
export function sumOfGradients(a: Tensor, b: Tensor): Tensor {
  const [onto, scattered] = isScatteredOverZeros(b) ? [a, b] : [b, a]
  if (!isScatteredOverZeros(scattered)) return add(a, b)
  const [, indices, rows] = scattered.producer!.inputs
  return scatterAdd(onto, indices!, rows!)
}

function isScatteredOverZeros({ producer }: Tensor): boolean {
  return producer?.op === scatterAddOp.name && isZeros(producer.inputs[0]!)
}

/** From each row of x [n, width] the elements at indices [n, k]. Result: [n, k]. */
const pickOp: OpDefinition<Record<never, never>> = {
  name: 'pick',
  infer: ([x, indices]) => {
    expectIndices(indices!)
    expectRows(x!.shape, indices!.shape)
    return [{ dtype: x!.dtype, shape: indices!.shape }]
  },
  backward: ({ inputs: [x, indices], outputGradients: [g] }) => [dropAdd(zerosLike(x!), indices!, g!), undefined],
  onnx: (emit) => emit.node('GatherElements', emit.inputs, emit.outputs, { axis: 1 }),
  torch: ({ inputs: [x, indices] }) => `torch.gather(${x}, 1, ${indices})`,
  tfjs: ({ tf, inputs: [x, indices] }) => [tf.gather(x!, indices!, 1, 1)],
}

function expectRows(x: Shape, indices: Shape): void {
  if (x.length !== 2 || indices.length !== 2 || x[0] !== indices[0]) throw new ShapeError('rows of both must agree')
}

export function pick(x: Tensor, indices: Tensor): Tensor {
  return x.graph.apply(pickOp, [x, indices], {})[0]!
}

/** x [n, width] with `values` [n, k] added at `indices` [n, k] of each row: what `pick` takes, put back. */
const dropAddOp: OpDefinition<Record<never, never>> = {
  name: 'dropAdd',
  infer: ([x, indices, values]) => {
    expectIndices(indices!)
    expectRows(x!.shape, indices!.shape)
    if (!sameShape(values!.shape, indices!.shape)) throw new ShapeError('values do not fit the indices')
    return [x!]
  },
  backward: ({ inputs: [, indices], outputGradients: [g] }) => [g, undefined, pick(g!, indices!)],
  onnx: (emit) => emit.node('ScatterElements', emit.inputs, emit.outputs, { axis: 1, reduction: 'add' }),
  tfjs: ({ tf, inputs: [x, indices, values] }) => {
    const [rows = 0, width = 0] = x!.shape
    const starts = tf.reshape(tf.range(0, rows * width, width, 'int32'), [rows, 1])
    const flat = tf.reshape(tf.add(indices!, starts), [indices!.size, 1])
    const dropped = tf.scatterND(flat, tf.reshape(values!, [values!.size]), [rows * width])
    return [tf.add(x!, tf.reshape(dropped, [rows, width]))]
  },
}

export function dropAdd(x: Tensor, indices: Tensor, values: Tensor): Tensor {
  return x.graph.apply(dropAddOp, [x, indices, values], {})[0]!
}

/** Where a matrix is not zero: row and column of each such element, i64 [found] both, in row-major order. */
const nonZeroOp: OpDefinition<{ readonly found: Dim }> = {
  name: 'nonZero',
  infer: ([x], { found }) => {
    if (x!.shape.length !== 2) throw new ShapeError('must be a matrix')
    return [
      { dtype: 'i64', shape: [found] },
      { dtype: 'i64', shape: [found] },
    ]
  },
  onnx: (emit) => {
    const places = emit.between()
    const [rows, columns] = [emit.between(), emit.between()]
    emit.node('NonZero', emit.inputs, [places])
    emit.node('Split', [places, emit.i64([1, 1])], [rows, columns], { axis: 0 })
    emit.node('Reshape', [rows, emit.i64([-1])], [emit.outputs[0]!])
    emit.node('Reshape', [columns, emit.i64([-1])], [emit.outputs[1]!])
  },
  tfjs: ({ inputs: [x], nonZero }) => nonZero(x!),
}

/** How many are found is known only at run time: that dimension gets a name of its own. */
export function nonZero(x: Tensor): readonly [Tensor, Tensor] {
  const found = `found_${x.graph.nodes.length}`
  const [rows, columns] = x.graph.apply(nonZeroOp, [x], { found })
  return [rows!, columns!]
}

/** Elements of x [n, m] at (rows[i], columns[i]): [found]. */
export function elementsAt(x: Tensor, rows: Tensor, columns: Tensor): Tensor {
  return x.graph.apply(elementsAtOp, [x, rows, columns], {})[0]!
}

const elementsAtOp: OpDefinition<Record<never, never>> = {
  name: 'elementsAt',
  infer: ([x, rows, columns]) => {
    expectIndices(rows!)
    expectIndices(columns!)
    if (x!.shape.length !== 2 || !sameShape(rows!.shape, columns!.shape))
      throw new ShapeError('needs a matrix and places')
    return [{ dtype: x!.dtype, shape: rows!.shape }]
  },
  onnx: (emit) => {
    const [x, rows, columns] = emit.inputs
    const [rowColumn, columnColumn, places] = [emit.between(), emit.between(), emit.between()]
    emit.node('Reshape', [rows!, emit.i64([-1, 1])], [rowColumn])
    emit.node('Reshape', [columns!, emit.i64([-1, 1])], [columnColumn])
    emit.node('Concat', [rowColumn, columnColumn], [places], { axis: 1 })
    emit.node('GatherND', [x!, places], emit.outputs)
  },
  tfjs: ({ tf, inputs: [x, rows, columns] }) => [tf.gatherND(x!, tf.stack([rows!, columns!], 1))],
}

/** `reshape` under a name that says why: a column [n, 1] that broadcasts over rows. */
export function asColumn(x: Tensor): Tensor {
  return reshape(x, [...x.shape, 1])
}
