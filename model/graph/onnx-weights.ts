import { halfBits } from '../number-types.ts'
import { ProtobufMessage } from './protobuf.ts'

/**
 * How the matrices of a file are kept. fp16 halves the file and is computed with in f32: runtimes fold the way back when they load it.
 * int8 (a scale a row, symmetric) quarters it, and products are computed in eight bits, see `integerProduct`. Either rounds what was trained.
 */
const weightPrecisions = ['fp32', 'fp16', 'int8'] as const
export type WeightPrecision = (typeof weightPrecisions)[number]

/** ONNX TensorProto.DataType. */
export const storedType = { f16: 10, i8: 3 } as const

export function roundedToHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, halfBits)
}

export interface QuantisedRows {
  /** −127 to 127. */
  readonly values: Int8Array
  /** f32 [rows] ≥ 0: what 1 stands for in a row. */
  readonly scales: Float32Array
}

/** values: [rows, width]. Each row is divided by its greatest magnitude over 127. */
export function quantisedRows(values: Float32Array, rows: number): QuantisedRows {
  const width = values.length / rows
  const quantised = new Int8Array(values.length)
  const scales = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const from = values.subarray(row * width, (row + 1) * width)
    const greatest = from.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const scale = Math.fround(greatest / 127)
    scales[row] = scale
    if (scale > 0) for (let i = 0; i < width; i++) quantised[row * width + i] = Math.round(from[i]! / scale)
  }
  return { values: quantised, scales }
}

/** Bytes of large tensors beside the model's file, for protobuf holds no message of 2 GiB. */
export class ExternalData {
  /** Name of the file, relative to that of the model. */
  readonly location: string
  readonly parts: Uint8Array[] = []
  #bytes = 0

  constructor(location: string) {
    this.location = location
  }

  /** Keeps the bytes, and names their place in the fields of a TensorProto: external_data and data_location. */
  place(tensor: ProtobufMessage, bytes: Uint8Array): void {
    const padding = (alignment - (this.#bytes % alignment)) % alignment
    if (padding > 0) this.parts.push(new Uint8Array(padding))
    const offset = this.#bytes + padding
    this.parts.push(bytes)
    this.#bytes = offset + bytes.byteLength
    const entries = { location: this.location, offset: String(offset), length: String(bytes.byteLength) }
    for (const [key, value] of Object.entries(entries)) {
      tensor.message(13, new ProtobufMessage().text(1, key).text(2, value))
    }
    tensor.integer(14, 1)
  }
}

/** Smaller tensors stay in the model, where shapes are inferred from them. */
export const leastExternalBytes = 1024
const alignment = 64
