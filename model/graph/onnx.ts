import { type Graph, type Node, nodesFor, type Tensor } from './graph.ts'
import { ExternalData, type WeightPrecision } from './onnx-weights.ts'
import { GraphWriter, maxModelBytes, modelBytes, type OnnxForm } from './onnx-writer.ts'
import { ShapeError, type TensorData } from './tensor.ts'

/** The ONNX target: a ModelProto, opset 18, IR version 9. */

export interface OnnxOptions extends OnnxForm {
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Values for some inputs, which then become initialisers of the file: the weights of an exported encoder. */
  readonly initialisers?: ReadonlyMap<string, TensorData>
  /** Other names for inputs in the file, by those of the graph. */
  readonly inputNames?: Readonly<Record<string, string>>
  /** In which the initialisers are kept. Default fp32. */
  readonly precision?: WeightPrecision
}

export interface OnnxFiles {
  readonly model: Uint8Array
  /** What lies beside the model under the name that was given, where it is too large for one file. */
  readonly data?: readonly Uint8Array[]
}

/** As `onnxModel`; with `location` as the name of a second file for weights that one file does not hold (`inlineBytes`). */
export function onnxFiles(
  options: OnnxOptions,
  { location, inlineBytes = maxModelBytes - graphBytes }: { readonly location: string; readonly inlineBytes?: number },
): OnnxFiles {
  const weights = [...(options.initialisers?.values() ?? [])].reduce((bytes, data) => bytes + data.byteLength, 0)
  if (weights / bytesSaved[options.precision ?? 'fp32'] <= inlineBytes) return { model: onnxModel(options) }
  const external = new ExternalData(location)
  return { model: onnxModel({ ...options, external }), data: external.parts }
}

/** More than all else in a file takes: nodes, names, constants a vocabulary long. */
const graphBytes = 2 ** 26
const bytesSaved: Readonly<Record<WeightPrecision, number>> = { fp32: 1, fp16: 2, int8: 4 }

/** Bytes of the ONNX model that computes `outputs`. Nodes and inputs that they do not need are left out. */
export function onnxModel({
  outputs,
  initialisers = new Map(),
  inputNames = {},
  precision = 'fp32',
  ...form
}: OnnxOptions): Uint8Array {
  const { graph, nodes, used } = needed(outputs)
  const writer = new GraphWriter(used, form)
  for (const tensor of graph.inputs.filter((input) => used.has(input))) {
    const data = initialisers.get(tensor.name)
    if (data) writer.weight(tensor, data, precision)
    else {
      writer.rename(tensor, inputNames[tensor.name] ?? tensor.name)
      writer.input(tensor)
    }
  }
  writer.unreturnable()
  for (const [name, tensor] of Object.entries(outputs)) writer.output(name, tensor)
  writer.contents(graph, nodes)
  return modelBytes(writer.finish(), form)
}

export interface Needed {
  readonly graph: Graph
  readonly nodes: readonly Node[]
  /** Everything that one of the nodes reads, and the outputs. */
  readonly used: ReadonlySet<Tensor>
}

/** What computing `outputs` takes. Throws ShapeError when they are none or of several graphs. */
export function needed(outputs: Readonly<Record<string, Tensor>>): Needed {
  const wanted = Object.values(outputs)
  const graph = wanted[0]?.graph
  if (!graph || wanted.some((tensor) => tensor.graph !== graph)) throw new ShapeError('outputs of one graph are needed')
  const nodes = nodesFor(wanted)
  return { graph, nodes, used: new Set([...nodes.flatMap((node) => node.inputs), ...wanted]) }
}
