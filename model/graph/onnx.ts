import { type Graph, type Node, nodesFor, type Tensor } from './graph.ts'
import { GraphWriter, modelBytes, type OnnxForm } from './onnx-writer.ts'
import { ShapeError, type TensorData } from './tensor.ts'

/** The ONNX target: a ModelProto, opset 18, IR version 9. */

export interface OnnxOptions extends OnnxForm {
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Values for some inputs, which then become initialisers of the file: the weights of an exported encoder. */
  readonly initialisers?: ReadonlyMap<string, TensorData>
}

/** Bytes of the ONNX model that computes `outputs`. Nodes and inputs that they do not need are left out. */
export function onnxModel({ outputs, initialisers = new Map(), ...form }: OnnxOptions): Uint8Array {
  const { graph, nodes, used } = needed(outputs)
  const writer = new GraphWriter(used, form)
  for (const tensor of graph.inputs.filter((input) => used.has(input))) {
    const data = initialisers.get(tensor.name)
    if (data) writer.initialiser(tensor, data)
    else writer.input(tensor)
  }
  for (const [name, tensor] of Object.entries(outputs)) writer.output(name, tensor)
  writer.contents(graph, nodes)
  return modelBytes(writer.finish())
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
