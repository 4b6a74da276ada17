/**
 * Just enough of the protobuf wire format to write ONNX and event files: varints, length-delimited fields, floats.
 * Source: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufMessage {
  readonly #parts: Uint8Array[] = []
  #bytes = 0

  get byteLength(): number {
    return this.#bytes
  }

  /** Integers of any sign; negative ones take ten bytes, as two's complement of 64 bits. */
  integer(field: number, value: number | bigint): this {
    return this.#key(field, 0).#varint(BigInt(value))
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)
    return this.#key(field, 5).#append(bytes)
  }

  double(field: number, value: number): this {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setFloat64(0, value, true)
    return this.#key(field, 1).#append(bytes)
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  /** The bytes are not copied until `finish`: they must not change before. */
  bytes(field: number, value: Uint8Array): this {
    return this.#key(field, 2).#varint(BigInt(value.byteLength)).#append(value)
  }

  message(field: number, value: ProtobufMessage): this {
    return this.#key(field, 2).#varint(BigInt(value.byteLength)).append(value)
  }

  /** The fields of another message, as if they had been written here. */
  append(other: ProtobufMessage): this {
    for (const part of other.#parts) this.#append(part)
    return this
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#bytes)
    let at = 0
    for (const part of this.#parts) {
      whole.set(part, at)
      at += part.byteLength
    }
    return whole
  }

  #key(field: number, wireType: number): this {
    return this.#varint(BigInt(field * 8 + wireType))
  }

  #varint(value: bigint): this {
    const bytes: number[] = []
    let rest = BigInt.asUintN(64, value)
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
    bytes.push(Number(rest))
    return this.#append(Uint8Array.from(bytes))
  }

  #append(part: Uint8Array): this {
    this.#parts.push(part)
    this.#bytes += part.byteLength
    return this
  }
}
