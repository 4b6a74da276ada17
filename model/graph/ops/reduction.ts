import type { OnnxEmitter, OpDefinition, Tensor } from '../graph.ts'
import { axisIndex, elementCount, type Shape, ShapeError, sameShape, type TensorType } from '../tensor.ts'
import { cast, equal } from './comparison.ts'
import { multiply } from './elementwise.ts'
import { expand, reshape } from './shape.ts'

interface Reduction {
  /** Sorted, non-negative. */
  readonly axes: readonly number[]
  readonly keepDims: boolean
}

function reducedShape(shape: Shape, { axes, keepDims }: Reduction): Shape {
  return keepDims ? shape.map((dim, i) => (axes.includes(i) ? 1 : dim)) : shape.filter((_, i) => !axes.includes(i))
}

function infer([x]: readonly TensorType[], reduction: Reduction): readonly TensorType[] {
  if (x!.dtype !== 'f32') throw new ShapeError('must be f32')
  return [{ dtype: 'f32', shape: reducedShape(x!.shape, reduction) }]
}

function lowered(operator: string) {
  return (emit: OnnxEmitter, { axes, keepDims }: Reduction) =>
    emit.node(operator, [emit.inputs[0]!, emit.i64(axes)], emit.outputs, { keepdims: keepDims ? 1 : 0 })
}

/** A reduced tensor with its lost axes back as 1, ready to broadcast against `x`. */
function withLostAxes(reduced: Tensor, x: Tensor, { axes }: Reduction): Tensor {
  return reshape(reduced, reducedShape(x.shape, { axes, keepDims: true }))
}

const sumOp: OpDefinition<Reduction> = {
  name: 'sum',
  infer,
  backward: ({ inputs: [x], outputGradients: [g], settings }) => [expand(withLostAxes(g!, x!, settings), x!.shape)],
  onnx: lowered('ReduceSum'),
  tfjs: ({ tf, inputs: [x], settings: { axes, keepDims } }) => [tf.sum(x!, [...axes], keepDims)],
}

/** Where several elements share the maximum each gets the whole gradient: ties have no slope of their own. */
const maxOp: OpDefinition<Reduction> = {
  name: 'max',
  infer,
  backward: ({ inputs: [x], outputs: [y], outputGradients: [g], settings }) => [
    multiply(cast(equal(x!, withLostAxes(y!, x!, settings)), 'f32'), withLostAxes(g!, x!, settings)),
  ],
  onnx: lowered('ReduceMax'),
  tfjs: ({ tf, inputs: [x], settings: { axes, keepDims } }) => [tf.max(x!, [...axes], keepDims)],
}

function reduce(
  definition: OpDefinition<Reduction>,
  x: Tensor,
  axes: readonly number[] | undefined,
  keepDims: boolean,
) {
  const all = x.shape.map((_, i) => i)
  const sorted = (axes ?? all).map((axis) => axisIndex(axis, x.shape.length)).sort((a, b) => a - b)
  return sorted.length === 0 ? x : x.graph.apply(definition, [x], { axes: sorted, keepDims })[0]!
}

/** Sum over `axes` (all of them when not given). */
export function sum(x: Tensor, axes?: readonly number[], { keepDims = false } = {}): Tensor {
  return reduce(sumOp, x, axes, keepDims)
}

/** Σ x² over all elements, without the squares in memory. */
const sumOfSquaresOp: OpDefinition<Record<never, never>> = {
  name: 'sumOfSquares',
  infer: ([x]) => infer([x!], { axes: x!.shape.map((_, axis) => axis), keepDims: false }),
  backward: ({ inputs: [x], outputGradients: [g] }) => [multiply(x!, multiply(g!, 2))],
  onnx: (emit) => emit.node('ReduceSumSquare', emit.inputs, emit.outputs, { keepdims: 0 }),
  decompose: ([x]) => [sum(multiply(x!, x!))],
}

export function sumOfSquares(x: Tensor): Tensor {
  return x.graph.apply(sumOfSquaresOp, [x], {})[0]!
}

export function max(x: Tensor, axes?: readonly number[], { keepDims = false } = {}): Tensor {
  return reduce(maxOp, x, axes, keepDims)
}

/** Mean over `axes` (all when not given), whose sizes must be numbers. */
export function mean(x: Tensor, axes?: readonly number[], { keepDims = false } = {}): Tensor {
  const counted = axes ? axes.map((axis) => x.shape[axisIndex(axis, x.shape.length)]!) : x.shape
  return multiply(sum(x, axes, { keepDims }), 1 / elementCount(counted))
}

/** Undoes broadcasting: sums x down to `shape`, which must broadcast to x's. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  const offset = x.shape.length - shape.length
  const axes = x.shape.flatMap((dim, i) => (i < offset || (shape[i - offset] === 1 && dim !== 1) ? [i] : []))
  return reshape(sum(x, axes, { keepDims: true }), shape)
}
