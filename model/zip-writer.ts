import { createHash } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { writeFailure } from '../runtime/files.ts'
import { ShapeError } from './graph/tensor.ts'

/**
 * A zip archive whose members are stored as they are, zip64 where sizes ask for it. The same members give the same bytes: every
 * date is that of 1980. Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (sections 4.3.7, 4.3.12, 4.3.14 to
 * 4.3.16, 4.5.3)
 */
export interface ZipMemberContent {
  readonly name: string
  /** Its bytes in order; asked for twice, since the checksum stands before them. */
  readonly parts: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

export interface ZipSettings {
  /** Bytes of which the place of each member's content is a multiple; 64 is what libtorch maps without a copy. Default 1. */
  readonly alignment?: number
}

export interface WrittenZip {
  readonly bytes: number
  readonly sha256: string
}

interface Entry {
  readonly name: Buffer
  readonly crc: number
  readonly bytes: number
  readonly headerOffset: number
}

/** Sizes from here on stand in the zip64 field. */
const noSize = 0xffffffff
const noCount = 0xffff
const zip64Field = 0x0001
/** Padding; the id is torch's own. */
const paddingField = 0x4246
const utf8Names = 0x0800
const firstDate = 0x0021
const versions = { plain: 20, zip64: 45 }

/** Writes the archive to a new file and syncs it. Throws FatalError DISK_FULL. */
export async function writeZip(
  file: string,
  members: Iterable<ZipMemberContent>,
  { alignment = 1 }: ZipSettings = {},
): Promise<WrittenZip> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'wx')
  const sha256 = createHash('sha256')
  let place = 0
  const write = async (part: Uint8Array) => {
    sha256.update(part)
    await handle.writeFile(part)
    place += part.byteLength
  }
  try {
    const entries: Entry[] = []
    for (const { name, parts } of members) {
      let [crc, bytes] = [0, 0]
      for await (const part of parts()) {
        crc = crc32(part, crc)
        bytes += part.byteLength
      }
      const entry = { name: Buffer.from(name), crc, bytes, headerOffset: place }
      entries.push(entry)
      await write(localHeader(entry, alignment))
      const end = place + bytes
      for await (const part of parts()) await write(part)
      if (place !== end) throw new ShapeError(`${name} changed while it was written`)
    }
    const start = place
    for (const entry of entries) await write(centralHeader(entry))
    await write(endOfDirectory(entries.length, start, place - start))
    await handle.sync()
  } catch (cause) {
    throw writeFailure(file, cause)
  } finally {
    await handle.close()
  }
  return { bytes: place, sha256: sha256.digest('hex') }
}

function localHeader({ name, crc, bytes, headerOffset }: Entry, alignment: number): Buffer {
  const extra = bytes >= noSize ? sizesField([bytes, bytes]) : Buffer.alloc(0)
  const unpadded = headerOffset + 30 + name.length + extra.length
  const padding = paddingOf(unpadded, alignment)
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(bytes >= noSize ? versions.zip64 : versions.plain, 4)
  header.writeUInt16LE(utf8Names, 6)
  header.writeUInt16LE(firstDate, 12)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(Math.min(bytes, noSize), 18)
  header.writeUInt32LE(Math.min(bytes, noSize), 22)
  header.writeUInt16LE(name.length, 26)
  header.writeUInt16LE(extra.length + padding.length, 28)
  return Buffer.concat([header, name, extra, padding])
}

/** An extra field that brings the place behind it to a multiple of `alignment`; it takes four bytes at least. */
function paddingOf(place: number, alignment: number): Buffer {
  const missing = (alignment - (place % alignment)) % alignment
  if (missing === 0) return Buffer.alloc(0)
  const field = Buffer.alloc(missing < 4 ? missing + alignment : missing)
  field.writeUInt16LE(paddingField, 0)
  field.writeUInt16LE(field.length - 4, 2)
  return field
}

function centralHeader({ name, crc, bytes, headerOffset }: Entry): Buffer {
  const wide = [...(bytes >= noSize ? [bytes, bytes] : []), ...(headerOffset >= noSize ? [headerOffset] : [])]
  const extra = wide.length > 0 ? sizesField(wide) : Buffer.alloc(0)
  const version = wide.length > 0 ? versions.zip64 : versions.plain
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(version, 4)
  header.writeUInt16LE(version, 6)
  header.writeUInt16LE(utf8Names, 8)
  header.writeUInt16LE(firstDate, 14)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(Math.min(bytes, noSize), 20)
  header.writeUInt32LE(Math.min(bytes, noSize), 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE(Math.min(headerOffset, noSize), 42)
  return Buffer.concat([header, name, extra])
}

function sizesField(sizes: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * sizes.length)
  field.writeUInt16LE(zip64Field, 0)
  field.writeUInt16LE(8 * sizes.length, 2)
  for (const [i, size] of sizes.entries()) field.writeBigUInt64LE(BigInt(size), 4 + 8 * i)
  return field
}

function endOfDirectory(count: number, start: number, bytes: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, noCount), 8)
  end.writeUInt16LE(Math.min(count, noCount), 10)
  end.writeUInt32LE(Math.min(bytes, noSize), 12)
  end.writeUInt32LE(Math.min(start, noSize), 16)
  if (start < noSize && count < noCount) return end
  const wide = Buffer.alloc(56 + 20)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  wide.writeUInt16LE(versions.zip64, 12)
  wide.writeUInt16LE(versions.zip64, 14)
  for (const [i, value] of [count, count, bytes, start].entries()) wide.writeBigUInt64LE(BigInt(value), 24 + 8 * i)
  wide.writeUInt32LE(0x07064b50, 56)
  wide.writeBigUInt64LE(BigInt(start + bytes), 64)
  wide.writeUInt32LE(1, 72)
  return Buffer.concat([wide, end])
}
