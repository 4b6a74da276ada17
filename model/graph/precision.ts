import type { OnnxEmitter } from './graph.ts'

/**
 * Mixed precision: every value of the graph is f32, and a matrix product may round both its sides first and give a rounded
 * result, which goes back to f32 at once. Weights, moments, norms, softmax and losses therefore stay f32 by construction.
 *   bf16  8 bits of mantissa, the range of f32: needs nothing else.
 *   fp16  11 bits of mantissa, ±65504: small gradients vanish without a loss scale (loss-scale.ts).
 */
export type Precision = 'fp32' | 'bf16' | 'fp16'

export const precisions = ['fp32', 'bf16', 'fp16'] as const satisfies readonly Precision[]

/** The default of every op. Typed wide, so that a default parameter takes the other two as well. */
export const fullPrecision: Precision = 'fp32'

/** ONNX TensorProto.DataType. */
const elementType = { bf16: 16, fp16: 10 } as const
const f32Element = 1

/** Writes `product` between casts: its inputs rounded to `precision`, its result back in f32 under the name `result`. */
export function halfProduct(
  emit: OnnxEmitter,
  precision: Precision,
  inputs: readonly string[],
  result: string,
  product: (inputs: readonly string[], result: string) => void,
): void {
  if (precision === 'fp32') {
    product(inputs, result)
    return
  }
  const rounded = emit.between()
  product(
    inputs.map((name) => toPrecision(emit, name, precision)),
    rounded,
  )
  emit.node('Cast', [rounded], [result], { to: f32Element })
}

/** The value rounded. Casts of one value come many times; the runtime keeps one of them. */
function toPrecision(emit: OnnxEmitter, name: string, precision: 'bf16' | 'fp16'): string {
  const rounded = emit.between()
  emit.node('Cast', [name], [rounded], { to: elementType[precision] })
  return rounded
}
