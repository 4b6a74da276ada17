/**
 * Tables that a stream leaves to the update that follows. Those that a note names (update/made-files.ts) are never changed: an update goes on
 * in a copy, so that one that crashes half way leaves them as they were.
 */
import { randomUUID } from 'node:crypto'
import { constants, copyFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ServiceId } from '../../topology.ts'
import { fileDigest } from '../files.ts'
import type { FileStore, KeptTables, WrittenFile } from '../ports.ts'
import { makeFolder, openEnvironment, writing } from './environment.ts'
import { isAlive } from './folder-lock.ts'
import { SortedTable } from './sorted-table.ts'

export interface OpenTables extends KeptTables {
  /** Closes them as one file on the disk, in the place of those that they are a copy of; undefined where none was opened. */
  keep(): Promise<WrittenFile | undefined>
  /** Removes what was not kept. */
  dispose(): Promise<void>
}

const fileName = 'data.mdb'

/** Whether the file of this address holds tables of the unit. */
export function holdsTables(id: ServiceId, unit: string, address: string): boolean {
  return address.startsWith(`${placeOf(id, unit)}/`)
}

/** @param original address of the file of those to begin with; without it they are empty. */
export function openKeptTables(id: ServiceId, unit: string, files: FileStore, original?: string): OpenTables {
  const place = files.path(placeOf(id, unit))
  const folder = join(place, `${process.pid}-${randomUUID()}`)
  const address = files.address(join(folder, fileName))
  let opened: { readonly root: ReturnType<typeof openEnvironment>; readonly tables: SortedTable<unknown>[] } | undefined
  const openNow = () => {
    removeLeft(place, original && dirname(files.path(original)))
    makeFolder(folder)
    if (original) {
      const file = files.path(original)
      writing(folder, statSync(file).size, () => copyFileSync(file, join(folder, fileName), constants.COPYFILE_FICLONE))
    }
    return { root: openEnvironment(folder, { noSync: true, noMetaSync: true, maxDbs: 16 }), tables: [] }
  }
  const close = async () => {
    for (const table of opened?.tables ?? []) table.flush()
    await opened?.root.close()
  }
  let isKept = false
  return {
    table: <V>(name: string) => {
      opened ??= openNow()
      const table = new SortedTable<V>(folder, opened.root, name)
      opened.tables.push(table)
      return table
    },
    keep: async () => {
      if (!opened) return undefined
      await close()
      isKept = true
      const file = join(folder, fileName)
      const handle = await open(file, 'r+')
      await handle.sync().finally(() => handle.close())
      if (original) rmSync(dirname(files.path(original)), { recursive: true, force: true })
      return { address, bytes: statSync(file).size, sha256: await fileDigest(file) }
    },
    dispose: async () => {
      if (!opened || isKept) return
      await opened.root.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function placeOf(id: ServiceId, unit: string): string {
  return `state/tables/${id}/${unit}`
}

/** What processes left that are gone, but for what is to be gone on from. */
function removeLeft(place: string, original: string | undefined): void {
  if (!existsSync(place)) return
  for (const left of readdirSync(place)) {
    const folder = join(place, left)
    if (folder !== original && !isAlive(Number.parseInt(left, 10))) rmSync(folder, { recursive: true, force: true })
  }
}
