import type { OpDefinition, Tensor } from '../graph.ts'
import {
  axisIndex,
  broadcastShapes,
  type Dim,
  dimAt,
  elementCount,
  type Shape,
  ShapeError,
  sameElementCount,
  sameShape,
  sizeAt,
} from '../tensor.ts'
import { sumTo } from './reduction.ts'

const reshapeOp: OpDefinition<{ readonly shape: Shape }> = {
  name: 'reshape',
  infer: ([x], { shape }) => {
    if (!sameElementCount(x!.shape, shape)) throw new ShapeError(`cannot become [${shape.join(', ')}]`)
    reshapeTarget(x!.shape, shape)
    return [{ dtype: x!.dtype, shape }]
  },
  backward: ({ inputs: [x], outputGradients: [g] }) => [reshape(g!, x!.shape)],
  onnx: (emit, { shape }, [x]) =>
    emit.node('Reshape', [emit.inputs[0]!, emit.i64(reshapeTarget(x!.shape, shape))], emit.outputs),
  torch: ({ inputs: [x], dim }, { shape }) => `torch.reshape(${x}, [${shape.map(dim).join(', ')}])`,
  tfjs: ({ tf, inputs: [x], types: [type], settings: { shape } }) => [
    tf.reshape(
      x!,
      // Not by −1, which cannot be told for a tensor without elements.
      shape.map((dim) => (typeof dim === 'number' ? dim : x!.shape[type!.shape.indexOf(dim)]!)),
    ),
  ],
}

/** ONNX's notation: 0 copies the dimension at the same place, and one dimension may be −1, "what is left". */
function reshapeTarget(from: Shape, to: Shape): readonly number[] {
  const target = to.map((dim, i) => (typeof dim === 'number' ? dim : from[i] === dim ? 0 : -1))
  if (target.filter((dim) => dim === -1).length > 1) {
    throw new ShapeError(`[${from.join(', ')}] to [${to.join(', ')}] moves more than one named dimension`)
  }
  return target
}

export function reshape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : x.graph.apply(reshapeOp, [x], { shape })[0]!
}

const transposeOp: OpDefinition<{ readonly order: readonly number[] }> = {
  name: 'transpose',
  infer: ([x], { order }) => {
    if ([...order].sort((a, b) => a - b).some((axis, i) => axis !== i) || order.length !== x!.shape.length) {
      throw new ShapeError(`[${order.join(', ')}] is no order of its axes`)
    }
    return [{ dtype: x!.dtype, shape: order.map((axis) => dimAt(x!.shape, axis)) }]
  },
  backward: ({ outputGradients: [g], settings: { order } }) => [
    transpose(
      g!,
      order.map((_, i) => order.indexOf(i)),
    ),
  ],
  onnx: (emit, { order }) => emit.node('Transpose', emit.inputs, emit.outputs, { perm: order }),
  torch: ({ inputs: [x] }, { order }) => `torch.permute(${x}, [${order.join(', ')}])`,
  tfjs: ({ tf, inputs: [x], settings: { order } }) => [tf.transpose(x!, [...order])],
}

/** Axis i of the result is axis order[i] of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  return x.graph.apply(transposeOp, [x], { order })[0]!
}

/** Broadcasts to a static shape. */
const expandOp: OpDefinition<{ readonly shape: Shape }> = {
  name: 'expand',
  infer: ([x], { shape }) => {
    elementCount(shape)
    if (!sameShape(broadcastShapes(x!.shape, shape), shape))
      throw new ShapeError(`cannot expand to [${shape.join(', ')}]`)
    return [{ dtype: x!.dtype, shape }]
  },
  backward: ({ inputs: [x], outputGradients: [g] }) => [sumTo(g!, x!.shape)],
  onnx: (emit, { shape }) =>
    emit.node('Expand', [emit.inputs[0]!, emit.i64(shape.map((_, axis) => sizeAt(shape, axis)))], emit.outputs),
  torch: ({ inputs: [x], dim }, { shape }) => `torch.expand(${x}, [${shape.map(dim).join(', ')}])`,
  tfjs: ({ tf, inputs: [x], settings: { shape } }) => [
    tf.broadcastTo(
      x!,
      shape.map((_, axis) => sizeAt(shape, axis)),
    ),
  ],
}

export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : x.graph.apply(expandOp, [x], { shape })[0]!
}

export function zerosLike(x: Tensor): Tensor {
  return expand(x.graph.scalar(0), x.shape)
}

/** Is it made by `zerosLike`? */
export function isZeros(x: Tensor): boolean {
  return x.producer?.op === expandOp.name && x.producer.inputs[0] === x.graph.scalar(0)
}

const concatOp: OpDefinition<{ readonly axis: number }> = {
  name: 'concat',
  infer: (parts, { axis }) => {
    const [first] = parts
    const others = (shape: Shape) => shape.filter((_, i) => i !== axis)
    if (parts.some((part) => part.dtype !== first!.dtype || !sameShape(others(part.shape), others(first!.shape)))) {
      throw new ShapeError(`parts differ elsewhere than on axis ${axis}`)
    }
    const total = parts.reduce((length, part) => length + sizeAt(part.shape, axis), 0)
    return [{ dtype: first!.dtype, shape: first!.shape.map((dim, i) => (i === axis ? total : dim)) }]
  },
  backward: ({ inputs, outputGradients: [g], settings: { axis } }) =>
    split(
      g!,
      axis,
      inputs.map((part) => sizeAt(part.shape, axis)),
    ),
  onnx: (emit, { axis }) => emit.node('Concat', emit.inputs, emit.outputs, { axis }),
  torch: ({ inputs }, { axis }) => `torch.cat([${inputs.join(', ')}], ${axis})`,
  tfjs: ({ tf, inputs, settings: { axis } }) => [tf.concat([...inputs], axis)],
}

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const [first] = parts
  if (!first) throw new ShapeError('concat of nothing')
  return parts.length === 1
    ? first
    : first.graph.apply(concatOp, parts, { axis: axisIndex(axis, first.shape.length) })[0]!
}

const splitOp: OpDefinition<{ readonly axis: number; readonly sizes: readonly number[] }> = {
  name: 'split',
  infer: ([x], { axis, sizes }) => {
    const total = sizes.reduce((a, b) => a + b, 0)
    if (total !== dimAt(x!.shape, axis)) throw new ShapeError(`sizes ${sizes.join(' + ')} on axis ${axis}`)
    return sizes.map((size) => ({ dtype: x!.dtype, shape: x!.shape.map((dim: Dim, i) => (i === axis ? size : dim)) }))
  },
  backward: ({ outputs, outputGradients, settings: { axis } }) => [
    concat(
      outputs.map((part, i) => outputGradients[i] ?? zerosLike(part)),
      axis,
    ),
  ],
  onnx: (emit, { axis, sizes }) => emit.node('Split', [emit.inputs[0]!, emit.i64(sizes)], emit.outputs, { axis }),
  tfjs: ({ tf, inputs: [x], settings: { axis, sizes } }) => tf.split(x!, [...sizes], axis),
}

/** Consecutive parts of the given sizes along `axis`. */
export function split(x: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  const kept = sizes.map((size, i) => ({ size, i })).filter(({ size }) => size > 0)
  if (kept.length === 1 && sizes.length === 1) return [x]
  return x.graph.apply(splitOp, [x], { axis: axisIndex(axis, x.shape.length), sizes })
}

/** The first n rows of `table` [rows, …], where n is the size of axis 1 of `like`: position embeddings of a sequence. */
const firstRowsOp: OpDefinition<Record<never, never>> = {
  name: 'firstRows',
  infer: ([table, like]) => {
    const rows = dimAt(like!.shape, 1)
    if (typeof rows === 'number' && rows > sizeAt(table!.shape, 0)) {
      throw new ShapeError(`${rows} rows wanted, the table has ${sizeAt(table!.shape, 0)}`)
    }
    return [{ dtype: table!.dtype, shape: [rows, ...table!.shape.slice(1)] }]
  },
  backward: ({ inputs: [table], outputGradients: [g] }) => {
    const missing = sizeAt(table!.shape, 0) - sizeAt(g!.shape, 0)
    if (missing === 0) return [g]
    return [concat([g!, expand(g!.graph.scalar(0), [missing, ...table!.shape.slice(1)])], 0)]
  },
  onnx: (emit, _settings, _inputs, [rows]) => {
    const count = rows!.shape[0]!
    let end: string
    if (typeof count === 'number') end = emit.i64([count])
    else {
      end = emit.between()
      emit.node('Shape', [emit.inputs[1]!], [end], { start: 1, end: 2 })
    }
    emit.node('Slice', [emit.inputs[0]!, emit.i64([0]), end, emit.i64([0])], emit.outputs)
  },
  torch: ({ inputs: [table], dim }, _settings, _inputs, [rows]) =>
    `torch.slice(${table}, 0, 0, ${dim(dimAt(rows!.shape, 0))})`,
  tfjs: ({ tf, inputs: [table, like] }) => [tf.slice(table!, [0], [like!.shape[1]!])],
}

export function firstRows(table: Tensor, like: Tensor): Tensor {
  return table.graph.apply(firstRowsOp, [table, like], {})[0]!
}
