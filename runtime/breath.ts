/**
 * The event loop's turn, for heartbeats, `/metrics` and probes, in the midst of work that never waits for anything. What awaits only what is
 * there already (an iterator over memory, a table on disk) holds the loop up as a computation does.
 */
import { setImmediate as turn } from 'node:timers/promises'

const heldAtMostMs = 50

export class Breath {
  private lastMs = performance.now()

  /** Ask at every step of the work: it costs some 50 ns, where awaiting would cost more. */
  get isDue(): boolean {
    return performance.now() - this.lastMs >= heldAtMostMs
  }

  async take(): Promise<void> {
    await turn()
    this.lastMs = performance.now()
  }
}

/** The items, with turns between them: for walks over tables, of which a large one takes minutes. */
export async function* breathing<T>(items: Iterable<T>): AsyncIterable<T> {
  const breath = new Breath()
  for (const item of items) {
    yield item
    if (breath.isDue) await breath.take()
  }
}
