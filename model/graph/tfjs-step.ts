import type * as tfjs from '@tensorflow/tfjs-core'
import type { Precision } from './precision.ts'
import type { DType, TensorType } from './tensor.ts'

/**
 * What an op may use when it computes on TensorFlow.js: forward kernels, called one after another on tensors whose sizes are
 * all known. The library is a type here: which copy of it runs is decided when one is loaded (tfjs-runtime.ts).
 */
export type Tfjs = typeof tfjs
export type TfjsTensor = tfjs.Tensor

/** i64 lies in int32: what is indexed here has less than 2³¹ places. */
export const tfjsDataType = { f32: 'float32', i64: 'int32', bool: 'bool' } as const satisfies Record<
  DType,
  tfjs.DataType
>

export interface Sides {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
  /** Both sides are rounded to it, and the result comes back as f32. */
  readonly precision: Precision
}

/** One node. What it makes on the way is freed when it is done; an output must not be an input, but may be a clone of one. */
export interface TfjsStep<Settings> {
  readonly tf: Tfjs
  readonly inputs: readonly TfjsTensor[]
  /** Of the inputs, as the graph knows them: named dimensions included. */
  readonly types: readonly TensorType[]
  readonly settings: Settings
  /** Does anything read this output? One that nothing reads may be left out at the end. */
  isUsed(output: number): boolean
  /** a b over the last two axes, either side transposed first. */
  product(a: TfjsTensor, b: TfjsTensor, sides: Sides): TfjsTensor
  /** Row and column of each element of a matrix that is not zero, in row-major order: int32 [found] both. */
  nonZero(x: TfjsTensor): readonly [TfjsTensor, TfjsTensor]
}
