/** Hands the records of one partition to the handler, one call at a time, from a small store that the consumer fills. */
import type { LogRecord, PartitionHandler, TopicPartition } from '../transport.ts'

/** The store is filled up to about this, and asks for more at half of it. */
const storeBytesAtMost = 1024 * 1024

export interface ReaderEvents {
  /** The store is full, or has room again. */
  readonly pause: () => void
  readonly resume: () => void
  /** The handler failed. Not called after `stop`. */
  readonly failed: (error: unknown) => void
}

interface Stored {
  readonly records: readonly LogRecord[]
  readonly bytes: number
}

export class PartitionReader {
  readonly at: TopicPartition
  /** Name of the unit of work. */
  readonly unit: string
  /** Next offset to fetch; undefined until the position is known. */
  fetchFrom: number | undefined
  private readonly handler: PartitionHandler
  private readonly events: ReaderEvents
  private store: Stored[] = []
  private storedBytes = 0
  private isPaused = false
  private stopped = false
  private wake: () => void = () => undefined
  private loop: Promise<void> = Promise.resolve()
  private revoked: Promise<void> | undefined
  private isAssigned = false

  constructor(at: TopicPartition, unit: string, handler: PartitionHandler, events: ReaderEvents) {
    this.at = at
    this.unit = unit
    this.handler = handler
    this.events = events
  }

  get isStopped(): boolean {
    return this.stopped
  }

  /** Tells the handler, then begins to hand over what `push` brings. */
  async start(position: { readonly offset: number; readonly note: string }): Promise<void> {
    this.isAssigned = true
    await this.handler.assigned(this.at, position)
    if (this.stopped) return
    this.fetchFrom = position.offset
    this.loop = this.deliver().catch((error: unknown) => {
      if (!this.stopped) this.events.failed(error)
    })
  }

  push(records: readonly LogRecord[], bytes: number): void {
    this.store.push({ records, bytes })
    this.storedBytes += bytes
    if (this.storedBytes >= storeBytesAtMost && !this.isPaused) {
      this.isPaused = true
      this.events.pause()
    }
    this.wake()
  }

  /** Hands nothing more over and tells the handler at once. Resolves when the handler has nothing of this in hand. */
  stop(): Promise<void> {
    if (this.revoked) return this.revoked
    this.stopped = true
    this.store = []
    this.wake()
    const told = this.isAssigned ? Promise.resolve(this.handler.revoked(this.at)) : Promise.resolve()
    this.revoked = told.then(() => this.loop)
    return this.revoked
  }

  private async deliver(): Promise<void> {
    while (!this.stopped) {
      const next = this.store.shift()
      if (!next) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
        continue
      }
      await this.handler.records(this.at, next.records)
      this.storedBytes -= next.bytes
      if (this.isPaused && this.storedBytes < storeBytesAtMost / 2 && !this.stopped) {
        this.isPaused = false
        this.events.resume()
      }
    }
  }
}
