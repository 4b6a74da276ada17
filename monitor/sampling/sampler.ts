/** Looks at the pipeline in even intervals, tells whoever listens, and keeps what it saw. */
import { NaruError } from '../../runtime/errors.ts'
import type { Logger } from '../../runtime/log.ts'
import type { LogView } from '../../runtime/log-view.ts'
import type { History } from '../history/history.ts'
import type { MetricsPages } from './metrics-pages.ts'
import { Pipeline } from './pipeline.ts'
import { Reader, type Reading } from './reading.ts'
import { seriesOf } from './series.ts'
import type { PipelineView } from './view.ts'

export interface SamplerOptions {
  readonly log: LogView
  readonly pages: MetricsPages
  readonly history: History
  readonly logger: Logger
  readonly nowMs: () => number
  /** Default 1,000. */
  readonly intervalMs?: number
}

/** Undefined: there is no pipeline yet, or the servers do not answer; `reason` says which. */
export interface Seen {
  readonly view: PipelineView | undefined
  readonly reason: string | undefined
}

const defaultIntervalMs = 1_000

export class Sampler {
  private readonly options: SamplerOptions
  private readonly reader: Reader
  private pipeline = new Pipeline()
  private timer: NodeJS.Timeout | undefined
  private looking: Promise<void> = Promise.resolve()
  private readonly listeners = new Set<(seen: Seen) => void>()
  private isStopped = false
  seen: Seen = { view: undefined, reason: 'STARTING' }
  /** The last look itself, for who wants more of it than the view tells. */
  reading: Reading | undefined

  constructor(options: SamplerOptions) {
    this.options = options
    this.reader = new Reader(options.log, options.pages)
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    await this.look()
    this.schedule()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    clearTimeout(this.timer)
    await this.looking
  }

  /** Called with every look from now on, until what is returned is called. */
  onSeen(listener: (seen: Seen) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private schedule(): void {
    if (this.isStopped) return
    this.timer = setTimeout(() => {
      this.looking = this.look()
      void this.looking.then(() => this.schedule())
    }, this.options.intervalMs ?? defaultIntervalMs)
  }

  private async look(): Promise<void> {
    const { history, logger, nowMs } = this.options
    try {
      const reading = await this.reader.read(nowMs())
      if (isAnother(this.reading, reading)) this.pipeline = new Pipeline()
      this.reading = reading
      const view = this.pipeline.add(reading)
      this.seen = { view, reason: undefined }
      await history.add({ atMs: view.atMs, values: seriesOf(view) })
    } catch (error) {
      const reason = error instanceof NaruError ? error.code : 'UNEXPECTED'
      if (reason !== this.seen.reason) logger.warn({ err: error }, 'the pipeline cannot be looked at')
      this.seen = { view: undefined, reason }
    }
    for (const listener of this.listeners) listener(this.seen)
  }
}

/** A new run in the folder of the old one: its topics begin again. */
function isAnother(before: Reading | undefined, now: Reading): boolean {
  if (!before) return false
  return Object.entries(now.ends).some(([topic, ends]) =>
    ends.some((end, partition) => end < (before.ends[topic as keyof Reading['ends']][partition] ?? 0)),
  )
}
