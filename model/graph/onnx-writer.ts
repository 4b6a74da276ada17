import { FatalError } from '../../runtime/errors.ts'
import type { Device, EightBits, Graph, Node, OnnxAttribute, OnnxEmitter, Tensor } from './graph.ts'
import {
  type ExternalData,
  leastExternalBytes,
  quantisedRows,
  roundedToHalf,
  storedType,
  type WeightPrecision,
} from './onnx-weights.ts'
import { onnxDataType } from './ops.ts'
import { ProtobufMessage } from './protobuf.ts'
import { type DType, elementCount, formatType, type Shape, ShapeError, type TensorData } from './tensor.ts'

/** Field numbers are those of https://github.com/onnx/onnx/blob/v1.14.0/onnx/onnx.proto */

const irVersion = 9
const opset = 18
/** protobuf refuses messages of 2 GiB; bigger weights need ONNX's external data. */
export const maxModelBytes = 2 ** 31 - 1

/** For whom a file is written. */
export interface OnnxForm {
  /** True (default false): standard operators only. */
  readonly portable?: boolean
  /** Default cpu. */
  readonly device?: Device
  /** True (default false): for `GraphSession.write`, which gives memory to every output. */
  readonly written?: boolean
  /** Takes what is large; without it everything is in the one file. */
  readonly external?: ExternalData
}

/** See `GraphSession.write`. */
export const unreturnableOutput = 'unreturnable'

type StoredValues = TensorData | Uint16Array | Int8Array

/** Collects one GraphProto. */
export class GraphWriter {
  readonly #form: OnnxForm
  readonly #prefix: string
  readonly #used: ReadonlySet<Tensor>
  readonly #nodes = new ProtobufMessage()
  /** Copies of what is an input and an output at once, or is two outputs. */
  readonly #copies: [from: string, to: string][] = []
  readonly #values = new ProtobufMessage()
  readonly #names = new Map<Tensor, string>()
  readonly #literals = new Map<string, string>()
  readonly #eightBits = new Map<Tensor, EightBits>()
  #count = 0

  /** `prefix` stands before all names: those of a graph inside another may not hide the ones around it. */
  constructor(used: ReadonlySet<Tensor>, form: OnnxForm, prefix = '') {
    this.#form = form
    this.#prefix = prefix
    this.#used = used
  }

  emitterFor({ inputs, outputs }: Node): OnnxEmitter {
    return {
      inputs: inputs.map((tensor) => this.nameOf(tensor)),
      outputs: outputs.map((tensor) => this.nameOf(tensor)),
      isUsed: (output) => this.#used.has(outputs[output]!),
      inEightBits: (input) => this.#eightBits.get(inputs[input]!),
      portable: this.#form.portable ?? false,
      device: this.#form.device ?? 'cpu',
      node: (operator, from, to, attributes, domain) => this.#node(operator, from, to, attributes, domain),
      subgraph: (used) => new GraphWriter(used, this.#form, `${this.#prefix}inside_${this.#count++}:`),
      between: () => this.#between(),
      f32: (values) => this.#literal('f32', values),
      i64: (values) => this.#literal('i64', values),
    }
  }

  input(tensor: Tensor): void {
    this.#values.message(11, valueInfo(this.nameOf(tensor), tensor.dtype, tensor.shape))
  }

  /** Another name for an input inside this graph; to be called before anything that reads it is written. */
  rename(tensor: Tensor, name: string): void {
    this.#names.set(tensor, name)
  }

  /** An input that no tensor of the graph stands for. */
  extraInput(name: string, dtype: DType, shape: Shape): void {
    this.#values.message(11, valueInfo(name, dtype, shape))
  }

  extraOutput(name: string, dtype: DType, shape: Shape): void {
    this.#values.message(12, valueInfo(name, dtype, shape))
  }

  /** An output that is no tensor, and so none for JavaScript, where the form asks for it; to be called before any other output is written. */
  unreturnable(): void {
    if (!this.#form.written) return
    this.#node('SequenceEmpty', [], [unreturnableOutput])
    this.#values.message(12, valueInfoOf(unreturnableOutput, sequenceOf(tensorType('f32', []))))
  }

  /** A node that no op of the graph stands for. */
  extraNode(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute | ProtobufMessage>> = {},
  ): void {
    this.#node(operator, inputs, outputs, attributes)
  }

  /** An output has the name that the caller chose; to be called before the node that makes it is written. */
  output(name: string, tensor: Tensor): void {
    if (tensor.producer && !this.#names.has(tensor)) this.#names.set(tensor, name)
    else this.#copies.push([this.nameOf(tensor), name])
    this.#values.message(12, valueInfo(name, tensor.dtype, tensor.shape))
  }

  initialiser(tensor: Tensor, data: TensorData): void {
    this.#initialiser({ ...tensor, name: this.nameOf(tensor) }, data)
  }

  /** The nodes of the graph, and the constants that they read. */
  contents({ constants }: Pick<Graph, 'constants'>, nodes: readonly Node[]): void {
    for (const { tensor, data } of constants) if (this.#used.has(tensor)) this.initialiser(tensor, data)
    for (const node of nodes) node.toOnnx(this.emitterFor(node))
  }

  #initialiser({ name, dtype, shape }: Pick<Tensor, 'name' | 'dtype' | 'shape'>, data: TensorData): void {
    if (data.length !== elementCount(shape)) {
      throw new ShapeError(`${data.length} values for ${name}, ${formatType({ dtype, shape })}`)
    }
    this.#tensor(name, onnxDataType[dtype], shape.map(Number), data)
  }

  /** A parameter, whose matrices may be kept in fewer bits. */
  weight(tensor: Tensor, data: TensorData, precision: WeightPrecision): void {
    const { name, dtype, shape } = tensor
    if (precision === 'fp32' || shape.length < 2 || !(data instanceof Float32Array)) {
      this.#initialiser({ name, dtype, shape }, data)
      return
    }
    const sizes = shape.map(Number)
    const stored = `${name}:${precision}`
    if (precision === 'fp16') {
      this.#tensor(stored, storedType.f16, sizes, roundedToHalf(data))
      this.#node('Cast', [stored], [name], { to: onnxDataType.f32 })
      return
    }
    const { values, scales } = quantisedRows(data, sizes[0]!)
    this.#tensor(stored, storedType.i8, sizes, values)
    this.#tensor(`${name}:scale`, onnxDataType.f32, [scales.length], scales)
    this.#eightBits.set(tensor, { values: stored, scales: `${name}:scale` })
    // For what reads rows of it; a product takes the eight bits.
    this.#node('DequantizeLinear', [stored, `${name}:scale`], [name], { axis: 0 })
  }

  finish(): ProtobufMessage {
    for (const [from, to] of this.#copies) this.#node('Identity', [from], [to])
    return new ProtobufMessage().text(2, 'naru').append(this.#nodes).append(this.#values)
  }

  /** Of a value in this graph. */
  nameOf(tensor: Tensor): string {
    return this.#names.get(tensor) ?? `${this.#prefix}${tensor.name}`
  }

  #between(): string {
    return `${this.#prefix}between_${this.#count++}`
  }

  /** TensorProto. */
  #tensor(name: string, type: number, shape: readonly number[], data: StoredValues): void {
    const tensor = new ProtobufMessage()
    for (const dim of shape) tensor.integer(1, dim)
    tensor.integer(2, type).text(8, name)
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const { external } = this.#form
    if (external && bytes.byteLength >= leastExternalBytes) external.place(tensor, bytes)
    else tensor.bytes(9, bytes)
    this.#values.message(5, tensor)
  }

  #literal(dtype: 'f32' | 'i64', values: number | readonly number[]): string {
    const numbers = typeof values === 'number' ? [values] : values
    const key = `${dtype}:${typeof values}:${numbers.join()}`
    const known = this.#literals.get(key)
    if (known) return known
    const name = `${this.#prefix}literal_${this.#literals.size}`
    const data = dtype === 'f32' ? Float32Array.from(numbers) : BigInt64Array.from(numbers, BigInt)
    this.#initialiser({ name, dtype, shape: typeof values === 'number' ? [] : [numbers.length] }, data)
    this.#literals.set(key, name)
    return name
  }

  #node(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute | ProtobufMessage>> = {},
    domain = '',
  ): void {
    const node = new ProtobufMessage()
    for (const name of inputs) node.text(1, name)
    for (const name of outputs) node.text(2, name)
    node.text(3, `${this.#prefix}node_${this.#count++}`).text(4, operator)
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value))
    if (domain) node.text(7, domain)
    this.#nodes.message(1, node)
  }
}

/** AttributeProto; the type codes of field 20 are FLOAT 1, INT 2, STRING 3, GRAPH 5, INTS 7. */
function attribute(name: string, value: OnnxAttribute | ProtobufMessage): ProtobufMessage {
  const message = new ProtobufMessage().text(1, name)
  if (value instanceof ProtobufMessage) return message.message(6, value).integer(20, 5)
  if (typeof value === 'number') return message.integer(3, value).integer(20, 2)
  if (typeof value === 'string') return message.text(4, value).integer(20, 3)
  if ('float' in value) return message.float(2, value.float).integer(20, 1)
  for (const item of value) message.integer(8, item)
  return message.integer(20, 7)
}

/** ValueInfoProto of a tensor. */
function valueInfo(name: string, dtype: DType, shape: Shape): ProtobufMessage {
  return valueInfoOf(name, tensorType(dtype, shape))
}

/** ValueInfoProto. */
function valueInfoOf(name: string, type: ProtobufMessage): ProtobufMessage {
  return new ProtobufMessage().text(1, name).message(2, type)
}

/** TypeProto of a tensor: a named dimension is written as dim_param, which makes that axis dynamic. */
function tensorType(dtype: DType, shape: Shape): ProtobufMessage {
  const dims = new ProtobufMessage()
  for (const dim of shape) {
    const message = new ProtobufMessage()
    dims.message(1, typeof dim === 'number' ? message.integer(1, dim) : message.text(2, dim))
  }
  return new ProtobufMessage().message(1, new ProtobufMessage().integer(1, onnxDataType[dtype]).message(2, dims))
}

/** TypeProto of a sequence. */
function sequenceOf(type: ProtobufMessage): ProtobufMessage {
  return new ProtobufMessage().message(4, new ProtobufMessage().message(1, type))
}

/** ModelProto of a finished graph. Throws FatalError ONNX_TOO_LARGE. */
export function modelBytes(graph: ProtobufMessage, { portable = false }: OnnxForm = {}): Uint8Array {
  const operatorSet = (domain: string, version: number) => new ProtobufMessage().text(1, domain).integer(2, version)
  const model = new ProtobufMessage()
    .integer(1, irVersion)
    .text(2, 'naru')
    .message(7, graph)
    .message(8, operatorSet('', opset))
  // onnx.checker knows no operators but the standard's.
  if (!portable) model.message(8, operatorSet('com.microsoft', 1))
  if (model.byteLength > maxModelBytes) {
    throw new FatalError(
      'ONNX_TOO_LARGE',
      `the model takes ${model.byteLength} bytes; one ONNX file holds ${maxModelBytes}`,
      {
        hint: 'use a smaller vocabulary or fewer layers',
      },
    )
  }
  return model.finish()
}
