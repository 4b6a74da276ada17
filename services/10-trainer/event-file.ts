/** The files that TensorBoard reads: TFRecords of Event messages. */
import { createHash } from 'node:crypto'
import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ProtobufMessage } from '../../model/graph/protobuf.ts'

/**
 * One file of scalars. TensorBoard takes all files of a folder as one run; the first record of each says from which step on it
 * replaces what earlier ones hold, so that a run that goes on from a checkpoint shows no step twice.
 * Field numbers: tensorflow/core/util/event.proto and framework/summary.proto.
 */
export class EventFile {
  readonly #file: string
  readonly #now: () => number

  /** A new file in `folder`. now: seconds since 1970. */
  static async begin(folder: string, startStep: number, now: () => number): Promise<EventFile> {
    await mkdir(folder, { recursive: true })
    const started = now()
    const name = createHash('sha256').update(`${started} ${startStep}`).digest('hex').slice(0, 8)
    // TensorBoard reads a folder's files in the order of their names.
    const file = join(
      folder,
      `events.out.tfevents.${String(Math.floor(started)).padStart(10, '0')}.${startStep}.${name}`,
    )
    const version = event(started).text(3, 'brain.Event:2')
    const sessionStart = event(started)
      .integer(2, startStep + 1)
      .message(7, new ProtobufMessage().integer(1, 1))
    await writeFile(file, Buffer.concat([version, sessionStart].map((message) => record(message.finish()))))
    return new EventFile(file, now)
  }

  private constructor(file: string, now: () => number) {
    this.#file = file
    this.#now = now
  }

  /** Scalars of one step by tag; a `/` in a tag groups the charts. Values that are not finite are left out. */
  async scalars(step: number, values: Readonly<Record<string, number>>): Promise<void> {
    const summary = new ProtobufMessage()
    for (const [tag, value] of Object.entries(values)) {
      if (Number.isFinite(value)) summary.message(1, new ProtobufMessage().text(1, tag).float(2, value))
    }
    await appendFile(this.#file, record(event(this.#now()).integer(2, step).message(5, summary).finish()))
  }
}

function event(wallTime: number): ProtobufMessage {
  return new ProtobufMessage().double(1, wallTime)
}

/** Length, its checksum, the bytes, theirs. Source: tensorflow/core/lib/io/record_writer.h */
function record(bytes: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(bytes.length + 16)
  framed.writeBigUInt64LE(BigInt(bytes.length), 0)
  framed.writeUInt32LE(maskedCrc(framed.subarray(0, 8)), 8)
  framed.set(bytes, 12)
  framed.writeUInt32LE(maskedCrc(bytes), 12 + bytes.length)
  return framed
}

function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

/** CRC-32C (Castagnoli, RFC 3720 appendix B.4): reflected polynomial 0x82f63b78. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = castagnoli[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  return crc
})
