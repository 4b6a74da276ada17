/** A sorted map of an lmdb environment, for one run at a time. */
import type { Database, RootDatabase } from 'lmdb'
import type { ScratchTable } from '../ports.ts'
import { writing } from './environment.ts'

const pendingAtMost = 2_000
/** Where lmdb keeps which fields the values have, so that none says it again: read three times as fast. It is no entry. */
const structures = Symbol.for('structures')

export class SortedTable<V> implements ScratchTable<V> {
  private readonly folder: string
  private readonly root: RootDatabase
  private readonly database: Database<V, string>
  /** Writes gathered for one transaction: a transaction a write would be twenty times slower. */
  private readonly pending = new Map<string, V | null>()

  constructor(folder: string, root: RootDatabase, name: string) {
    this.folder = folder
    this.root = root
    this.database = writing(folder, 0, () => root.openDB<V, string>({ name, sharedStructuresKey: structures }))
  }

  get size(): number {
    this.flush()
    return this.database.getCount()
  }

  get(key: string): V | undefined {
    const pending = this.pending.get(key)
    return pending === undefined ? this.database.get(key) : (pending ?? undefined)
  }

  put(key: string, value: V | null): void {
    this.pending.set(key, value)
    if (this.pending.size >= pendingAtMost) this.flush()
  }

  *entries(range: { readonly from?: string; readonly to?: string } = {}): Iterable<{ key: string; value: V }> {
    this.flush()
    const options = {
      ...(range.from === undefined ? {} : { start: range.from }),
      ...(range.to === undefined ? {} : { end: range.to }),
    }
    for (const { key, value } of this.database.getRange(options)) yield { key, value }
  }

  flush(): void {
    if (this.pending.size === 0) return
    writing(this.folder, 0, () =>
      this.root.transactionSync(() => {
        for (const [key, value] of this.pending) {
          if (value === null) this.database.removeSync(key)
          else this.database.putSync(key, value)
        }
      }),
    )
    this.pending.clear()
  }
}
