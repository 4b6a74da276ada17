import { FatalError } from '../../runtime/errors.ts'

/**
 * Types of the static tensor graph. A dimension is a number, or a name ("batch") whose size is known only when the graph
 * runs; two dimensions are the same when they are the same number or the same name.
 */

export type DType = 'f32' | 'i64' | 'bool'
export type Dim = number | string
export type Shape = readonly Dim[]

export interface TensorType {
  readonly dtype: DType
  readonly shape: Shape
}

/** Memory of one tensor: f32 as Float32Array, i64 as BigInt64Array, bool as bytes 0 or 1; row-major. */
export type TensorData = Float32Array | BigInt64Array | Uint8Array

/** A graph was put together wrongly. Always a programming mistake, found when the graph is built and never while it runs. */
export class ShapeError extends FatalError {
  constructor(message: string) {
    super('SHAPE_MISMATCH', message, { hint: 'this is a fault in the model code or its settings, not in the data' })
  }
}

export function formatType({ dtype, shape }: TensorType): string {
  return `${dtype}[${shape.join(', ')}]`
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i])
}

/** Position of `axis` in a shape of that rank; negative counts from the end. Throws ShapeError when outside. */
export function axisIndex(axis: number, rank: number): number {
  const index = axis < 0 ? axis + rank : axis
  if (!Number.isInteger(index) || index < 0 || index >= rank) throw new ShapeError(`axis ${axis} in rank ${rank}`)
  return index
}

/** Dimension `axis` (negative counts from the end) of a shape. Throws ShapeError when there is none. */
export function dimAt(shape: Shape, axis: number): Dim {
  return shape[axisIndex(axis, shape.length)]!
}

/** As `dimAt`, for a place where the size must be known when the graph is built. */
export function sizeAt(shape: Shape, axis: number): number {
  const dim = dimAt(shape, axis)
  if (typeof dim !== 'number') throw new ShapeError(`dimension ${axis} of [${shape.join(', ')}] must be a number`)
  return dim
}

/** Number of elements of a static shape; 1 for a scalar. Throws ShapeError for named dimensions. */
export function elementCount(shape: Shape): number {
  return shape.reduce<number>((product, _, axis) => product * sizeAt(shape, axis), 1)
}

/** Same number of elements whatever the named dimensions turn out to be? */
export function sameElementCount(a: Shape, b: Shape): boolean {
  const factors = (shape: Shape) => {
    const names = shape.filter((dim) => typeof dim === 'string').sort()
    const numbers = shape.reduce<number>((product, dim) => product * (typeof dim === 'number' ? dim : 1), 1)
    return [numbers, ...names].join('*')
  }
  return factors(a) === factors(b)
}

/** NumPy broadcasting. A named dimension meets only itself or 1. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[a.length - rank + i] ?? 1
    const y = b[b.length - rank + i] ?? 1
    if (x === y || y === 1) return x
    if (x === 1) return y
    throw new ShapeError(`cannot broadcast [${a.join(', ')}] with [${b.join(', ')}]`)
  })
}
