import type { FileHandle } from 'node:fs/promises'
import { FatalError } from '../../runtime/errors.ts'

/**
 * The directory of a zip archive, zip64 included. Only stored (uncompressed) members are read: torch.save writes no others.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3)
 */
export interface ZipMember {
  readonly name: string
  /** Of the local header. */
  readonly headerOffset: number
  readonly bytes: number
}

const endSignature = 0x06054b50
const zip64LocatorSignature = 0x07064b50
const zip64EndSignature = 0x06064b50
const centralSignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const longestComment = 0xffff
const noSize = 0xffffffff
const storedMethod = 0
const zip64Field = 0x0001

export class ZipArchive {
  readonly members: ReadonlyMap<string, ZipMember>
  readonly #file: string
  readonly #handle: FileHandle

  /** Reads the directory. Throws FatalError WEIGHTS_INVALID, with the byte offset, when the file is no whole zip archive. */
  static async open(file: string, handle: FileHandle): Promise<ZipArchive> {
    const archive = new ZipArchive(file, handle, new Map())
    return new ZipArchive(file, handle, await archive.#directory())
  }

  private constructor(file: string, handle: FileHandle, members: ReadonlyMap<string, ZipMember>) {
    this.#file = file
    this.#handle = handle
    this.members = members
  }

  /** Bytes of a member, from `start`. Throws FatalError WEIGHTS_INVALID when it is shorter. */
  async read({ headerOffset, bytes }: ZipMember, start = 0, length = bytes - start): Promise<Uint8Array> {
    const header = await this.#bytes(headerOffset, 30)
    if (header.readUInt32LE(0) !== localSignature) throw this.#invalid('a member has no header', headerOffset)
    if (start < 0 || length < 0 || start + length > bytes) {
      throw this.#invalid(`bytes ${start} to ${start + length} of a member of ${bytes}`, headerOffset)
    }
    const data = headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    return this.#bytes(data + start, length)
  }

  async #directory(): Promise<Map<string, ZipMember>> {
    const { offset, bytes, count } = await this.#end()
    const directory = await this.#bytes(offset, bytes)
    const members = new Map<string, ZipMember>()
    for (let at = 0, i = 0; i < count; i++) {
      if (at + 46 > bytes || directory.readUInt32LE(at) !== centralSignature) {
        throw this.#invalid('the directory is damaged', offset + at)
      }
      const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field))
      const end = at + 46 + nameBytes! + extraBytes! + commentBytes!
      if (end > bytes) throw this.#invalid('the directory is cut off', offset + at)
      const name = directory.toString('utf8', at + 46, at + 46 + nameBytes!)
      if (directory.readUInt16LE(at + 10) !== storedMethod) throw this.#invalid(`${name} is compressed`, offset + at)
      const extra = directory.subarray(at + 46 + nameBytes!, at + 46 + nameBytes! + extraBytes!)
      const [, size, headerOffset] = wide(
        extra,
        [20, 24, 42].map((field) => directory.readUInt32LE(at + field)),
      )
      members.set(name, { name, headerOffset: headerOffset!, bytes: size! })
      at = end
    }
    return members
  }

  async #end(): Promise<{ offset: number; bytes: number; count: number }> {
    const { size } = await this.#handle.stat()
    const tailBytes = Math.min(size, endBytes + longestComment)
    const tail = await this.#bytes(size - tailBytes, tailBytes)
    let at = tailBytes - endBytes
    while (at >= 0 && tail.readUInt32LE(at) !== endSignature) at--
    if (at < 0) throw this.#invalid('it is no zip archive, or its end is missing', size)
    const plain = {
      count: tail.readUInt16LE(at + 10),
      bytes: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
    }
    const locator = at - 20
    if (locator < 0 || tail.readUInt32LE(locator) !== zip64LocatorSignature) return plain
    const end = await this.#bytes(Number(tail.readBigUInt64LE(locator + 8)), 56)
    if (end.readUInt32LE(0) !== zip64EndSignature) throw this.#invalid('the end of the zip64 archive is damaged', size)
    const [count, bytes, offset] = [32, 40, 48].map((field) => Number(end.readBigUInt64LE(field)))
    return { count: count!, bytes: bytes!, offset: offset! }
  }

  async #bytes(start: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length)
    const { bytesRead } = await this.#handle.read(bytes, 0, length, start)
    if (bytesRead < length) throw this.#invalid(`the file ends after ${start + bytesRead} bytes`, start + bytesRead)
    return bytes
  }

  #invalid(message: string, byteOffset: number): FatalError {
    return new FatalError('WEIGHTS_INVALID', message, {
      at: { file: this.#file, byteOffset },
      hint: 'the file is damaged, or was written by torch before 1.6: fetch it again, or use model.safetensors',
    })
  }
}

/** Sizes and offset that do not fit into 32 bits stand in the zip64 field, in this order, those that are missing alone. */
function wide(extra: Buffer, fields: readonly number[]): number[] {
  let zip64: Buffer | undefined
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === zip64Field) zip64 = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
  }
  let at = 0
  return fields.map((value) => {
    if (value !== noSize || !zip64 || at + 8 > zip64.length) return value
    at += 8
    return Number(zip64.readBigUInt64LE(at - 8))
  })
}
