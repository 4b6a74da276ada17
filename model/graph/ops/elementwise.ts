import type { OnnxEmitter, OpDefinition, Tensor } from '../graph.ts'
import { broadcastShapes, formatType, ShapeError, type TensorType } from '../tensor.ts'
import type { Tfjs, TfjsTensor } from '../tfjs-step.ts'
import { cast, greater } from './comparison.ts'
import { sumTo } from './reduction.ts'

/** A tensor, or a number that becomes an f32 scalar of the same graph. */
export type Operand = Tensor | number

type NoSettings = Record<never, never>
const noSettings: NoSettings = {}

/** Both operands as tensors of one graph. */
export function operands(a: Operand, b: Operand): readonly [Tensor, Tensor] {
  if (typeof a !== 'number') return [a, typeof b === 'number' ? a.graph.scalar(b) : b]
  if (typeof b !== 'number') return [b.graph.scalar(a), b]
  throw new ShapeError('an op needs at least one tensor')
}

function broadcastType([a, b]: readonly TensorType[]): readonly TensorType[] {
  if (a!.dtype !== 'f32' || b!.dtype !== 'f32') throw new ShapeError('both operands must be f32')
  return [{ dtype: 'f32', shape: broadcastShapes(a!.shape, b!.shape) }]
}

function sameType([x]: readonly TensorType[]): readonly TensorType[] {
  if (x!.dtype !== 'f32') throw new ShapeError(`must be f32, not ${formatType(x!)}`)
  return [{ dtype: 'f32', shape: x!.shape }]
}

interface BinaryStep {
  readonly a: Tensor
  readonly b: Tensor
  readonly y: Tensor
  readonly g: Tensor
}

/** The kernel of TensorFlow.js: a function of the library. */
type UnaryKernel = (tf: Tfjs) => (x: TfjsTensor) => TfjsTensor
type BinaryKernel = (tf: Tfjs) => (a: TfjsTensor, b: TfjsTensor) => TfjsTensor

/** Of an op on each target: the operator of ONNX, the function of torch, the kernel of TensorFlow.js. */
interface Kernels<Kernel> {
  readonly onnx: string
  readonly torch: string
  readonly tfjs: Kernel
}

/** f32 op with NumPy broadcasting; `backward` gives both gradients in the shape of the result. */
function binary(
  name: string,
  { onnx, torch, tfjs }: Kernels<BinaryKernel>,
  backward: (step: BinaryStep) => readonly [Tensor, Tensor],
) {
  const definition: OpDefinition<NoSettings> = {
    name,
    infer: broadcastType,
    backward: ({ inputs: [a, b], outputs: [y], outputGradients: [g] }) => {
      const [da, db] = backward({ a: a!, b: b!, y: y!, g: g! })
      return [sumTo(da, a!.shape), sumTo(db, b!.shape)]
    },
    onnx: (emit) => emit.node(onnx, emit.inputs, emit.outputs),
    torch: ({ inputs }) => `torch.${torch}(${inputs.join(', ')})`,
    tfjs: ({ tf, inputs: [a, b] }) => [tfjs(tf)(a!, b!)],
  }
  return (left: Operand, right: Operand): Tensor => {
    const [a, b] = operands(left, right)
    return a.graph.apply(definition, [a, b], noSettings)[0]!
  }
}

export const add = binary('add', { onnx: 'Add', torch: 'add', tfjs: (tf) => tf.add }, ({ g }) => [g, g])
export const subtract = binary('subtract', { onnx: 'Sub', torch: 'sub', tfjs: (tf) => tf.sub }, ({ g }) => [
  g,
  negate(g),
])
export const multiply = binary('multiply', { onnx: 'Mul', torch: 'mul', tfjs: (tf) => tf.mul }, ({ a, b, g }) => [
  multiply(g, b),
  multiply(g, a),
])
export const divide = binary('divide', { onnx: 'Div', torch: 'div', tfjs: (tf) => tf.div }, ({ b, y, g }) => {
  const da = divide(g, b)
  return [da, negate(multiply(da, y))]
})
/** Where both are equal the gradient goes to b. */
export const maximum = binary('maximum', { onnx: 'Max', torch: 'maximum', tfjs: (tf) => tf.maximum }, ({ a, b, g }) =>
  pickSide(g, greater(a, b)),
)
/** Where both are equal the gradient goes to b. */
export const minimum = binary('minimum', { onnx: 'Min', torch: 'minimum', tfjs: (tf) => tf.minimum }, ({ a, b, g }) =>
  pickSide(g, greater(b, a)),
)

function pickSide(g: Tensor, takesA: Tensor): readonly [Tensor, Tensor] {
  const da = multiply(g, cast(takesA, 'f32'))
  return [da, subtract(g, da)]
}

interface UnaryStep {
  readonly x: Tensor
  readonly y: Tensor
  readonly g: Tensor
}

function unary(name: string, { onnx, torch, tfjs }: Kernels<UnaryKernel>, backward: (step: UnaryStep) => Tensor) {
  const definition: OpDefinition<NoSettings> = {
    name,
    infer: sameType,
    backward: ({ inputs: [x], outputs: [y], outputGradients: [g] }) => [backward({ x: x!, y: y!, g: g! })],
    onnx: (emit) => emit.node(onnx, emit.inputs, emit.outputs),
    torch: ({ inputs: [x] }) => `torch.${torch}(${x})`,
    tfjs: ({ tf, inputs: [x] }) => [tfjs(tf)(x!)],
  }
  return (x: Tensor): Tensor => x.graph.apply(definition, [x], noSettings)[0]!
}

export const negate = unary('negate', { onnx: 'Neg', torch: 'neg', tfjs: (tf) => tf.neg }, ({ g }) => negate(g))
export const exp = unary('exp', { onnx: 'Exp', torch: 'exp', tfjs: (tf) => tf.exp }, ({ y, g }) => multiply(g, y))
export const log = unary('log', { onnx: 'Log', torch: 'log', tfjs: (tf) => tf.log }, ({ x, g }) => divide(g, x))
export const sqrt = unary('sqrt', { onnx: 'Sqrt', torch: 'sqrt', tfjs: (tf) => tf.sqrt }, ({ y, g }) =>
  divide(multiply(g, 0.5), y),
)
export const tanh = unary('tanh', { onnx: 'Tanh', torch: 'tanh', tfjs: (tf) => tf.tanh }, ({ y, g }) =>
  multiply(g, subtract(1, square(y))),
)
export const sigmoid = unary('sigmoid', { onnx: 'Sigmoid', torch: 'sigmoid', tfjs: (tf) => tf.sigmoid }, ({ y, g }) =>
  multiply(g, multiply(y, subtract(1, y))),
)
/** log(1 + eˣ) without overflow. */
export const softplus = unary(
  'softplus',
  { onnx: 'Softplus', torch: 'softplus', tfjs: (tf) => tf.softplus },
  ({ x, g }) => multiply(g, sigmoid(x)),
)
/** d/dx erf = 2/√π · e^(−x²). */
export const erf = unary('erf', { onnx: 'Erf', torch: 'erf', tfjs: (tf) => tf.erf }, ({ x, g }) =>
  multiply(g, multiply(exp(negate(square(x))), 2 / Math.sqrt(Math.PI))),
)
/** max(x, 0); the gradient at 0 is 0. */
export const relu = unary('relu', { onnx: 'Relu', torch: 'relu', tfjs: (tf) => tf.relu }, ({ x, g }) =>
  multiply(g, cast(greater(x, 0), 'f32')),
)

export function square(x: Tensor): Tensor {
  return multiply(x, x)
}

/** Exact GELU x·Φ(x), one kernel. Keeps nothing for the gradient, which needs x alone: Φ(x) costs less than the memory it would hold. */
const geluOp: OpDefinition<NoSettings> = {
  name: 'gelu',
  infer: sameType,
  backward: ({ inputs: [x], outputGradients: [g] }) => [
    multiply(g!, x!.graph.apply(geluSlopeOp, [x!], noSettings)[0]!),
  ],
  onnx: (emit) => {
    if (!emit.portable) {
      emit.node('Gelu', emit.inputs, emit.outputs, {}, 'com.microsoft')
      return
    }
    const cdf = emit.between()
    normalCdf(emit, scaledForErf(emit), cdf)
    emit.node('Mul', [emit.inputs[0]!, cdf], emit.outputs)
  },
  torch: ({ inputs: [x] }) => `torch.gelu(${x})`,
  decompose: ([x]) => [multiply(x!, multiply(add(erf(multiply(x!, Math.SQRT1_2)), 1), 0.5))],
}

/** Φ(x) + x·φ(x), the slope of GELU. With s = x/√2 the second term is s·e^(−s²)/√π, and e^(s²) may overflow: s divided by it is then 0. */
const geluSlopeOp: OpDefinition<NoSettings> = {
  name: 'geluSlope',
  infer: sameType,
  onnx: (emit) => {
    const scaled = scaledForErf(emit)
    const [cdf, square, inverse, shaped, density] = [1, 2, 3, 4, 5].map(() => emit.between())
    normalCdf(emit, scaled, cdf!)
    emit.node('Mul', [scaled, scaled], [square!])
    emit.node('Exp', [square!], [inverse!])
    emit.node('Div', [scaled, inverse!], [shaped!])
    emit.node('Mul', [shaped!, emit.f32(1 / Math.sqrt(Math.PI))], [density!])
    emit.node('Add', [cdf!, density!], emit.outputs)
  },
  decompose: ([x]) => {
    const scaled = multiply(x!, Math.SQRT1_2)
    const density = multiply(divide(scaled, exp(square(scaled))), 1 / Math.sqrt(Math.PI))
    return [add(multiply(add(erf(scaled), 1), 0.5), density)]
  },
}

/** x/√2 of the first input: Φ(x) = ½ + ½ erf(x/√2). */
function scaledForErf(emit: OnnxEmitter): string {
  const scaled = emit.between()
  emit.node('Mul', [emit.inputs[0]!, emit.f32(Math.SQRT1_2)], [scaled])
  return scaled
}

/** ½ + ½ erf in one pass: HardSigmoid is that within its bounds, which are Φ's own. */
function normalCdf(emit: OnnxEmitter, scaled: string, cdf: string): void {
  const erfOf = emit.between()
  emit.node('Erf', [scaled], [erfOf])
  emit.node('HardSigmoid', [erfOf], [cdf], { alpha: { float: 0.5 }, beta: { float: 0.5 } })
}

export function gelu(x: Tensor): Tensor {
  return x.graph.apply(geluOp, [x], noSettings)[0]!
}

/** The same value; gradients stop here. */
const stopGradientOp: OpDefinition<NoSettings> = {
  name: 'stopGradient',
  infer: ([x]) => [x!],
  onnx: (emit) => emit.node('Identity', emit.inputs, emit.outputs),
  torch: ({ inputs: [x] }) => `torch.detach(${x})`,
  tfjs: ({ tf, inputs: [x] }) => [tf.clone(x!)],
}

export function stopGradient(x: Tensor): Tensor {
  return x.graph.apply(stopGradientOp, [x], noSettings)[0]!
}
