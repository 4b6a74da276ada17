import type { Tensor } from './graph.ts'
import { needed } from './onnx.ts'
import { GraphWriter, modelBytes, type OnnxForm } from './onnx-writer.ts'
import { ShapeError, sameShape } from './tensor.ts'

/**
 * Several runs of one graph as one run: the graph becomes the body of an ONNX `Loop`. On a GPU, state that goes round the loop stays
 * in the device's memory, and crosses the bus once for all of them.
 */
export interface LoopOptions extends OnnxForm {
  readonly outputs: Readonly<Record<string, Tensor>>
  /** State: name of the input → name of the output that is its next value. Both have one type. */
  readonly carried: ReadonlyMap<string, string>
}

/** Name of the number of rounds, a dimension of every input and output that is not carried. */
const rounds = 'rounds'

/**
 * Bytes of the ONNX model. Its inputs are those of the graph: what is carried as it was, all others with an axis `rounds`
 * in front. Its outputs likewise: of what is carried the last value, of all others one value a round.
 * How many rounds is decided at run time by the size of that axis. Throws ShapeError when a next value has another type.
 */
export function onnxLoop({ outputs, carried, ...form }: LoopOptions): Uint8Array {
  const { graph, nodes, used } = needed(outputs)
  const body = new GraphWriter(used, form)
  const whole = new GraphWriter(used, form)
  whole.unreturnable()
  // Names inside a loop may not hide those around it: inside, inputs and outputs have a prefix.
  const inside = (name: string) => `round:${name}`
  body.extraInput(inside('number'), 'i64', [])
  body.extraInput(inside('goes_on'), 'bool', [])
  const inputs = graph.inputs.filter((input) => used.has(input))
  for (const input of inputs) body.rename(input, inside(input.name))
  const state = stateOf(inputs, outputs, carried)
  for (const { input } of state) {
    body.input(input)
    whole.input(input)
  }
  const stacked = inputs.filter((input) => !carried.has(input.name))
  const [first] = stacked
  if (!first) throw new ShapeError('a loop needs an input with a value for each round')
  for (const { name, dtype, shape } of stacked) {
    whole.extraInput(name, dtype, [rounds, ...shape])
    body.extraNode('Gather', [name, inside('number')], [inside(name)], { axis: 0 })
  }
  body.extraOutput(inside('still_goes_on'), 'bool', [])
  body.extraNode('Identity', [inside('goes_on')], [inside('still_goes_on')])
  const figures = Object.entries(outputs).filter(([name]) => !state.some(({ next }) => next === name))
  for (const { next } of state) {
    body.output(inside(next), outputs[next]!)
    whole.extraOutput(next, outputs[next]!.dtype, outputs[next]!.shape)
  }
  for (const [name, tensor] of figures) {
    body.output(inside(name), tensor)
    whole.extraOutput(name, tensor.dtype, [rounds, ...tensor.shape])
  }
  body.contents(graph, nodes)
  whole.extraNode('Shape', [first.name], ['count'], { start: 0, end: 1 })
  whole.extraNode(
    'Loop',
    ['count', '', ...state.map(({ input }) => input.name)],
    [...state.map(({ next }) => next), ...figures.map(([name]) => name)],
    { body: body.finish() },
  )
  return modelBytes(whole.finish())
}

function stateOf(
  inputs: readonly Tensor[],
  outputs: Readonly<Record<string, Tensor>>,
  carried: ReadonlyMap<string, string>,
): readonly { readonly input: Tensor; readonly next: string }[] {
  return inputs.flatMap((input) => {
    const next = carried.get(input.name)
    if (next === undefined) return []
    const tensor = outputs[next]
    if (tensor?.dtype !== input.dtype || !sameShape(tensor.shape, input.shape)) {
      throw new ShapeError(`${next}, the next value of ${input.name}, has another type or is no output`)
    }
    return [{ input, next }]
  })
}
