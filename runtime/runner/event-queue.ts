import type { LogRecord } from '../transport.ts'

const capacity = 1_000

/** From the consumer, which pushes, to a stream, which pulls. Pushing waits while the queue is full. */
export class EventQueue implements AsyncIterable<LogRecord> {
  private readonly records: LogRecord[] = []
  private head = 0
  private ended = false
  private failure: unknown
  private wakeReader: () => void = () => undefined
  /** The partitions of a unit push side by side; all of them may be waiting. */
  private waitingWriters: (() => void)[] = []

  /** True once the reader has seen the end. */
  drained = false

  async push(record: LogRecord): Promise<void> {
    while (this.records.length - this.head >= capacity && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.waitingWriters.push(resolve)
      })
    }
    if (this.failure !== undefined) return
    this.records.push(record)
    this.wakeReader()
  }

  end(): void {
    this.ended = true
    this.wakeReader()
  }

  fail(error: unknown): void {
    this.failure = error
    this.wakeReader()
    this.wakeWriters()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<LogRecord> {
    for (;;) {
      if (this.failure !== undefined) throw this.failure
      const record = this.records[this.head]
      if (record) {
        this.head++
        if (this.head === capacity) {
          this.records.splice(0, this.head)
          this.head = 0
        }
        this.wakeWriters()
        yield record
      } else if (this.ended) {
        this.drained = true
        return
      } else {
        await new Promise<void>((resolve) => {
          this.wakeReader = resolve
        })
      }
    }
  }

  private wakeWriters(): void {
    const waiting = this.waitingWriters
    this.waitingWriters = []
    for (const wake of waiting) wake()
  }
}
