import { pullback } from './gradient.ts'
import { Graph, nodesFor, type OnnxEmitter, type OpDefinition, type Tensor } from './graph.ts'
import { add, concat, split } from './ops.ts'
import { elementCount, type Shape, ShapeError, sizeAt, type TensorType } from './tensor.ts'

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
  const results = first.graph.apply(eachChunk, [...filled, ...shared], {
    rows: filled.length,
    rounds,
    parts: (rows, shared) => ({ stacked: compute(rows, shared), summed: [] }),
    compute,
  })
  const surplus = rounds * size - wanted
  return surplus === 0 ? results : results.map((result) => split(result, 0, [wanted, surplus])[0]!)
}

/** Zeros below the rows up to so many. */
function filledUp(rows: Tensor, wanted: number): Tensor {
  if (rows.dtype !== 'i64') throw new ShapeError(`rows are i64, for nothing flows back into them; not ${rows.dtype}`)
  const missing = [wanted - sizeAt(rows.shape, 0), ...rows.shape.slice(1)]
  if (missing[0] === 0) return rows
  const zeros = rows.graph.constant(new Float32Array(elementCount(missing)), missing, 'i64')
  return concat([rows, zeros], 0)
}

interface Parts {
  /** Put one below the other, chunk by chunk. */
  readonly stacked: readonly Tensor[]
  /** Added up over the chunks, f32. */
  readonly summed: readonly Tensor[]
}

interface Settings {
  /** So many of the inputs, the first ones, are parted into chunks; the others every chunk reads as they are. */
  readonly rows: number
  readonly rounds: number
  /** What one chunk computes, in the graph of what it is given. */
  readonly parts: (rows: readonly Tensor[], shared: readonly Tensor[]) => Parts
  /** Absent: nothing flows back. */
  readonly compute?: Compute
}

/** One chunk in a graph of its own, by which the loop's body is written. */
function bodyOf(inputs: readonly TensorType[], { rows: count, rounds, parts }: Settings) {
  const graph = new Graph()
  const chunkOf = (shape: Shape) => [sizeAt(shape, 0) / rounds, ...shape.slice(1)]
  const rows = inputs.slice(0, count).map(({ dtype, shape }, i) => graph.input(`rows_${i}`, dtype, chunkOf(shape)))
  const shared = inputs.slice(count).map(({ dtype, shape }, i) => graph.input(`shared_${i}`, dtype, shape))
  return { graph, rows, shared, ...parts(rows, shared) }
}

/** Inputs: rows, then what is shared. Outputs: what is stacked, then what is summed. */
const eachChunk: OpDefinition<Settings> = {
  name: 'eachChunk',
  infer: (inputs, settings) => {
    const { stacked, summed } = bodyOf(inputs, settings)
    const whole = ({ dtype, shape }: TensorType) => ({
      dtype,
      shape: [settings.rounds * sizeAt(shape, 0), ...shape.slice(1)],
    })
    return [...stacked.map(whole), ...summed.map(({ dtype, shape }) => ({ dtype, shape }))]
  },
  backward: ({ inputs, outputGradients, settings: { rows: count, rounds, compute } }) => {
    if (!compute) throw new ShapeError('the gradient of chunks has no gradient')
    const [rows, shared] = [inputs.slice(0, count), inputs.slice(count)]
    const known = outputGradients.flatMap((gradient, output) => (gradient ? [{ gradient, output }] : []))
    const parts: Settings['parts'] = (rows, shared) => {
      const results = compute(rows.slice(0, count), shared)
      const towards = known.map(({ output }, i) => [results[output]!, rows[count + i]!] as const)
      return { stacked: [], summed: pullback(towards, shared) }
    }
    const given = [...rows, ...known.map(({ gradient }) => gradient), ...shared]
    const slopes = rows[0]!.graph.apply(eachChunk, given, { rows: count + known.length, rounds, parts })
    return [...rows.map(() => undefined), ...slopes]
  },
  onnx: (emit, settings, inputs) => loopNode(emit, settings, inputs),
  decompose: oneAfterAnother,
}

/** The chunks written out: an engine that frees what nobody reads any more needs no loop. */
function oneAfterAnother(inputs: readonly Tensor[], { rows: count, rounds, parts }: Settings): readonly Tensor[] {
  const shared = inputs.slice(count)
  const parted = inputs.slice(0, count).map((tensor) => {
    return split(tensor, 0, Array<number>(rounds).fill(sizeAt(tensor.shape, 0) / rounds))
  })
  const [first, ...others] = Array.from({ length: rounds }, (_, round) =>
    parts(
      parted.map((chunks) => chunks[round]!),
      shared,
    ),
  )
  const chunksOf = (result: number) => [first!, ...others].map(({ stacked }) => stacked[result]!)
  return [
    ...first!.stacked.map((_, result) => concat(chunksOf(result), 0)),
    ...first!.summed.map((sum, result) => others.reduce((sofar, { summed }) => add(sofar, summed[result]!), sum)),
  ]
}

function loopNode(emit: OnnxEmitter, settings: Settings, inputs: readonly TensorType[]): void {
  const { graph, rows, shared, stacked, summed } = bodyOf(inputs, settings)
  const { rounds } = settings
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
  body.contents(graph, nodes)
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
