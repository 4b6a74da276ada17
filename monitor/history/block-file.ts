/**
 * A file of blocks, one after another. A block: u32 LE bytes of its head, the head (JSON: time of each sample in ms packed as a
 * column, names of the series, bytes of their columns), the columns. A block that a crash cut off ends the file.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { z } from 'zod'
import { packColumn, unpackColumn } from './columns.ts'

export interface Sample {
  readonly atMs: number
  /** Whole numbers by name of the series. */
  readonly values: Readonly<Record<string, number>>
}

export interface BlockPlace {
  readonly file: string
  /** Where its columns begin. */
  readonly start: number
  readonly fromMs: number
  readonly toMs: number
  readonly head: BlockHead
}

const headShape = z.strictObject({
  samples: z.number(),
  from: z.number(),
  to: z.number(),
  /** Bytes of the column of times, which comes first. */
  times: z.number(),
  series: z.record(z.string(), z.number()),
})
export type BlockHead = z.output<typeof headShape>

const lengthBytes = 4
const headBytesAtMost = 1 << 20

export function packBlock(samples: readonly Sample[]): Buffer {
  const names = [...new Set(samples.flatMap(({ values }) => Object.keys(values)))].sort()
  const times = packColumn(samples.map(({ atMs }) => atMs))
  const columns = names.map((name) => packColumn(samples.map(({ values }) => values[name] ?? 0)))
  const head = Buffer.from(
    JSON.stringify({
      samples: samples.length,
      from: samples[0]!.atMs,
      to: samples.at(-1)!.atMs,
      times: times.length,
      series: Object.fromEntries(names.map((name, at) => [name, columns[at]!.length])),
    } satisfies BlockHead),
  )
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32LE(head.length)
  return Buffer.concat([length, head, times, ...columns])
}

/** The blocks of a file that are there in full. */
export async function blocksIn(file: string): Promise<BlockPlace[]> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const blocks: BlockPlace[] = []
    let at = 0
    while (at + lengthBytes <= size) {
      const headBytes = (await bytesAt(handle, at, lengthBytes)).readUInt32LE()
      const start = at + lengthBytes + headBytes
      if (headBytes > headBytesAtMost || start > size) break
      const head = headIn(await bytesAt(handle, at + lengthBytes, headBytes))
      if (!head) break
      const end = start + head.times + Object.values(head.series).reduce((sum, bytes) => sum + bytes, 0)
      if (end > size) break
      blocks.push({ file, start, fromMs: head.from, toMs: head.to, head })
      at = end
    }
    return blocks
  } finally {
    await handle.close()
  }
}

function headIn(bytes: Buffer): BlockHead | undefined {
  try {
    return headShape.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    return undefined
  }
}

/** Only these series are read; one that the block lacks is left out. */
export async function readBlock({ file, start, head }: BlockPlace, names: readonly string[]): Promise<Sample[]> {
  const handle = await open(file)
  try {
    const times = unpackColumn(await bytesAt(handle, start, head.times), head.samples)
    const values: Record<string, number>[] = times.map(() => ({}))
    let at = start + head.times
    for (const [name, bytes] of Object.entries(head.series)) {
      if (names.includes(name)) {
        const column = unpackColumn(await bytesAt(handle, at, bytes), head.samples)
        for (const [index, value] of column.entries()) values[index]![name] = value
      }
      at += bytes
    }
    return times.map((atMs, index) => ({ atMs, values: values[index]! }))
  } finally {
    await handle.close()
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  return (await handle.read(Buffer.alloc(length), 0, length, position)).buffer
}
