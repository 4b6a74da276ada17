import type { OpDefinition, Tensor } from '../graph.ts'
import { dimAt, ShapeError, sameShape, type TensorType } from '../tensor.ts'
import { add, divide, exp, multiply, sqrt, subtract } from './elementwise.ts'
import { mean, sum, sumTo } from './reduction.ts'

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
  tfjs: ({ tf, inputs: [x] }) => [tf.logSoftmax(x!)],
}

/** Over the last axis. */
export function logSoftmax(x: Tensor): Tensor {
  return x.graph.apply(logSoftmaxOp, [x], {})[0]!
}

/**
 * Layer normalisation over the last axis: (x − mean) / √(variance + epsilon) · gain + bias. gain, bias: [last axis].
 * Also gives mean and 1/√(variance + epsilon), [..., 1] each, which the gradient needs.
 */
const layerNormOp: OpDefinition<{ readonly epsilon: number }> = {
  name: 'layerNorm',
  infer: ([x, gain, bias]) => {
    const width = dimAt(x!.shape, -1)
    if (!sameShape(gain!.shape, [width]) || !sameShape(bias!.shape, [width])) {
      throw new ShapeError(`gain and bias must be [${width}]`)
    }
    const perRow: TensorType = { dtype: 'f32', shape: [...x!.shape.slice(0, -1), 1] }
    return [{ dtype: 'f32', shape: x!.shape }, perRow, perRow]
  },
  backward: ({ inputs, outputs, outputGradients }) => {
    const [x, gain, bias] = [inputs[0]!, inputs[1]!, inputs[2]!]
    const [, rowMean, inverseDeviation] = outputs
    const g = outputGradients[0]!
    const normalised = multiply(subtract(x, rowMean!), inverseDeviation!)
    const scaled = multiply(g, gain)
    const meanScaled = mean(scaled, [-1], { keepDims: true })
    const meanProjected = mean(multiply(scaled, normalised), [-1], { keepDims: true })
    const centred = subtract(subtract(scaled, meanScaled), multiply(normalised, meanProjected))
    return [multiply(centred, inverseDeviation!), sumTo(multiply(g, normalised), gain.shape), sumTo(g, bias.shape)]
  },
  onnx: (emit, { epsilon }) => {
    const outputs = emit.isUsed(1) || emit.isUsed(2) ? emit.outputs : emit.outputs.slice(0, 1)
    emit.node('LayerNormalization', emit.inputs, outputs, { axis: -1, epsilon: { float: epsilon } })
  },
  decompose: ([x, gain, bias], { epsilon }) => {
    const rowMean = mean(x!, [-1], { keepDims: true })
    const centred = subtract(x!, rowMean)
    const variance = mean(multiply(centred, centred), [-1], { keepDims: true })
    const inverseDeviation = divide(1, sqrt(add(variance, epsilon)))
    return [add(multiply(multiply(centred, inverseDeviation), gain!), bias!), rowMean, inverseDeviation]
  },
}

export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, { epsilon = 1e-12 } = {}): Tensor {
  return x.graph.apply(layerNormOp, [x, gain, bias], { epsilon })[0]!
}
