import { open } from 'node:fs/promises'
import { z } from 'zod'
import { FatalError } from '../runtime/errors.ts'
import { floatTypes, isFloatType, toF32 } from './number-types.ts'

/**
 * Reading and writing safetensors: 8 bytes of header length (little-endian), a JSON header, the tensors' bytes one after the
 * other. Source: https://github.com/huggingface/safetensors#format
 */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** The reference implementation refuses longer headers. */
const maxHeaderBytes = 100_000_000
const alignment = 8

/** The file as pieces in order. Tensors keep the order of the map; data is not copied. */
export function* safetensorsParts(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Iterable<Uint8Array> {
  const header: Record<string, unknown> = {}
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata
  let offset = 0
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  // Blanks at its end bring the tensors to an address that a reader can map.
  const padded = new Uint8Array(Math.ceil(json.length / alignment) * alignment).fill(0x20)
  padded.set(json)
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true)
  yield length
  yield padded
  for (const { data } of tensors.values()) yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/**
 * The tensors of a file, or those of which `wanted` says so, as f32 (from F32, F16, BF16 or F64). Throws FatalError
 * WEIGHTS_INVALID, with the byte offset, when a tensor holds no floating-point numbers, or the file is none or cut short.
 */
export async function readSafetensors(
  file: string,
  wanted: (name: string) => boolean = () => true,
): Promise<Map<string, StoredTensor>> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const invalid = (message: string, byteOffset: number) =>
      new FatalError('WEIGHTS_INVALID', message, {
        at: { file, byteOffset },
        hint: 'the file is damaged: use another checkpoint',
      })
    const read = async (start: number, length: number) => {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, start)
      if (bytesRead < length) throw invalid(`the file ends after ${start + bytesRead} bytes`, start + bytesRead)
      return bytes
    }
    const headerBytes = Number(new DataView((await read(0, 8)).buffer).getBigUint64(0, true))
    if (headerBytes > Math.min(size - 8, maxHeaderBytes)) throw invalid(`a header of ${headerBytes} bytes`, 0)
    const entries = headerEntries(await read(8, headerBytes))
    if (!entries) throw invalid('the header is not one of safetensors', 8)
    const tensors = new Map<string, StoredTensor>()
    for (const { name, dtype, shape, start, end } of entries) {
      const place = 8 + headerBytes + start
      if (!wanted(name)) continue
      if (!isFloatType(dtype)) throw invalid(`${name} is ${dtype}, no type of floating-point numbers`, place)
      const values = shape.reduce((a, b) => a * b, 1)
      if (end - start !== floatTypes[dtype] * values) throw invalid(`${name} does not fit its shape`, place)
      tensors.set(name, { shape, data: toF32(await read(place, end - start), dtype) })
    }
    return tensors
  } finally {
    await handle.close()
  }
}

const position = z.int().min(0)
const tensorEntry = z.looseObject({
  dtype: z.string(),
  shape: z.array(position),
  data_offsets: z.tuple([position, position]),
})
const headerShape = z.record(z.string(), z.union([tensorEntry, z.record(z.string(), z.string())]))

interface HeaderEntry {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly start: number
  readonly end: number
}

function headerEntries(bytes: Uint8Array): readonly HeaderEntry[] | undefined {
  const parsed = headerShape.safeParse(jsonOrUndefined(bytes))
  if (!parsed.success) return undefined
  return Object.entries(parsed.data)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => {
      const { dtype, shape, data_offsets } = tensorEntry.parse(entry)
      return { name, dtype, shape, start: data_offsets[0], end: data_offsets[1] }
    })
}

function jsonOrUndefined(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
