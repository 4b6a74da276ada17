import type { OnnxEmitter, OpDefinition, Tensor } from '../graph.ts'
import { fullPrecision, halfProduct, type Precision } from '../precision.ts'
import { dimAt, elementCount, ShapeError, sameShape, sizeAt, type TensorType } from '../tensor.ts'
import { multiply } from './elementwise.ts'
import { asColumn, elementsAt, gather, nonZero, scatterAdd } from './indexing.ts'
import { integerProduct } from './matrix.ts'
import { reshape, zerosLike } from './shape.ts'

/**
 * The vocabulary head of a sparse encoder: for each text and term the greatest logit over the text's positions,
 *   pooled[b, v] = max_s (states[b, s] · table[v] + penalty[b, s, 0]).
 * states: f32 [batch, length, width]; table: f32 [terms, width]; penalty: f32 [batch, length, 1], very negative where a
 * position is padding. Second output: the winning position, i64 [batch, terms].
 *
 * The gradient touches winners only, and after ReLU most of them get none: so it runs over the non-zero places of the
 * incoming gradient, a few thousand rows, in place of two products as large as the forward one. Where several positions
 * tie, the first wins. The penalty gets no gradient. A precision below fp32 rounds the product and with it the pooled logits; the
 * gradient, which gathers rows and multiplies no matrices, is computed in f32.
 */
const maxLogitsOp: OpDefinition<{ readonly precision: Precision }> = {
  name: 'maxLogits',
  infer: ([states, table, penalty]) => {
    const [batch, length, width] = states!.shape
    if (states!.shape.length !== 3 || dimAt(table!.shape, 1) !== width)
      throw new ShapeError('states do not fit the table')
    if (!sameShape(penalty!.shape, [batch!, length!, 1]))
      throw new ShapeError(`penalty must be [${batch}, ${length}, 1]`)
    const shape = [batch!, dimAt(table!.shape, 0)]
    return [
      { dtype: 'f32', shape },
      { dtype: 'i64', shape },
    ]
  },
  backward: ({ inputs, outputs, outputGradients }) => {
    const [states, table] = [inputs[0]!, inputs[1]!]
    const winners = outputs[1]!
    const g = outputGradients[0]!
    const [texts, terms] = nonZero(g)
    const slope = asColumn(elementsAt(g, texts, terms))
    const length = sizeAt(states.shape, 1)
    const flatStates = reshape(states, [elementCount(states.shape.slice(0, 2)), dimAt(states.shape, 2)])
    const rows = rowOf(texts, elementsAt(winners, texts, terms), length)
    const dStates = scatterAdd(zerosLike(flatStates), rows, multiply(slope, gather(table, terms)))
    const dTable = scatterAdd(zerosLike(table), terms, multiply(slope, gather(flatStates, rows)))
    return [reshape(dStates, states.shape), dTable, undefined]
  },
  onnx: (emit, { precision }, [states, table]) => {
    if (!isStatic(states!)) {
      emit.node('ReduceMax', [broadcastLogits(emit), emit.i64([1])], [emit.outputs[0]!], { keepdims: 0 })
      return
    }
    const [batch, length] = [sizeAt(states!.shape, 0), sizeAt(states!.shape, 1)]
    const logits = { flat: flatLogits(emit, states!, precision), batch, length, terms: sizeAt(table!.shape, 0) }
    if (emit.device === 'gpu') pooledWinners(emit, logits)
    else reducedWinners(emit, logits)
  },
  torch: ({ inputs: [states, table, penalty] }) =>
    `torch.amax(torch.add(torch.matmul(${states}, torch.t(${table})), ${penalty}), [1])`,
  tfjs: ({ tf, inputs: [states, table, penalty], settings: { precision }, product, isUsed }) => {
    const [batch = 0, length = 0, width = 0] = states!.shape
    const rows = tf.reshape(states!, [batch * length, width])
    const flat = product(rows, table!, { transposeB: true, precision })
    const logits = tf.add(tf.reshape(flat, [batch, length, table!.shape[0]!]), penalty!)
    return [tf.max(logits, 1), ...(isUsed(1) ? [tf.argMax(logits, 1)] : [])]
  },
}

function isStatic(type: TensorType): boolean {
  return type.shape.every((dim) => typeof dim === 'number')
}

/** One Gemm whose bias is the penalty column: no extra pass over [batch · length, terms]. */
function flatLogits(emit: OnnxEmitter, { shape }: TensorType, precision: Precision): string {
  const [states, table, penalty] = emit.inputs
  const [rows, column, flat] = [emit.between(), emit.between(), emit.between()]
  emit.node('Reshape', [states!, emit.i64([-1, sizeAt(shape, 2)])], [rows])
  emit.node('Reshape', [penalty!, emit.i64([-1, 1])], [column])
  const sides = [rows, table!, precision === 'fp16' ? withinHalf(emit, column) : column]
  halfProduct(emit, precision, sides, flat, (rounded, product) => emit.node('Gemm', rounded, [product], { transB: 1 }))
  return flat
}

interface FlatLogits {
  /** [batch · length, terms]. */
  readonly flat: string
  readonly batch: number
  readonly length: number
  readonly terms: number
}

function reducedWinners(emit: OnnxEmitter, { flat, batch, length, terms }: FlatLogits): void {
  const logits = emit.between()
  emit.node('Reshape', [flat, emit.i64([batch, length, terms])], [logits])
  emit.node('ReduceMax', [logits, emit.i64([1])], [emit.outputs[0]!], { keepdims: 0 })
  if (emit.isUsed(1)) emit.node('ArgMax', [logits], [emit.outputs[1]!], { axis: 1, keepdims: 0 })
}

/**
 * Maximum and its place in one pass: pooling with a window as high as the text over [batch, 1, length, terms]. cuDNN's
 * reductions over an inner axis, which ReduceMax and ArgMax call, take forty times as long (16 ms for 1 GB on an H100);
 * on a CPU they are a quarter faster than pooling.
 */
function pooledWinners(emit: OnnxEmitter, { flat, batch, length, terms }: FlatLogits): void {
  const [image, pooled, places, rows] = [emit.between(), emit.between(), emit.between(), emit.between()]
  emit.node('Reshape', [flat, emit.i64([batch, 1, length, terms])], [image])
  emit.node('MaxPool', [image], emit.isUsed(1) ? [pooled, places] : [pooled], { kernel_shape: [length, 1] })
  emit.node('Reshape', [pooled, emit.i64([batch, terms])], [emit.outputs[0]!])
  if (!emit.isUsed(1)) return
  // A place counts through the whole image: row · terms + term.
  const [flatRows, firstRows, firsts] = [emit.between(), emit.i64(starts(batch, length)), emit.between()]
  emit.node('Div', [places, emit.i64([terms])], [rows])
  emit.node('Reshape', [rows, emit.i64([batch, terms])], [flatRows])
  emit.node('Reshape', [firstRows, emit.i64([batch, 1])], [firsts])
  emit.node('Sub', [flatRows, firsts], [emit.outputs[1]!])
}

/** First row of each text. */
function starts(batch: number, length: number): readonly number[] {
  return Array.from({ length: batch }, (_, text) => text * length)
}

/** fp16 ends at 65504: the penalty of padding would become −∞, and −∞ times the weight 0 of an absent text not a number. */
function withinHalf(emit: OnnxEmitter, penalty: string): string {
  const kept = emit.between()
  emit.node('Max', [penalty, emit.f32(-60_000)], [kept])
  return kept
}

function broadcastLogits(emit: OnnxEmitter): string {
  const [states, , penalty] = emit.inputs
  const logits = emit.between()
  const weights = emit.inEightBits(1)
  emit.node('Add', [weights ? integerProduct(emit, states!, weights) : plainProduct(emit), penalty!], [logits])
  return logits
}

function plainProduct(emit: OnnxEmitter): string {
  const [states, table] = emit.inputs
  const [columns, product] = [emit.between(), emit.between()]
  emit.node('Transpose', [table!], [columns], { perm: [1, 0] })
  emit.node('MatMul', [states!, columns], [product])
  return product
}

export function maxLogits(states: Tensor, table: Tensor, penalty: Tensor, { precision = fullPrecision } = {}): Tensor {
  return states.graph.apply(maxLogitsOp, [states, table, penalty], { precision })[0]!
}

/** text · length + position as i64: the row of a position in flattened states. */
function rowOf(texts: Tensor, positions: Tensor, length: number): Tensor {
  return texts.graph.apply(rowOfOp, [texts, positions], { length })[0]!
}

const rowOfOp: OpDefinition<{ readonly length: number }> = {
  name: 'rowOf',
  infer: ([texts, positions]) => {
    if (texts!.dtype !== 'i64' || positions!.dtype !== 'i64' || !sameShape(texts!.shape, positions!.shape)) {
      throw new ShapeError('texts and positions must be i64 of one shape')
    }
    return [texts!]
  },
  onnx: (emit, { length }) => {
    const start = emit.between()
    emit.node('Mul', [emit.inputs[0]!, emit.i64([length])], [start])
    emit.node('Add', [start, emit.inputs[1]!], emit.outputs)
  },
  tfjs: ({ tf, inputs: [texts, positions], settings: { length } }) => [
    tf.add(tf.mul(texts!, tf.scalar(length, 'int32')), positions!),
  ],
}
