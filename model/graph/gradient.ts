import type { Graph, Tensor } from './graph.ts'
import { sumOfGradients, zerosLike } from './ops.ts'
import { formatType, ShapeError, sameShape } from './tensor.ts'

/**
 * Reverse-mode differentiation: d loss / d w for each w of `parameters`, as further nodes of the same graph.
 * loss: f32 scalar. Each result has the shape of its parameter; a parameter that the loss does not depend on gets zeros.
 * Throws ShapeError when the loss is not a scalar, or when an op returns a gradient of another shape than its input.
 */
export function gradients(loss: Tensor, parameters: readonly Tensor[]): readonly Tensor[] {
  if (loss.dtype !== 'f32' || loss.shape.length > 0) throw new ShapeError(`a loss is f32[], not ${formatType(loss)}`)
  return pullback([[loss, loss.graph.scalar(1)]], parameters)
}

/**
 * The same where the gradient of a loss towards some values is known, and the loss itself is elsewhere: each value with that
 * gradient, of its shape.
 */
export function pullback(
  known: readonly (readonly [value: Tensor, gradient: Tensor])[],
  parameters: readonly Tensor[],
): readonly Tensor[] {
  const graph = known[0]?.[0].graph
  if (!graph) throw new ShapeError('no value has a gradient')
  const affected = affectedBy(parameters, graph)
  const gradientOf = new Map<Tensor, Tensor>()
  for (const [value, gradient] of known) {
    if (!sameShape(value.shape, gradient.shape)) {
      throw new ShapeError(`gradient ${formatType(gradient)} for ${formatType(value)}`)
    }
    const sofar = gradientOf.get(value)
    gradientOf.set(value, sofar ? sumOfGradients(sofar, gradient) : gradient)
  }
  // The backward pass appends nodes to the same list, so walk a copy of the forward part.
  for (const node of [...graph.nodes].reverse()) {
    const outputGradients = node.outputs.map((output) => gradientOf.get(output))
    if (outputGradients.every((gradient) => gradient === undefined)) continue
    if (!node.outputs.some((output) => affected.has(output))) continue
    for (const [i, gradient] of node.backward(outputGradients).entries()) {
      const input = node.inputs[i]!
      if (!gradient || !affected.has(input)) continue
      if (!sameShape(gradient.shape, input.shape)) {
        throw new ShapeError(`${node.op}: gradient ${formatType(gradient)} for input ${i}, ${formatType(input)}`)
      }
      const sofar = gradientOf.get(input)
      gradientOf.set(input, sofar ? sumOfGradients(sofar, gradient) : gradient)
    }
  }
  return parameters.map((parameter) => gradientOf.get(parameter) ?? zerosLike(parameter))
}

/** The parameters and everything computed from them. */
function affectedBy(parameters: readonly Tensor[], graph: Graph): ReadonlySet<Tensor> {
  const affected = new Set(parameters)
  for (const node of graph.nodes) {
    if (node.inputs.some((input) => affected.has(input))) for (const output of node.outputs) affected.add(output)
  }
  return affected
}
