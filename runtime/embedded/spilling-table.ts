/** A sorted map that goes to disk when it is large: a small one costs no environment, no encoding and no disk. */
import { compareCodePoints, sortedByCodePoints } from '../../language/code-points.ts'
import type { ScratchTable } from '../ports.ts'
import type { SortedTable } from './sorted-table.ts'

/** As many as a table on disk gathers for a transaction. */
const inMemoryAtMost = 2_000
/** Puts between looks at a range want a table that is always sorted. */
const sortsAtMost = 50

export class SpillingTable<V> implements ScratchTable<V> {
  private readonly open: () => SortedTable<V>
  private memory = new Map<string, V>()
  private sortedKeys: readonly string[] | undefined
  private sorts = 0
  private onDisk: SortedTable<V> | undefined

  constructor(open: () => SortedTable<V>) {
    this.open = open
  }

  get size(): number {
    return this.onDisk?.size ?? this.memory.size
  }

  get(key: string): V | undefined {
    return this.onDisk ? this.onDisk.get(key) : this.memory.get(key)
  }

  put(key: string, value: V | null): void {
    if (this.onDisk) {
      this.onDisk.put(key, value)
      return
    }
    const size = this.memory.size
    if (value === null) this.memory.delete(key)
    else this.memory.set(key, value)
    if (this.memory.size !== size) this.sortedKeys = undefined
    if (this.memory.size > inMemoryAtMost) this.spill()
  }

  entries(range: { readonly from?: string; readonly to?: string } = {}): Iterable<{ key: string; value: V }> {
    if (!this.onDisk && !this.sortedKeys && ++this.sorts > sortsAtMost) this.spill()
    return this.onDisk ? this.onDisk.entries(range) : this.entriesInMemory(range)
  }

  private *entriesInMemory({ from, to }: { readonly from?: string; readonly to?: string }) {
    this.sortedKeys ??= sortedByCodePoints([...this.memory.keys()])
    // A put in between does not change what is gone over.
    const [keys, memory] = [this.sortedKeys, this.memory]
    for (let at = from === undefined ? 0 : firstFrom(keys, from); at < keys.length; at++) {
      const key = keys[at]!
      if (to !== undefined && compareCodePoints(key, to) >= 0) return
      const value = memory.get(key)
      if (value !== undefined) yield { key, value }
    }
  }

  private spill(): void {
    const onDisk = this.open()
    for (const [key, value] of this.memory) onDisk.put(key, value)
    this.onDisk = onDisk
    this.sortedKeys = undefined
    this.memory = new Map()
  }
}

function firstFrom(keys: readonly string[], from: string): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareCodePoints(keys[middle]!, from) < 0) low = middle + 1
    else high = middle
  }
  return low
}
