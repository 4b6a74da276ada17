/**
 * What the monitor has seen, on disk: packed blocks of five minutes in a file an hour, and the samples since the last block as
 * lines, so that a killed monitor loses nothing but a line. Files older than what is kept are removed.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isDiskFull } from '../../runtime/files.ts'
import { type BlockPlace, blocksIn, packBlock, readBlock, type Sample } from './block-file.ts'

export type { Sample } from './block-file.ts'

const samplesPerBlock = 300
const hourMs = 3_600_000
const keptMs = 24 * hourMs

const openName = 'open.jsonl'
const sampleShape = z.object({ atMs: z.number(), values: z.record(z.string(), z.number()) })

export interface Point {
  readonly atMs: number
  /** Of each series asked for; undefined where it was not sampled. */
  readonly values: Readonly<Record<string, number>>
}

export class History {
  private readonly folder: string
  private readonly blocks: BlockPlace[]
  private readonly pending: Sample[]

  static async open(folder: string): Promise<History> {
    await mkdir(folder, { recursive: true })
    const files = readdirSync(folder).filter(isBlockFile).sort()
    const blocks: BlockPlace[] = []
    for (const file of files) blocks.push(...(await blocksIn(join(folder, file))))
    const last = blocks.at(-1)?.toMs ?? 0
    const pending = openSamples(join(folder, openName)).filter(({ atMs }) => atMs > last)
    return new History(folder, blocks, pending)
  }

  private constructor(folder: string, blocks: BlockPlace[], pending: Sample[]) {
    this.folder = folder
    this.blocks = blocks
    this.pending = pending
  }

  /** On a full disk the sample is kept in memory only: the monitor goes on. */
  async add(sample: Sample): Promise<void> {
    this.pending.push(sample)
    await unlessFull(() => appendFileSync(join(this.folder, openName), `${JSON.stringify(sample)}\n`))
    if (this.pending.length >= samplesPerBlock) await this.pack()
  }

  /** Samples of a time, both ends included, oldest first: at most about `points`, each the last of its share of the time. */
  async read(names: readonly string[], fromMs: number, toMs: number, points: number): Promise<Point[]> {
    const wanted = this.blocks.filter((block) => block.toMs >= fromMs && block.fromMs <= toMs)
    const shareMs = Math.max(1, (toMs - fromMs) / points)
    const shares = new Map<number, Point>()
    const take = (sample: Sample) => {
      if (sample.atMs >= fromMs && sample.atMs <= toMs) shares.set(Math.floor((sample.atMs - fromMs) / shareMs), sample)
    }
    for (const block of wanted) for (const sample of await readBlock(block, names)) take(sample)
    for (const { atMs, values } of this.pending) {
      take({
        atMs,
        values: Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]!]] : []))),
      })
    }
    return [...shares.values()]
  }

  /** Bytes on disk. */
  bytes(): number {
    return readdirSync(this.folder)
      .filter((name) => isBlockFile(name) || name === openName)
      .reduce((sum, name) => sum + statSync(join(this.folder, name)).size, 0)
  }

  private async pack(): Promise<void> {
    const samples = this.pending.splice(0)
    const file = join(this.folder, `${Math.floor(samples[0]!.atMs / hourMs) * hourMs}.samples`)
    await unlessFull(async () => {
      const start = existsSync(file) ? statSync(file).size : 0
      await appendFile(file, packBlock(samples))
      writeFileSync(join(this.folder, openName), '')
      this.blocks.push(...(await blocksIn(file)).filter((block) => block.start > start))
    })
    this.forget(samples.at(-1)!.atMs - keptMs)
  }

  private forget(beforeMs: number): void {
    const isOld = (file: string) => this.blocks.every((block) => block.file !== file || block.toMs < beforeMs)
    const old = [...new Set(this.blocks.map(({ file }) => file))].filter(isOld)
    for (const file of old) rmSync(file, { force: true })
    for (let at = this.blocks.length - 1; at >= 0; at--)
      if (old.includes(this.blocks[at]!.file)) this.blocks.splice(at, 1)
  }
}

function isBlockFile(name: string): boolean {
  return /^\d+\.samples$/.test(name)
}

/** A line that was cut off ends what can be read. */
function openSamples(file: string): Sample[] {
  if (!existsSync(file)) return []
  const samples: Sample[] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    try {
      samples.push(sampleShape.parse(JSON.parse(line)))
    } catch {
      break
    }
  }
  return samples
}

async function unlessFull(write: () => void | Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}
