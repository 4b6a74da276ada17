import type { Node, Tensor, TorchEmitter } from './graph.ts'
import { needed } from './onnx.ts'
import { type Dim, elementCount, formatType, ShapeError, type TensorData } from './tensor.ts'

/**
 * The TorchScript target: one class whose attributes are the weights and constants, and whose `forward` is straight-line code.
 *   forward(x: Dict[str, Tensor]) -> Dict[str, Tensor]
 * Inputs by the names of the graph's inputs, outputs by those of `outputs`. The calls are those that PyTorch 1.13 has as well.
 */
export interface TorchOptions {
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Values for some inputs, which then become attributes: the weights. */
  readonly weights: ReadonlyMap<string, TensorData>
}

export interface TorchModule {
  /** Name of the class, which lies in the Python module `__torch__`. */
  readonly name: string
  readonly source: string
  readonly attributes: readonly TorchAttribute[]
}

export interface TorchAttribute {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: TensorData
}

const className = 'Encoder'

/** Throws ShapeError for an op that has no TorchScript form, and for a second output that something reads. */
export function torchModule({ outputs, weights }: TorchOptions): TorchModule {
  const { graph, nodes, used } = needed(outputs)
  const attributes: TorchAttribute[] = []
  const expressions = new Map<Tensor, string>()
  const attribute = (tensor: Tensor, data: TensorData) => {
    const shape = tensor.shape.map(Number)
    if (data.length !== elementCount(tensor.shape)) {
      throw new ShapeError(`${data.length} values for ${tensor.name}, ${formatType(tensor)}`)
    }
    attributes.push({ name: identifier(tensor.name), shape, data })
    expressions.set(tensor, `self.${identifier(tensor.name)}`)
  }
  for (const { tensor, data } of graph.constants) if (used.has(tensor)) attribute(tensor, data)
  const sizes = new Map<string, string>()
  const lines: string[] = []
  for (const tensor of graph.inputs.filter((input) => used.has(input))) {
    const data = weights.get(tensor.name)
    if (data) attribute(tensor, data)
    else lines.push(...readInput(tensor, sizes))
  }
  const emitterFor = ({ inputs }: Node): TorchEmitter => ({
    inputs: inputs.map((tensor) => expressions.get(tensor) ?? identifier(tensor.name)),
    dim: (dim) => written(dim, sizes),
  })
  for (const node of nodes) {
    const [first, ...others] = node.outputs
    const read = others.find((output) => used.has(output))
    if (read) throw new ShapeError(`${node.op}: TorchScript has its first output only, and ${read.name} is read`)
    if (!node.toTorch) throw new ShapeError(`${node.op} has no TorchScript form`)
    lines.push(`${identifier(first!.name)} = ${node.toTorch(emitterFor(node))}`)
  }
  const results = Object.entries(outputs).map(
    ([name, tensor]) => `"${name}": ${expressions.get(tensor) ?? identifier(tensor.name)}`,
  )
  lines.push(`return {${results.join(', ')}}`)
  return { name: className, source: classSource(attributes, lines), attributes }
}

/** The tensor, and the sizes of those of its axes that have a name which is new. */
function* readInput({ name, shape }: Tensor, sizes: Map<string, string>): Iterable<string> {
  yield `${identifier(name)} = x["${name}"]`
  for (const [axis, dim] of shape.entries()) {
    if (typeof dim === 'number' || sizes.has(dim)) continue
    sizes.set(dim, `size_${identifier(dim)}`)
    yield `size_${identifier(dim)} = torch.size(${identifier(name)}, ${axis})`
  }
}

function written(dim: Dim, sizes: ReadonlyMap<string, string>): string {
  const name = typeof dim === 'number' ? String(dim) : sizes.get(dim)
  if (name === undefined) throw new ShapeError(`no input has an axis ${dim}`)
  return name
}

function identifier(name: string): string {
  return name.replace(/\W/g, '_')
}

function classSource(attributes: readonly TorchAttribute[], lines: readonly string[]): string {
  const names = attributes.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw new ShapeError(`two tensors are called ${twice} in Python`)
  return [
    `class ${className}(Module):`,
    `  __parameters__ = [${names.map((name) => `"${name}", `).join('')}]`,
    '  __buffers__ = []',
    ...names.map((name) => `  ${name} : Tensor`),
    '  training : bool',
    `  def forward(self: __torch__.${className},`,
    '    x: Dict[str, Tensor]) -> Dict[str, Tensor]:',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n')
}
