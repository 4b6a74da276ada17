import type { EightBits, OnnxEmitter, OpDefinition, Tensor } from '../graph.ts'
import { fullPrecision, halfProduct, type Precision } from '../precision.ts'
import { type Dim, dimAt, elementCount, type Shape, ShapeError, sameShape, type TensorType } from '../tensor.ts'
import { onnxDataType } from './comparison.ts'
import { sum } from './reduction.ts'
import { reshape } from './shape.ts'

interface Product {
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** Factor of the product. */
  readonly scale: number
  /** In which both sides are multiplied; the products of the gradient are in the same. */
  readonly precision: Precision
}

/** scale · a b over the last two axes, either side transposed first. Leading axes must be equal. */
const matmulOp: OpDefinition<Product> = {
  name: 'matmul',
  infer: ([a, b], { transposeA, transposeB }) => {
    if (a!.dtype !== 'f32' || b!.dtype !== 'f32') throw new ShapeError('both must be f32')
    const leading = a!.shape.slice(0, -2)
    if (a!.shape.length < 2 || !sameShape(leading, b!.shape.slice(0, -2))) throw new ShapeError('leading axes differ')
    const [rows, inner] = lastTwo(a!.shape, transposeA)
    const [inner2, columns] = lastTwo(b!.shape, transposeB)
    if (inner !== inner2) throw new ShapeError(`inner sizes ${inner} and ${inner2}`)
    return [{ dtype: 'f32', shape: [...leading, rows, columns] }]
  },
  backward: ({ inputs, outputGradients, settings: { transposeA, transposeB, scale, precision } }) => {
    const a = inputs[0]!
    const b = inputs[1]!
    const g = outputGradients[0]!
    const da = transposeA
      ? matmul(b, g, { transposeA: transposeB, transposeB: true, scale, precision })
      : matmul(g, b, { transposeB: !transposeB, scale, precision })
    const db = transposeB
      ? matmul(g, a, { transposeA: true, transposeB: transposeA, scale, precision })
      : matmul(a, g, { transposeA: !transposeA, scale, precision })
    return [da, db]
  },
  onnx: (emit, product, [a]) => {
    const { transposeA, transposeB, scale, precision } = product
    const flags = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: { float: scale } }
    if (a!.shape.length === 2) {
      halfProduct(emit, precision, emit.inputs, emit.outputs[0]!, (sides, y) => emit.node('Gemm', sides, [y], flags))
    } else if (!emit.portable) {
      halfProduct(emit, precision, emit.inputs, emit.outputs[0]!, (sides, y) =>
        emit.node('FusedMatMul', sides, [y], flags, 'com.microsoft'),
      )
    } else plainMatMul(emit, product, a!)
  },
  torch: ({ inputs: [a, b] }, { transposeA, transposeB, scale }) => {
    const side = (name: string, transposed: boolean) => (transposed ? `torch.transpose(${name}, -2, -1)` : name)
    const product = `torch.matmul(${side(a!, transposeA)}, ${side(b!, transposeB)})`
    return scale === 1 ? product : `torch.mul(${product}, ${scale})`
  },
  tfjs: ({ tf, inputs: [a, b], settings: { scale, ...sides }, product }) => {
    const result = product(a!, b!, sides)
    return [scale === 1 ? result : tf.mul(result, scale)]
  },
}

function plainMatMul(emit: OnnxEmitter, { transposeA, transposeB, scale }: Product, { shape }: TensorType): void {
  const swapped = shape.map((_, i) => (i < shape.length - 2 ? i : 2 * shape.length - 3 - i))
  const side = (name: string, transposed: boolean) => {
    if (!transposed) return name
    const result = emit.between()
    emit.node('Transpose', [name], [result], { perm: swapped })
    return result
  }
  const product = scale === 1 ? emit.outputs[0]! : emit.between()
  emit.node('MatMul', [side(emit.inputs[0]!, transposeA), side(emit.inputs[1]!, transposeB)], [product])
  if (scale !== 1) emit.node('Mul', [product, emit.f32(scale)], emit.outputs)
}

function lastTwo(shape: Shape, transposed: boolean): readonly [Dim, Dim] {
  return transposed ? [dimAt(shape, -1), dimAt(shape, -2)] : [dimAt(shape, -2), dimAt(shape, -1)]
}

export function matmul(a: Tensor, b: Tensor, options: Partial<Product> = {}): Tensor {
  const product = { transposeA: false, transposeB: false, scale: 1, precision: fullPrecision, ...options }
  return a.graph.apply(matmulOp, [a, b], product)[0]!
}

/** x wᵀ + b. x: [..., in]; w: [out, in], the layout of PyTorch's Linear; b: [out]. Result: [..., out]. */
const linearOp: OpDefinition<{ readonly precision: Precision }> = {
  name: 'linear',
  infer: ([x, w, b]) => {
    const [out, inner] = [dimAt(w!.shape, 0), dimAt(w!.shape, 1)]
    if (dimAt(x!.shape, -1) !== inner) throw new ShapeError(`inner sizes ${dimAt(x!.shape, -1)} and ${inner}`)
    if (!sameShape(b!.shape, [out])) throw new ShapeError(`bias must be [${out}]`)
    return [{ dtype: 'f32', shape: [...x!.shape.slice(0, -1), out] }]
  },
  backward: ({ inputs, outputGradients, settings: { precision } }) => {
    const x = inputs[0]!
    const w = inputs[1]!
    const rows = elementCount(x.shape.slice(0, -1))
    const flatX = reshape(x, [rows, dimAt(x.shape, -1)])
    const g = reshape(outputGradients[0]!, [rows, dimAt(w.shape, 0)])
    const dx = matmul(g, w, { precision })
    return [reshape(dx, x.shape), matmul(g, flatX, { transposeA: true, precision }), sum(g, [0])]
  },
  onnx: (emit, { precision }, [x, w], [y]) => {
    const [xName, wName, bName] = emit.inputs
    if (x!.shape.every((dim) => typeof dim === 'number')) {
      // One Gemm does product and bias in one pass; Reshape moves nothing.
      const [flatX, flatY] = [emit.between(), emit.between()]
      emit.node('Reshape', [xName!, emit.i64([-1, ...numbers(x!.shape.slice(-1))])], [flatX])
      halfProduct(emit, precision, [flatX, wName!, bName!], flatY, (sides, product) =>
        emit.node('Gemm', sides, [product], { transB: 1 }),
      )
      emit.node('Reshape', [flatY, emit.i64(numbers(y!.shape))], emit.outputs)
      return
    }
    const weights = emit.inEightBits(1)
    if (weights) {
      emit.node('Add', [integerProduct(emit, xName!, weights), bName!], emit.outputs)
      return
    }
    const [columns, product] = [emit.between(), emit.between()]
    emit.node('Transpose', [wName!], [columns], { perm: w!.shape.map((_, i) => 1 - i) })
    halfProduct(emit, precision, [xName!, columns], product, (sides, y) => emit.node('MatMul', sides, [y]))
    emit.node('Add', [product, bName!], emit.outputs)
  },
  torch: ({ inputs }) => `torch.linear(${inputs.join(', ')})`,
  tfjs: ({ tf, inputs: [x, w, b], settings: { precision }, product }) => {
    const [out = 0, inner = 0] = w!.shape
    const rows = tf.reshape(x!, [x!.size / inner, inner])
    const y = tf.add(product(rows, w!, { transposeB: true, precision }), b!)
    return [tf.reshape(y, [...x!.shape.slice(0, -1), out])]
  },
}

/**
 * x [..., width] by weights [rows, width] in integers: x is rounded to eight bits by a scale of its own at run time, the sums are i32.
 * Standard operators, which onnxruntime fuses into one kernel (Jacob et al. 2018, arXiv:1712.05877). Returns f32 [..., rows].
 */
export function integerProduct(emit: OnnxEmitter, x: string, { values, scales }: EightBits): string {
  const [rounded, scale, zero, columns, sums] = [1, 2, 3, 4, 5].map(() => emit.between())
  const [inFloats, bothScales, product] = [emit.between(), emit.between(), emit.between()]
  emit.node('DynamicQuantizeLinear', [x], [rounded!, scale!, zero!])
  emit.node('Transpose', [values], [columns!], { perm: [1, 0] })
  emit.node('MatMulInteger', [rounded!, columns!, zero!], [sums!])
  emit.node('Cast', [sums!], [inFloats], { to: onnxDataType.f32 })
  emit.node('Mul', [scale!, scales], [bothScales])
  emit.node('Mul', [inFloats, bothScales], [product])
  return product
}

function numbers(shape: Shape): readonly number[] {
  return shape.map((dim) => Number(dim))
}

export function linear(x: Tensor, w: Tensor, b: Tensor, { precision = fullPrecision } = {}): Tensor {
  return x.graph.apply(linearOp, [x, w, b], { precision })[0]!
}
