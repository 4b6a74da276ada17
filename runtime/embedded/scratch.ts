/** Sorted maps, on disk where they are large, that live as long as one run of a stream; nothing is flushed, for nothing needs to survive. */
import { randomUUID } from 'node:crypto'
import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Scratch, Tables } from '../ports.ts'
import { makeFolder, openEnvironment } from './environment.ts'
import { isAlive } from './folder-lock.ts'
import { SortedTable } from './sorted-table.ts'
import { SpillingTable } from './spilling-table.ts'

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
  makeFolder(folder)
  const tables = new Map<string, SpillingTable<unknown>>()
  let root: ReturnType<typeof openEnvironment> | undefined
  const openNow = () => {
    root ??= openEnvironment(join(folder, 'tables'), { noSync: true, noMetaSync: true, maxDbs: 32 })
    return root
  }
  return {
    table: <V>(name: string) => {
      const table = tables.get(name) ?? new SpillingTable(() => new SortedTable(folder, openNow(), name))
      tables.set(name, table)
      return table as SpillingTable<V>
    },
    folder: (name) => {
      const path = join(folder, 'folders', name)
      makeFolder(path)
      return path
    },
    tablesIn,
    dispose: async () => {
      await root?.close()
      rmSync(folder, { recursive: true, force: true })
      removeIfEmpty(place)
    },
  }
}

function tablesIn(file: string, access: 'write' | 'read'): Tables {
  const folder = dirname(file)
  const options = access === 'read' ? { readOnly: true } : { noSync: true, noMetaSync: true }
  const root = openEnvironment(folder, { ...options, noSubdir: true, maxDbs: 32 }, file)
  const tables: SortedTable<unknown>[] = []
  return {
    table: <V>(name: string) => {
      const table = new SortedTable<V>(folder, root, name)
      tables.push(table)
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
