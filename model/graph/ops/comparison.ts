import type { OpDefinition, Tensor } from '../graph.ts'
import { broadcastShapes, type DType, ShapeError } from '../tensor.ts'
import { type Tfjs, type TfjsTensor, tfjsDataType } from '../tfjs-step.ts'
import { type Operand, operands } from './elementwise.ts'
import { sumTo } from './reduction.ts'

type NoSettings = Record<never, never>

type Kernel = (tf: Tfjs) => (a: TfjsTensor, b: TfjsTensor) => TfjsTensor

function comparison(name: string, onnx: string, tfjs: Kernel) {
  const definition: OpDefinition<NoSettings> = {
    name,
    infer: ([a, b]) => {
      if (a!.dtype !== b!.dtype || a!.dtype === 'bool') throw new ShapeError('compare two f32 or two i64')
      return [{ dtype: 'bool', shape: broadcastShapes(a!.shape, b!.shape) }]
    },
    onnx: (emit) => emit.node(onnx, emit.inputs, emit.outputs),
    tfjs: ({ tf, inputs: [a, b] }) => [tfjs(tf)(a!, b!)],
  }
  return (left: Operand, right: Operand): Tensor => {
    const [a, b] = operands(left, right)
    return a.graph.apply(definition, [a, b], {})[0]!
  }
}

export const equal = comparison('equal', 'Equal', (tf) => tf.equal)
export const greater = comparison('greater', 'Greater', (tf) => tf.greater)

const notOp: OpDefinition<NoSettings> = {
  name: 'not',
  infer: ([x]) => {
    if (x!.dtype !== 'bool') throw new ShapeError('must be bool')
    return [x!]
  },
  onnx: (emit) => emit.node('Not', emit.inputs, emit.outputs),
  tfjs: ({ tf, inputs: [x] }) => [tf.logicalNot(x!)],
}

export function not(x: Tensor): Tensor {
  return x.graph.apply(notOp, [x], {})[0]!
}

/** `condition ? a : b`, broadcast. condition: bool; a, b: f32. */
const whereOp: OpDefinition<NoSettings> = {
  name: 'where',
  infer: ([condition, a, b]) => {
    if (condition!.dtype !== 'bool' || a!.dtype !== 'f32' || b!.dtype !== 'f32') {
      throw new ShapeError('needs a bool and two f32')
    }
    return [{ dtype: 'f32', shape: broadcastShapes(condition!.shape, broadcastShapes(a!.shape, b!.shape)) }]
  },
  backward: ({ inputs: [condition, a, b], outputGradients: [g] }) => [
    undefined,
    sumTo(where(condition!, g!, 0), a!.shape),
    sumTo(where(condition!, 0, g!), b!.shape),
  ],
  onnx: (emit) => emit.node('Where', emit.inputs, emit.outputs),
  tfjs: ({ tf, inputs: [condition, a, b] }) => [tf.where(condition!, a!, b!)],
}

export function where(condition: Tensor, whenTrue: Operand, whenFalse: Operand): Tensor {
  const { graph } = condition
  const tensor = (x: Operand) => (typeof x === 'number' ? graph.scalar(x) : x)
  return graph.apply(whereOp, [condition, tensor(whenTrue), tensor(whenFalse)], {})[0]!
}

/** ONNX TensorProto.DataType. */
export const onnxDataType = { f32: 1, i64: 7, bool: 9 } as const satisfies Record<DType, number>

/** Converts between types. No gradient: an integer or a truth value has no slope. */
const castOp: OpDefinition<{ readonly to: DType }> = {
  name: 'cast',
  infer: ([x], { to }) => [{ dtype: to, shape: x!.shape }],
  onnx: (emit, { to }) => emit.node('Cast', emit.inputs, emit.outputs, { to: onnxDataType[to] }),
  tfjs: ({ tf, inputs: [x], settings: { to } }) => [tf.cast(x!, tfjsDataType[to])],
}

export function cast(x: Tensor, to: DType): Tensor {
  return x.dtype === to ? x : x.graph.apply(castOp, [x], { to })[0]!
}
