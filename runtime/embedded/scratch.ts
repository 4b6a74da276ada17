/** Sorted maps on disk that live as long as one run of a stream; nothing is flushed, for nothing needs to survive. */
import { randomUUID } from 'node:crypto'
import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database, RootDatabase } from 'lmdb'
import type { Scratch, ScratchTable, Tables } from '../ports.ts'
import { makeFolder, openEnvironment, writing } from './environment.ts'
import { isAlive } from './folder-lock.ts'

const pendingAtMost = 2_000

export interface DisposableScratch extends Scratch {
  dispose(): Promise<void>
}

/**
 * @param place a folder for what follows on one another, such as the runs of a unit. Each opening has a folder of its own in it: a run that was
 * stopped, or whose process slept while another took its work, may still end beside the next. What dead processes left is removed.
 */
export function openScratch(place: string): DisposableScratch {
  makeFolder(place)
  for (const left of readdirSync(place)) {
    if (!isAlive(Number.parseInt(left, 10))) rmSync(join(place, left), { recursive: true, force: true })
  }
  const folder = join(place, `${process.pid}-${randomUUID()}`)
  const root = openEnvironment(join(folder, 'tables'), { noSync: true, noMetaSync: true, maxDbs: 32 })
  return {
    table: <V>(name: string) =>
      new Table<V>(
        folder,
        root,
        writing(folder, 0, () => root.openDB<V, string>({ name })),
      ),
    folder: (name) => {
      const path = join(folder, 'folders', name)
      makeFolder(path)
      return path
    },
    tablesIn,
    dispose: async () => {
      await root.close()
      rmSync(folder, { recursive: true, force: true })
      removeIfEmpty(place)
    },
  }
}

function tablesIn(file: string, access: 'write' | 'read'): Tables {
  const folder = dirname(file)
  const options = access === 'read' ? { readOnly: true } : { noSync: true, noMetaSync: true }
  const root = openEnvironment(folder, { ...options, noSubdir: true, maxDbs: 32 }, file)
  const tables: Table<unknown>[] = []
  return {
    table: <V>(name: string) => {
      const opened = writing(folder, 0, () => root.openDB<V, string>({ name }))
      const table = new Table<V>(folder, root, opened)
      tables.push(table as Table<unknown>)
      return table
    },
    close: async () => {
      for (const table of tables) table.flush()
      await root.close()
    },
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Another run is at work in it.
  }
}

class Table<V> implements ScratchTable<V> {
  private readonly folder: string
  private readonly root: RootDatabase
  private readonly database: Database<V, string>
  /** Writes gathered for one transaction: a transaction a write would be twenty times slower. */
  private readonly pending = new Map<string, V | null>()

  constructor(folder: string, root: RootDatabase, database: Database<V, string>) {
    this.folder = folder
    this.root = root
    this.database = database
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

  /** What was put is in the environment then. */
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
