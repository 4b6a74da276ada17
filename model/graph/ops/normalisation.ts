import type { OpDefinition, Tensor } from '../graph.ts'
import { dimAt, elementCount, ShapeError, sameShape, type TensorType } from '../tensor.ts'
import { add, divide, exp, multiply, sqrt, subtract } from './elementwise.ts'
import { matmul } from './matrix.ts'
import { mean, sum, sumTo } from './reduction.ts'
import { reshape } from './shape.ts'

function sameType([x]: readonly TensorType[]): readonly TensorType[] {
  if (x!.dtype !== 'f32') throw new ShapeError('must be f32')
  return [{ dtype: 'f32', shape: x!.shape }]
}

const softmaxOp: OpDefinition<Record<never, never>> = {
  name: 'softmax',
  infer: sameType,
  backward: ({ outputs, outputGradients }) => {
    const y = outputs[0]!
    const weighted = multiply(outputGradients[0]!, y)
    return [subtract(weighted, multiply(y, sum(weighted, [-1], { keepDims: true })))]
  },
  onnx: (emit) => emit.node('Softmax', emit.inputs, emit.outputs, { axis: -1 }),
  torch: ({ inputs: [x] }) => `torch.softmax(${x}, -1)`,
  tfjs: ({ tf, inputs: [x] }) => [tf.softmax(x!)],
}

/** Over the last axis. */
export function softmax(x: Tensor): Tensor {
  return x.graph.apply(softmaxOp, [x], {})[0]!
}

const logSoftmaxOp: OpDefinition<Record<never, never>> = {
  name: 'logSoftmax',
  infer: sameType,
  backward: ({ outputs, outputGradients }) => {
    const g = outputGradients[0]!
    return [subtract(g, multiply(exp(outputs[0]!), sum(g, [-1], { keepDims: true })))]
  },
  onnx: (emit) => emit.node('LogSoftmax', emit.inputs, emit.outputs, { axis: -1 }),
  torch: ({ inputs: [x] }) => `torch.log_softmax(${x}, -1)`,
  tfjs: ({ tf, inputs: [x] }) => [tf.logSoftmax(x!)],
}

/** Over the last axis. */
export function logSoftmax(x: Tensor): Tensor {
  return x.graph.apply(logSoftmaxOp, [x], {})[0]!
}

interface Spread {
  /** Added to the variance. */
  readonly epsilon: number
}

/** Layer normalisation over the last axis: (x − mean) / √(variance + epsilon) · gain + bias. gain, bias: [last axis]. */
const layerNormOp: OpDefinition<Spread> = {
  name: 'layerNorm',
  infer: ([x, gain, bias]) => {
    const width = dimAt(x!.shape, -1)
    if (!sameShape(gain!.shape, [width]) || !sameShape(bias!.shape, [width])) {
      throw new ShapeError(`gain and bias must be [${width}]`)
    }
    return [{ dtype: 'f32', shape: x!.shape }]
  },
  backward: ({ inputs, outputGradients, settings }) => {
    const [x, gain, bias] = [inputs[0]!, inputs[1]!, inputs[2]!]
    const width = elementCount(gain.shape)
    const g = reshape(outputGradients[0]!, [elementCount(x.shape) / width, width])
    const [normalised, inverseDeviation] = x.graph.apply(normaliseOp, [reshape(x, g.shape)], settings)
    const projected = multiply(g, normalised!)
    // Means over a row of what is multiplied by the gain: products with a vector, so that no pass is needed to multiply first.
    const meanGained = (rows: Tensor) => matmul(rows, reshape(gain, [width, 1]), { scale: 1 / width })
    const centred = subtract(multiply(g, gain), meanGained(g))
    const slope = multiply(subtract(centred, multiply(normalised!, meanGained(projected))), inverseDeviation!)
    return [reshape(slope, x.shape), sumTo(projected, gain.shape), sumTo(g, bias.shape)]
  },
  onnx: (emit, { epsilon }) =>
    emit.node('LayerNormalization', emit.inputs, emit.outputs, { axis: -1, epsilon: { float: epsilon } }),
  torch: ({ inputs: [x, gain, bias], dim }, { epsilon }, [type]) =>
    `torch.layer_norm(${x}, [${dim(dimAt(type!.shape, -1))}], ${gain}, ${bias}, ${epsilon})`,
  decompose: ([x, gain, bias], { epsilon }) => [add(multiply(normalise(x!, epsilon)[0], gain!), bias!)],
}

/** (x − mean) / √(variance + epsilon) over the last axis of x [rows, width], and 1/√(variance + epsilon) as [rows, 1]. */
const normaliseOp: OpDefinition<Spread> = {
  name: 'normalise',
  infer: ([x]) => [
    { dtype: 'f32', shape: x!.shape },
    { dtype: 'f32', shape: [...x!.shape.slice(0, -1), 1] },
  ],
  onnx: (emit, { epsilon }, [x]) => {
    const [normalised, inverseDeviation] = emit.outputs
    const ones = emit.f32(Array.from({ length: Number(dimAt(x!.shape, -1)) }, () => 1))
    const outputs = [normalised!, emit.between(), inverseDeviation!]
    emit.node('LayerNormalization', [emit.inputs[0]!, ones], outputs, { axis: -1, epsilon: { float: epsilon } })
  },
  decompose: ([x], { epsilon }) => normalise(x!, epsilon),
}

/** What `normaliseOp` gives, in ops that every engine has. */
function normalise(x: Tensor, epsilon: number): readonly [normalised: Tensor, inverseDeviation: Tensor] {
  const centred = subtract(x, mean(x, [-1], { keepDims: true }))
  const variance = mean(multiply(centred, centred), [-1], { keepDims: true })
  const inverseDeviation = divide(1, sqrt(add(variance, epsilon)))
  return [multiply(centred, inverseDeviation), inverseDeviation]
}

export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, { epsilon = 1e-12 } = {}): Tensor {
  return x.graph.apply(layerNormOp, [x, gain, bias], { epsilon })[0]!
}
