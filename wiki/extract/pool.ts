/** Worker threads that turn chunks into batches of lines; the batches come out in the order of the chunks. */
import type { Worker } from 'node:worker_threads'
import { FatalError } from '../../runtime/errors.ts'
import { moduleUrl, startWorker } from '../../runtime/package-root.ts'
import type { Site } from '../site.ts'
import type { Batch, ExtractSettings } from './batches.ts'
import type { ChunkTask } from './inputs.ts'
import type { Order, Report } from './worker.ts'

/** A batch, and the bytes on disk that are done with it. */
export interface OrderedBatch extends Batch {
  readonly inputBytes: number
}

export interface PoolOptions {
  readonly workers: number
  /** How many of them are started before the first task comes, for starting takes as long as reading 10 MB of a dump. */
  readonly startedAhead?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** One being read and one that waits, so that no worker is idle while the main thread writes. */
const chunksPerWorker = 2

/** The lines of a batch are valid until the next one is asked for. Rejects with the signal's reason when aborted. */
export async function* inOrder(
  tasks: AsyncIterable<ChunkTask>,
  settings: ExtractSettings,
  { workers, startedAhead = 0, signal }: PoolOptions,
): AsyncGenerator<OrderedBatch, void, undefined> {
  const pool = new Pool(workers, settings)
  const abort = (): void => pool.fail(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  try {
    signal?.throwIfAborted()
    pool.startAhead(startedAhead)
    const feeding = pool.feed(tasks)
    yield* pool.batches()
    await feeding
  } finally {
    signal?.removeEventListener('abort', abort)
    await pool.close()
  }
}

interface Lane {
  readonly worker: Worker
  site: Site | undefined
  unfinished: number
}

interface ChunkState {
  readonly lane: Lane
  readonly inputBytes: number
  readonly batches: Batch[]
  hasEnded: boolean
}

class Pool {
  private readonly lanes: Lane[] = []
  private readonly size: number
  private readonly settings: ExtractSettings
  /** By number, from the first that has not been given out in full. */
  private readonly chunks = new Map<number, ChunkState>()
  private fed = 0
  private hasAll = false
  private failure: { readonly reason: unknown } | undefined
  private isClosed = false
  private changed: (() => void)[] = []

  constructor(size: number, settings: ExtractSettings) {
    this.size = size
    this.settings = settings
  }

  startAhead(workers: number): void {
    while (this.lanes.length < Math.min(workers, this.size)) this.start()
  }

  /** Hands out chunks as workers have room. Never rejects: a failure ends `batches`. */
  async feed(tasks: AsyncIterable<ChunkTask>): Promise<void> {
    try {
      for await (const task of tasks) {
        let lane = this.freeLane()
        while (lane === undefined && !this.hasStopped()) {
          await this.change()
          lane = this.freeLane()
        }
        if (lane === undefined || this.hasStopped()) return
        this.hand(task, lane)
      }
      this.hasAll = true
      this.tell()
    } catch (error) {
      this.fail(error)
    }
  }

  async *batches(): AsyncGenerator<OrderedBatch, void, undefined> {
    for (let number = 0; ; number++) {
      while (!this.chunks.has(number)) {
        this.throwFailure()
        if (this.hasAll && number >= this.fed) return
        await this.change()
      }
      yield* this.batchesOf(number)
      this.chunks.delete(number)
    }
  }

  private async *batchesOf(number: number): AsyncGenerator<OrderedBatch, void, undefined> {
    const chunk = this.chunks.get(number)!
    for (;;) {
      this.throwFailure()
      const batch = chunk.batches.shift()
      if (batch !== undefined) {
        const isLast = chunk.hasEnded && chunk.batches.length === 0
        yield { ...batch, inputBytes: isLast ? chunk.inputBytes : 0 }
        const memory = batch.lines.buffer as ArrayBuffer
        order(chunk.lane, { kind: 'written', memory }, [memory])
        if (isLast) return
      } else if (chunk.hasEnded) {
        if (chunk.inputBytes > 0) {
          const tally = { xmlBytes: 0, pages: 0, articles: 0, dropped: {}, faults: [] }
          yield { lines: new Uint8Array(0), tally, inputBytes: chunk.inputBytes }
        }
        return
      } else await this.change()
    }
  }

  fail(reason: unknown): void {
    this.failure ??= { reason }
    this.tell()
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.tell()
    await Promise.all(this.lanes.map(({ worker }) => worker.terminate()))
  }

  private hasStopped(): boolean {
    return this.isClosed || this.failure !== undefined
  }

  private freeLane(): Lane | undefined {
    const [idlest] = [...this.lanes].sort((a, b) => a.unfinished - b.unfinished)
    if (idlest !== undefined && (idlest.unfinished === 0 || this.lanes.length === this.size)) {
      return idlest.unfinished < chunksPerWorker ? idlest : undefined
    }
    return this.start()
  }

  private start(): Lane {
    const worker = startWorker(moduleUrl(import.meta.url, './worker'), this.settings)
    const lane: Lane = { worker, site: undefined, unfinished: 0 }
    const lost = (cause: unknown): void => {
      if (!this.isClosed) this.fail(new FatalError('WORKER_LOST', 'a worker thread of the extraction died', { cause }))
    }
    worker.on('message', (report: Report) => this.receive(lane, report))
    worker.on('error', lost)
    worker.on('exit', (code) => lost(new Error(`worker thread ended with code ${code}`)))
    this.lanes.push(lane)
    return lane
  }

  private hand({ chunk, site }: ChunkTask, lane: Lane): void {
    if (lane.site !== site) order(lane, { kind: 'site', site })
    lane.site = site
    lane.unfinished++
    const number = this.fed++
    this.chunks.set(number, { lane, inputBytes: chunk.end - chunk.start, batches: [], hasEnded: false })
    order(lane, { kind: 'chunk', number, chunk })
    this.tell()
  }

  private receive(lane: Lane, report: Report): void {
    if (report.kind === 'failed') {
      const details = report.hint === undefined ? {} : { hint: report.hint }
      this.fail(new FatalError(report.code, report.message, details))
      return
    }
    const chunk = this.chunks.get(report.number)!
    if (report.kind === 'batch') chunk.batches.push(report)
    else {
      chunk.hasEnded = true
      lane.unfinished--
    }
    this.tell()
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.reason
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.changed.push(resolve))
  }

  private tell(): void {
    const waiting = this.changed
    this.changed = []
    for (const resolve of waiting) resolve()
  }
}

function order({ worker }: Lane, message: Order, transfer: readonly ArrayBuffer[] = []): void {
  worker.postMessage(message, transfer)
}
