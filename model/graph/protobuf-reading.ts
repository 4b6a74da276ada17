/** Reads the protobuf wire format without a schema. Source: https://protobuf.dev/programming-guides/encoding/ */

/** A field of a message, by how it lies on the wire. */
export interface Field {
  readonly field: number
  /** Of a varint. */
  readonly number?: bigint
  /** Length-delimited. */
  readonly bytes?: Buffer
  /** Four or eight bytes. */
  readonly raw?: Buffer
}

/** The fields of a message in their order; groups, which are long out of use, end it. */
export function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; at < message.length; shift += 7n) {
      const byte = message[at++]!
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) break
    }
    return value
  }
  const take = (length: number): Buffer => {
    const part = message.subarray(at, at + length)
    at += length
    return part
  }
  while (at < message.length) {
    const key = Number(varint())
    const field = key >> 3
    const wire = key & 7
    if (wire === 0) fields.push({ field, number: varint() })
    else if (wire === 1) fields.push({ field, raw: take(8) })
    else if (wire === 5) fields.push({ field, raw: take(4) })
    else if (wire === 2) fields.push({ field, bytes: take(Number(varint())) })
    else break
  }
  return fields
}
