import type { OnnxEmitter, OpDefinition, Tensor } from '../graph.ts'
import { fullPrecision, halfProduct, type Precision } from '../precision.ts'
import { dimAt, elementCount, ShapeError, sameShape, sizeAt, type TensorType } from '../tensor.ts'
import { multiply } from './elementwise.ts'
import { asColumn, elementsAt, gather, nonZero, scatterAdd } from './indexing.ts'
import { reshape, zerosLike } from './shape.ts'

/**
 * The vocabulary head of a sparse encoder: for each text and term the greatest logit over the text's positions,
 *   pooled[b, v] = max_s (states[b, s] · table[v] + penalty[b, s, 0]).
 * states: f32 [batch, length, width]; table: f32 [terms, width]; penalty: f32 [batch, length, 1], very negative where a
 * position is padding. Second output: where the winner stands among the flat logits, row · terms + term with the row of
 * states as [batch · length, width]; i64 [batch, terms].
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
    const places = outputs[1]!
    const g = outputGradients[0]!
    const [texts, terms] = nonZero(g)
    const slope = asColumn(elementsAt(g, texts, terms))
    const flatStates = reshape(states, [elementCount(states.shape.slice(0, 2)), dimAt(states.shape, 2)])
    const rows = rowOf(elementsAt(places, texts, terms), sizeAt(table.shape, 0))
    const dStates = scatterAdd(zerosLike(flatStates), rows, multiply(slope, gather(table, terms)))
    const dTable = scatterAdd(zerosLike(table), terms, multiply(slope, gather(flatStates, rows)))
    return [reshape(dStates, states.shape), dTable, undefined]
  },
  onnx: (emit, { precision }, [states, table]) => {
    const [, , penalty] = emit.inputs
    if (!isStatic(states!)) {
      emit.node('ReduceMax', [broadcastLogits(emit, penalty!), emit.i64([1])], [emit.outputs[0]!], { keepdims: 0 })
      return
    }
    const [rows, column] = [emit.between(), emit.between()]
    emit.node('Reshape', [emit.inputs[0]!, emit.i64([-1, sizeAt(states!.shape, 2)])], [rows])
    emit.node('Reshape', [penalty!, emit.i64([-1, 1])], [column])
    const flat = emit.between()
    flatLogits(emit, rows, column, flat, precision)
    winners(emit, flat, states!, sizeAt(table!.shape, 0))
  },
}

function isStatic(type: TensorType): boolean {
  return type.shape.every((dim) => typeof dim === 'number')
}

/** One Gemm whose bias is the penalty column: no extra pass over [batch · length, terms]. */
function flatLogits(emit: OnnxEmitter, rows: string, column: string, flat: string, precision: Precision): void {
  const table = emit.inputs[1]!
  const sides = [rows, table, precision === 'fp16' ? withinHalf(emit, column) : column]
  halfProduct(emit, precision, sides, flat, (rounded, product) =>
    emit.node('Gemm', rounded, [product], { transB: 1 }),
  )
}

/** Maximum and its place in one pass: pooling over a window as high as the text, on [batch, 1, length, terms]. */
function winners(emit: OnnxEmitter, flat: string, { shape }: TensorType, terms: number): void {
  const [batch, length] = [sizeAt(shape, 0), sizeAt(shape, 1)]
  const [pooled, places, image] = [emit.between(), emit.between(), emit.between()]
  emit.node('Reshape', [flat, emit.i64([batch, 1, length, terms])], [image])
  const outputs = emit.isUsed(1) ? [pooled, places] : [pooled]
  emit.node('MaxPool', [image], outputs, { kernel_shape: [length, 1] })
  emit.node('Reshape', [pooled, emit.i64([batch, terms])], [emit.outputs[0]!])
  if (emit.isUsed(1)) emit.node('Reshape', [places, emit.i64([batch, terms])], [emit.outputs[1]!])
}

/** fp16 ends at 65504: the penalty of padding would become −∞, and −∞ times the weight 0 of an absent text not a number. */
function withinHalf(emit: OnnxEmitter, penalty: string): string {
  const kept = emit.between()
  emit.node('Max', [penalty, emit.f32(-60_000)], [kept])
  return kept
}

function broadcastLogits(emit: OnnxEmitter, penalty: string): string {
  const [states, table] = emit.inputs
  const [columns, product, logits] = [emit.between(), emit.between(), emit.between()]
  emit.node('Transpose', [table!], [columns], { perm: [1, 0] })
  emit.node('MatMul', [states!, columns], [product])
  emit.node('Add', [product, penalty], [logits])
  return logits
}

export function maxLogits(
  states: Tensor,
  table: Tensor,
  penalty: Tensor,
  { precision = fullPrecision } = {},
): Tensor {
  return states.graph.apply(maxLogitsOp, [states, table, penalty], { precision })[0]!
}

/** Row of the flat states in which the winner at a place stands: place ÷ terms, i64. */
function rowOf(places: Tensor, terms: number): Tensor {
  return places.graph.apply(rowOfOp, [places], { terms })[0]!
}

const rowOfOp: OpDefinition<{ readonly terms: number }> = {
  name: 'rowOf',
  infer: ([places]) => {
    if (places!.dtype !== 'i64') throw new ShapeError('places must be i64')
    return [places!]
  },
  onnx: (emit, { terms }) => emit.node('Div', [emit.inputs[0]!, emit.i64([terms])], emit.outputs),
}
