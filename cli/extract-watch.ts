/** Follows an extraction: counts, progress, and what is to be told on the way. */
import { describePlace } from '../runtime/errors.ts'
import type { InputFile } from '../wiki/extract/inputs.ts'
import type { OrderedBatch } from '../wiki/extract/pool.ts'
import { addTally, emptyTally, type Fault } from '../wiki/extract/tally.ts'
import type { PlanWarning } from '../wiki/streams.ts'
import { openProgress, type ProgressDisplay } from './progress.ts'
import { formatBytes, formatRate } from './quantities.ts'
import { StageBoard } from './stage-board.ts'

const stage = 'article-extractor'
const refreshMs = 100
/** Lines about bad pages; more of them are only counted. */
const shownFaults = 100

export class ExtractWatch {
  readonly tally = emptyTally()
  /** Bytes of the input that are done with. */
  inputBytes = 0
  private readonly totalBytes: number | undefined
  private readonly startedMs = Date.now()
  private readonly board = new StageBoard([stage], Date.now)
  private readonly display: ProgressDisplay
  private refreshedMs = 0

  /** @param inputs undefined for a stream, whose end is not known. */
  constructor(inputs: readonly InputFile[] | undefined, quiet: boolean) {
    this.totalBytes = inputs?.reduce((sum, { bytes }) => sum + bytes, 0)
    this.display = openProgress({ stream: process.stderr, quiet, environment: process.env, nowMs: Date.now })
  }

  get seconds(): number {
    return (Date.now() - this.startedMs) / 1000
  }

  /** The lines of the batches, which are counted as they pass. */
  async *lines(batches: AsyncIterable<OrderedBatch>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const { lines, tally, inputBytes } of batches) {
      for (const [i, fault] of tally.faults.entries()) this.tellFault(fault, this.tally.faults.length + i)
      addTally(this.tally, tally)
      this.inputBytes += inputBytes
      this.refresh()
      yield lines
    }
  }

  warn({ code, message }: PlanWarning): void {
    this.display.say(`naru: ${code}: ${message}`)
  }

  stop(): void {
    this.display.stop()
  }

  private tellFault({ code, message, at }: Fault, number: number): void {
    if (number < shownFaults) this.display.say(`naru: ${code}: ${message} (${describePlace(at)})`)
    if (number === shownFaults) this.display.say('naru: more pages are bad; from here on they are only counted')
  }

  private refresh(): void {
    if (Date.now() - this.refreshedMs < refreshMs) return
    this.refreshedMs = Date.now()
    const { xmlBytes, articles } = this.tally
    const seconds = Math.max(this.seconds, 0.001)
    const note = `${formatBytes(xmlBytes / seconds)}/s of XML, ${formatRate(articles / seconds).replace('/s', ' articles/s')}`
    const total = this.totalBytes === undefined ? {} : { total: this.totalBytes }
    this.board.report(stage, { done: this.inputBytes, ...total, unit: 'bytes', note })
    this.display.update(this.board.views())
  }
}
