/** Builds what a service gets from outside. */
import { join } from 'node:path'
import { holdsTables, openKeptTables } from './embedded/kept-tables.ts'
import { openScratch } from './embedded/scratch.ts'
import { FatalError } from './errors.ts'
import { openFolderStore, type StoreRoots } from './files.ts'
import { createLog, type LogLevel } from './log.ts'
import { measured, tallyOf } from './metrics.ts'
import type { ClaimStore, FileStore, PortName, WrittenFile } from './ports.ts'
import { openSearchIndexes } from './search-indexes.ts'
import type { Deps, Progress, Service } from './service.ts'

/** Plain data, so that it can be handed to a worker thread. */
export interface Surroundings {
  readonly store: StoreRoots
  /** Folder for scratch tables and the like. */
  readonly stateFolder: string
  readonly logLevel: LogLevel
  /** Where log lines go: standard output, standard error or a file. */
  readonly logDestination: 1 | 2 | string
  /** Resolved settings by service. */
  readonly settings: Readonly<Record<string, unknown>>
  /** n for the n-th update of a run; absent or 0 for a run from the beginning. */
  readonly update?: number
}

export interface Live {
  readonly progress: Progress
  readonly signal: AbortSignal
  /** The dedup store, where the service may ask for it. */
  readonly claims?: ClaimStore
}

export interface OpenDeps {
  readonly deps: Deps<unknown, PortName>
  /** All that it has written to the file store, with the tables that it leaves to the next update, which are closed by that. */
  keep(): Promise<readonly WrittenFile[]>
  dispose(): Promise<void>
}

/**
 * @param unit names the piece of work, so that two units of a service do not share tables.
 * @param made addresses of the files that are to be amended.
 */
export function openDeps(
  service: Service,
  unit: string,
  around: Surroundings,
  live: Live,
  made: readonly string[] = [],
): OpenDeps {
  const scratch = service.ports.includes('scratch')
    ? openScratch(join(around.stateFolder, 'scratch', service.id, unit))
    : undefined
  const searchIndexes = service.ports.includes('searchIndexes')
    ? openSearchIndexes(join(around.stateFolder, 'search-indexes', service.id, unit), live.signal)
    : undefined
  const missing = (port: string) => () => {
    throw new FatalError('PORT_MISSING', `${service.id} uses the port ${port}, which its manifest does not name`)
  }
  const written: WrittenFile[] = []
  const store = openFolderStore(around.store)
  const original = made.find((address) => holdsTables(service.id, unit, address))
  const tables = service.ports.includes('tables') ? openKeptTables(service.id, unit, store, original) : undefined
  const claims = service.ports.includes('claims') ? live.claims : undefined
  return {
    deps: {
      settings: around.settings[service.id],
      log: createLog(service.id, around.logLevel, around.logDestination),
      progress: measured(service.id, live.progress),
      tally: tallyOf(service.id),
      signal: live.signal,
      files: noting(store, written),
      claims: claims ?? {
        claim: missing('claims'),
        retract: missing('claims'),
        clear: missing('claims'),
        close: () => Promise.resolve(),
      },
      scratch: scratch ?? { table: missing('scratch'), folder: missing('scratch'), tablesIn: missing('scratch') },
      tables: tables ?? { table: missing('tables') },
      searchIndexes: searchIndexes ?? { build: missing('searchIndexes') },
    },
    keep: async () => {
      const kept = await tables?.keep()
      return kept ? [...written, kept] : written
    },
    dispose: async () => {
      await tables?.dispose()
      await searchIndexes?.dispose()
      await scratch?.dispose()
    },
  }
}

function noting(files: FileStore, written: WrittenFile[]): FileStore {
  return {
    ...files,
    write: async (address, content) => {
      const file = await files.write(address, content)
      written.push(file)
      return file
    },
  }
}
