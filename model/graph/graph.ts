import type { GraphWriter } from './onnx-writer.ts'
import type { ProtobufMessage } from './protobuf.ts'
import {
  type Dim,
  type DType,
  elementCount,
  formatType,
  type Shape,
  ShapeError,
  type TensorData,
  type TensorType,
} from './tensor.ts'
import type { TfjsStep, TfjsTensor } from './tfjs-step.ts'

/**
 * A static tensor graph: tensors are made by nodes, nodes are kept in the order in which they were made, so that order is
 * always a valid order of computation. Gradients and the optimiser are further nodes of the same graph.
 */

/** A value of the graph. `producer` is undefined for inputs and constants. */
export interface Tensor extends TensorType {
  readonly graph: Graph
  /** Unique within the graph; the name of the value in every target. */
  readonly name: string
  readonly producer: Node | undefined
}

export interface Node {
  readonly op: string
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  /** Gradient towards each input (undefined: none) from the gradients of the outputs (undefined: zero). */
  readonly backward: (outputGradients: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[]
  readonly toOnnx: (emit: OnnxEmitter) => void
  /** Absent where the op has no TorchScript form. */
  readonly toTorch: ((emit: TorchEmitter) => string) | undefined
  readonly onTfjs: OnTfjs
}

/** How a node is computed on TensorFlow.js: by its kernels, or as other nodes. */
export type OnTfjs =
  | { readonly kind: 'kernels'; readonly run: (step: Omit<TfjsStep<unknown>, 'settings'>) => readonly TfjsTensor[] }
  | { readonly kind: 'nodes'; readonly decompose: (inputs: readonly Tensor[]) => readonly Tensor[] }

export type OnnxAttribute = number | string | readonly number[] | { readonly float: number }

export type Device = 'cpu' | 'gpu'

/** Names of values i8 [rows, width] and of scales f32 [rows]. */
export interface EightBits {
  readonly values: string
  readonly scales: string
}

/** What an op may write when it is turned into ONNX nodes. Names are value names of the ONNX graph. */
export interface OnnxEmitter {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Does anything read this output? What only a gradient needs is left out of an encoder. */
  isUsed(output: number): boolean
  /** True: only standard operators, for files that other runtimes read. False: onnxruntime's fused ones are welcome. */
  readonly portable: boolean
  /** Where an input is a matrix that the file keeps in int8 ("how": `onnx-weights.ts`): the names of its values and scales. */
  inEightBits(input: number): EightBits | undefined
  /** What it will run on, where one form is fast on a CPU and another on a GPU. Both forms compute the same. */
  readonly device: Device
  node(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute | ProtobufMessage>>,
    domain?: string,
  ): void
  /** A graph for an attribute: the body of a loop. It may read values of this graph by name, and hides none of them. */
  subgraph(used: ReadonlySet<Tensor>): GraphWriter
  /** A fresh name for a value between two ONNX nodes of one op. */
  between(): string
  /** A constant; the same numbers give the same name. Shape [] when `values` is a number. */
  f32(values: number | readonly number[]): string
  i64(values: number | readonly number[]): string
}

/** What an op may write when it is turned into TorchScript. Values are names or expressions of that language. */
export interface TorchEmitter {
  readonly inputs: readonly string[]
  /** A size as it is written: a number, or the variable that holds a named one. */
  dim(dim: Dim): string
}

/**
 * Everything about one op, side by side: the type of its result, its vector-Jacobian product, its form on each target. An op
 * without a form on a target does not compile.
 */
export type OpDefinition<Settings> = OpRules<Settings> & TfjsForm<Settings>

interface OpRules<Settings> {
  readonly name: string
  /** Types of the outputs. Throws ShapeError when the inputs do not fit. */
  infer(inputs: readonly TensorType[], settings: Settings): readonly TensorType[]
  /** Absent: nothing flows back (comparisons, indices). */
  backward?(step: BackwardStep<Settings>): readonly (Tensor | undefined)[]
  onnx(emit: OnnxEmitter, settings: Settings, inputs: readonly TensorType[], outputs: readonly TensorType[]): void
  /**
   * An expression for the first output, in calls that PyTorch has had since 1.13. Absent for what only training needs: its
   * further outputs and ops have no form there.
   */
  torch?(emit: TorchEmitter, settings: Settings, inputs: readonly TensorType[], outputs: readonly TensorType[]): string
}

/** An op that TensorFlow.js has a kernel for names it; any other is written as ops that have one. */
type TfjsForm<Settings> =
  | { tfjs(step: TfjsStep<Settings>): readonly TfjsTensor[]; decompose?: never }
  | { decompose(inputs: readonly Tensor[], settings: Settings): readonly Tensor[]; tfjs?: never }

export interface BackwardStep<Settings> {
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly outputGradients: readonly (Tensor | undefined)[]
  readonly settings: Settings
}

export interface Constant {
  readonly tensor: Tensor
  readonly data: TensorData
}

export class Graph {
  readonly inputs: Tensor[] = []
  readonly constants: Constant[] = []
  readonly nodes: Node[] = []
  readonly #names = new Set<string>()
  readonly #smallConstants = new Map<string, Tensor>()

  /** A value given from outside at each run: data, parameters, learning rate. */
  input(name: string, dtype: DType, shape: Shape): Tensor {
    const tensor = this.#tensor(name, { dtype, shape }, undefined)
    this.inputs.push(tensor)
    return tensor
  }

  /** Values fixed in the graph, row-major. Throws ShapeError when their number does not fit the shape. */
  constant(values: Iterable<number>, shape: Shape, dtype: DType = 'f32'): Tensor {
    const numbers = [...values]
    if (numbers.length !== elementCount(shape)) {
      throw new ShapeError(`${numbers.length} values for a constant ${formatType({ dtype, shape })}`)
    }
    // Small ones repeat a lot (0, 1, 1/√d): one copy each.
    const key =
      numbers.length <= 16 ? `${dtype}[${shape}]${numbers.map((n) => (Object.is(n, -0) ? '-0' : n))}` : undefined
    const known = key === undefined ? undefined : this.#smallConstants.get(key)
    if (known) return known
    const tensor = this.#tensor(`constant_${this.constants.length}`, { dtype, shape }, undefined)
    this.constants.push({ tensor, data: packed(numbers, dtype) })
    if (key !== undefined) this.#smallConstants.set(key, tensor)
    return tensor
  }

  scalar(value: number): Tensor {
    return this.constant([value], [])
  }

  /** Adds a node of `definition`; used by the ops, not by models. */
  apply<Settings>(
    definition: OpDefinition<Settings>,
    inputs: readonly Tensor[],
    settings: Settings,
  ): readonly Tensor[] {
    for (const input of inputs) {
      if (input.graph !== this) throw new ShapeError(`${definition.name}: ${input.name} belongs to another graph`)
    }
    const types = inferOrExplain(definition, inputs, settings)
    const index = this.nodes.length
    const outputs: Tensor[] = []
    const node: Node = {
      op: definition.name,
      inputs,
      outputs,
      backward: (outputGradients) =>
        definition.backward?.({ inputs, outputs, outputGradients, settings }) ?? inputs.map(() => undefined),
      toOnnx: (emit) => definition.onnx(emit, settings, inputs, outputs),
      toTorch: definition.torch && ((emit) => definition.torch!(emit, settings, inputs, outputs)),
      onTfjs: onTfjs(definition, settings),
    }
    for (const [i, type] of types.entries()) {
      outputs.push(this.#tensor(`${definition.name}_${index}${i === 0 ? '' : `_${i}`}`, type, node))
    }
    this.nodes.push(node)
    return outputs
  }

  #tensor(name: string, type: TensorType, producer: Node | undefined): Tensor {
    if (this.#names.has(name)) throw new ShapeError(`two tensors of one graph are called ${name}`)
    this.#names.add(name)
    return { graph: this, name, dtype: type.dtype, shape: type.shape, producer }
  }
}

/** Nodes that `outputs` need, in the order of computation. */
export function nodesFor(outputs: readonly Tensor[]): readonly Node[] {
  const needed = new Set<Node>()
  const waiting = outputs.flatMap((tensor) => tensor.producer ?? [])
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (needed.has(node)) continue
    needed.add(node)
    for (const input of node.inputs) if (input.producer) waiting.push(input.producer)
  }
  return (outputs[0]?.graph.nodes ?? []).filter((node) => needed.has(node))
}

function inferOrExplain<S>(definition: OpDefinition<S>, inputs: readonly Tensor[], settings: S): readonly TensorType[] {
  try {
    return definition.infer(inputs, settings)
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    const given = inputs.map((input) => `${input.name} ${formatType(input)}`).join(', ')
    throw new ShapeError(`${definition.name}(${given}): ${error.message}`)
  }
}

function onTfjs<S>(definition: OpDefinition<S>, settings: S): OnTfjs {
  const { tfjs, decompose } = definition
  if (tfjs) return { kind: 'kernels', run: (step) => tfjs({ ...step, settings }) }
  return { kind: 'nodes', decompose: (inputs) => decompose(inputs, settings) }
}

function packed(numbers: readonly number[], dtype: DType): TensorData {
  if (dtype === 'f32') return Float32Array.from(numbers)
  if (dtype === 'i64') return BigInt64Array.from(numbers, BigInt)
  return Uint8Array.from(numbers)
}
