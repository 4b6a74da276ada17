import { FatalError, NaruError } from '../../runtime/errors.ts'
import { type Constant, Graph, type Node, nodesFor, type Tensor } from './graph.ts'
import { needed } from './onnx.ts'
import { ShapeError } from './tensor.ts'
import type { TfjsRuntime } from './tfjs-runtime.ts'
import type { TfjsTensor } from './tfjs-step.ts'

/**
 * A graph as instructions for TensorFlow.js: kernels in the order of computation, each with what is read for the last time there
 * and can be freed.
 */
export interface Program {
  /** What must be there before the first instruction, and is not freed. */
  readonly inputs: readonly Tensor[]
  readonly constants: readonly Constant[]
  readonly instructions: readonly Instruction[]
  readonly outputs: readonly Tensor[]
}

interface Instruction extends Kernel {
  /** Nothing reads them after this. */
  readonly dead: readonly Tensor[]
}

interface Kernel {
  readonly op: string
  readonly run: Extract<Node['onTfjs'], { kind: 'kernels' }>['run']
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly isUsed: (output: number) => boolean
}

/** Throws ShapeError when the outputs are none or of several graphs. */
export function programOf(outputs: readonly Tensor[]): Program {
  const { graph, nodes, used } = needed(Object.fromEntries(outputs.map((output, i) => [i, output])))
  const inputs = graph.inputs.filter((input) => used.has(input))
  const kernels: Kernel[] = []
  const constants = graph.constants.filter(({ tensor }) => used.has(tensor))
  for (const node of nodes) append(node, used, { kernels, constants })
  const lastReader = new Map<Tensor, Kernel>()
  for (const kernel of kernels) for (const input of kernel.inputs) lastReader.set(input, kernel)
  const kept = new Set([...inputs, ...constants.map(({ tensor }) => tensor), ...outputs])
  const instructions = kernels.map((kernel): Instruction => {
    const touched = new Set([...kernel.inputs, ...kernel.outputs])
    const dead = [...touched].filter((tensor) => !kept.has(tensor) && (lastReader.get(tensor) ?? kernel) === kernel)
    return { ...kernel, dead }
  })
  return { inputs, constants, instructions, outputs }
}

/** The kernels of a node: its own, or those of the nodes that it is written as, which read and make the same tensors. */
function append(
  { op, onTfjs, inputs, outputs }: Node,
  used: ReadonlySet<Tensor>,
  program: { readonly kernels: Kernel[]; readonly constants: Constant[] },
): void {
  if (onTfjs.kind === 'kernels') {
    program.kernels.push({ op, run: onTfjs.run, inputs, outputs, isUsed: (output) => used.has(outputs[output]!) })
    return
  }
  const graph = new Graph()
  const inside = inputs.map(({ dtype, shape }, i) => graph.input(`input_${i}`, dtype, shape))
  const made = onTfjs.decompose(inside)
  const wanted = made.filter((_, i) => used.has(outputs[i]!))
  const outside = new Map<Tensor, Tensor>(inside.map((tensor, i) => [tensor, inputs[i]!]))
  for (const [i, tensor] of made.entries()) {
    if (!used.has(outputs[i]!)) continue
    if (outside.has(tensor) || !tensor.producer)
      throw new ShapeError(`${op}: output ${i} is made by no node of its own`)
    outside.set(tensor, outputs[i]!)
  }
  const renamed = (tensors: readonly Tensor[]) => tensors.map((tensor) => outside.get(tensor) ?? tensor)
  const nodes = nodesFor(wanted)
  const usedInside = new Set([...renamed(nodes.flatMap((node) => node.inputs)), ...renamed(wanted)])
  program.constants.push(...graph.constants.filter(({ tensor }) => usedInside.has(tensor)))
  for (const node of nodes) {
    append({ ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) }, usedInside, program)
  }
}

/**
 * Runs a program. given: its inputs and constants, which stay as they are. The caller owns the results, each a tensor of its own;
 * everything else is freed as soon as it has been read for the last time, also when a kernel fails.
 */
export function runProgram(
  { instructions, outputs }: Program,
  given: ReadonlyMap<Tensor, TfjsTensor>,
  runtime: TfjsRuntime,
): readonly TfjsTensor[] {
  const made = new Map<Tensor, TfjsTensor>()
  const tensorOf = (tensor: Tensor) => {
    const value = made.get(tensor) ?? given.get(tensor)
    if (!value) throw new ShapeError(`${tensor.name} was read before it was made`)
    return value
  }
  try {
    for (const instruction of instructions) {
      const values = runKernel(instruction, instruction.inputs.map(tensorOf), runtime)
      for (const [i, value] of values.entries()) made.set(instruction.outputs[i]!, value)
      for (const tensor of instruction.dead) {
        made.get(tensor)?.dispose()
        made.delete(tensor)
      }
    }
    return outputs.map((output, i) => {
      const isOwn = made.has(output) && outputs.indexOf(output) === i
      return isOwn ? tensorOf(output) : runtime.tf.clone(tensorOf(output))
    })
  } catch (error) {
    for (const tensor of made.values()) tensor.dispose()
    throw error
  }
}

function runKernel(
  { op, run, isUsed, inputs: types }: Kernel,
  inputs: readonly TfjsTensor[],
  runtime: TfjsRuntime,
): readonly TfjsTensor[] {
  const { tf, product, nonZero } = runtime
  try {
    return tf.tidy(() => [...run({ tf, inputs, types, isUsed, product, nonZero })])
  } catch (cause) {
    if (cause instanceof NaruError) throw cause
    throw new FatalError('KERNEL_FAILED', `${op} failed on TensorFlow.js`, {
      hint: 'where memory ran out lower training.batch_size, otherwise report this',
      cause,
    })
  }
}
