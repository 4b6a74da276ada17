import { pullback } from './gradient.ts'
import { Graph, nodesFor, type OnnxEmitter, type OpDefinition, type Tensor } from './graph.ts'
import { concat, split } from './ops.ts'
import { elementCount, ShapeError, sizeAt, type TensorType } from './tensor.ts'

/**
 * Computes rows so many at a time, one chunk after another, in a loop of the runtime. What is computed inside a chunk is given up
 * when it is done, and the backward pass computes it anew: memory is that of one chunk, and the loss sees all rows. Source: GradCache,
 * Gao et al. 2021, arXiv:2101.06983; the recomputation is that of Chen et al. 2016, arXiv:1604.06174.
 */
export interface InChunks {
  /** i64 [n, …] each: nothing flows back into them. Rows that fill up the last chunk are zeros. */
  readonly rows: readonly Tensor[]
  /** f32: what every chunk reads, parameters. */
  readonly shared: readonly Tensor[]
  /** Rows at a time, at most. */
  readonly chunk: number
  /** f32 [chunk, …] each. A row of the result may depend on its own row of the input alone. Called again for the backward pass. */
  readonly compute: Compute
}

type Compute = (rows: readonly Tensor[], shared: readonly Tensor[]) => readonly Tensor[]

/** The results of `compute` for all rows: f32 [n, …] each. */
export function inChunks({ rows, shared, chunk, compute }: InChunks): readonly Tensor[] {
  const [first] = rows
  if (!first || chunk < 1) throw new ShapeError('chunks of at least one row are needed')
  const wanted = sizeAt(first.shape, 0)
  const rounds = Math.ceil(wanted / chunk)
  const size = Math.ceil(wanted / rounds)
  const filled = rows.map((tensor) => filledUp(tensor, rounds * size))
  const body = bodyOf(filled, shared, size)
  const outputs = compute(body.rows, body.shared)
  const settings = { ...body, rounds, stacked: outputs, summed: [], compute }
  const results = first.graph.apply(eachChunk, [...filled, ...shared], settings)
  return results.map((result) =>
    wanted < rounds * size ? split(result, 0, [wanted, rounds * size - wanted])[0]! : result,
  )
}

/** Zeros below the rows up to so many. */
function filledUp(rows: Tensor, wanted: number): Tensor {
  if (rows.dtype !== 'i64') throw new ShapeError(`rows are i64, for nothing flows back into them; not ${rows.dtype}`)
  const missing = [wanted - sizeAt(rows.shape, 0), ...rows.shape.slice(1)]
  if (missing[0] === 0) return rows
  const zeros = rows.graph.constant(new Float32Array(elementCount(missing)), missing, 'i64')
  return concat([rows, zeros], 0)
}

/** What a chunk reads, as inputs of a graph of its own. */
interface Body {
  readonly rows: readonly Tensor[]
  readonly shared: readonly Tensor[]
}

function bodyOf(rows: readonly Tensor[], shared: readonly Tensor[], size: number): Body {
  const graph = new Graph()
  return {
    rows: rows.map(({ dtype, shape }, i) => graph.input(`rows_${i}`, dtype, [size, ...shape.slice(1)])),
    shared: shared.map(({ dtype, shape }, i) => graph.input(`shared_${i}`, dtype, shape)),
  }
}

interface Settings extends Body {
  readonly rounds: number
  /** Results of the body whose rows are put one below the other. */
  readonly stacked: readonly Tensor[]
  /** Results of the body that are added up over the chunks, f32. */
  readonly summed: readonly Tensor[]
  readonly compute: Compute
}

/** Inputs: rows, then what is shared. Outputs: what is stacked, then what is summed. */
const eachChunk: OpDefinition<Settings> = {
  name: 'eachChunk',
  infer: (_, { rounds, stacked, summed }) => [
    ...stacked.map(
      ({ dtype, shape }): TensorType => ({ dtype, shape: [rounds * sizeAt(shape, 0), ...shape.slice(1)] }),
    ),
    ...summed.map(({ dtype, shape }): TensorType => ({ dtype, shape })),
  ],
  backward: ({ inputs, outputGradients, settings }) => {
    const { rounds, rows, compute, summed } = settings
    if (summed.length > 0) throw new ShapeError('chunks that sum have no gradient')
    const [own, shared] = [inputs.slice(0, rows.length), inputs.slice(rows.length)]
    const known = outputGradients.flatMap((gradient, output) => (gradient ? [{ gradient, output }] : []))
    const size = sizeAt(rows[0]!.shape, 0)
    const body = bodyOf([...own, ...known.map(({ gradient }) => gradient)], shared, size)
    const results = compute(body.rows.slice(0, own.length), body.shared)
    const pairs = known.map(({ output }, i) => [results[output]!, body.rows[own.length + i]!] as const)
    const sums = pullback(pairs, body.shared)
    const gradients = inputs[0]!.graph.apply(eachChunk, [...own, ...known.map(({ gradient }) => gradient), ...shared], {
      ...body,
      rounds,
      stacked: [],
      summed: sums,
      compute,
    })
    return [...own.map(() => undefined), ...gradients]
  },
  onnx: (emit, settings) => loopNode(emit, settings),
}

function loopNode(emit: OnnxEmitter, { rows, shared, rounds, stacked, summed }: Settings): void {
  const results = [...stacked, ...summed]
  const nodes = nodesFor(results)
  const body = emit.subgraph(new Set([...nodes.flatMap(({ inputs }) => inputs), ...results]))
  const inside = (name: string) => `${emit.outputs[0]!}:${name}`
  body.extraInput(inside('number'), 'i64', [])
  body.extraInput(inside('goes_on'), 'bool', [])
  for (const [i, row] of rows.entries()) {
    const parted = emit.between()
    emit.node('Reshape', [emit.inputs[i]!, emit.i64([rounds, ...row.shape.map(Number)])], [parted])
    body.rename(row, inside(`rows_${i}`))
    body.extraNode('Gather', [parted, inside('number')], [inside(`rows_${i}`)], { axis: 0 })
  }
  for (const [i, tensor] of shared.entries()) body.rename(tensor, emit.inputs[rows.length + i]!)
  body.extraOutput(inside('still_goes_on'), 'bool', [])
  body.extraNode('Identity', [inside('goes_on')], [inside('still_goes_on')])
  const starts = summed.map(({ shape }, i) => {
    body.extraInput(inside(`sum_${i}`), 'f32', shape)
    body.extraOutput(inside(`next_sum_${i}`), 'f32', shape)
    const start = emit.between()
    emit.node('Expand', [emit.f32(0), emit.i64(shape.map(Number))], [start])
    return start
  })
  for (const [i, tensor] of stacked.entries()) body.output(inside(`rows_of_result_${i}`), tensor)
  body.contents(results[0]!.graph, nodes)
  for (const [i, tensor] of summed.entries()) {
    body.extraNode('Add', [inside(`sum_${i}`), body.nameOf(tensor)], [inside(`next_sum_${i}`)])
  }
  const chunks = stacked.map(() => emit.between())
  emit.node('Loop', [emit.i64(rounds), '', ...starts], [...emit.outputs.slice(stacked.length), ...chunks], {
    body: body.finish(),
  })
  for (const [i, tensor] of stacked.entries()) {
    const shape = [rounds * sizeAt(tensor.shape, 0), ...tensor.shape.slice(1).map(Number)]
    emit.node('Reshape', [chunks[i]!, emit.i64(shape)], [emit.outputs[i]!])
  }
}
