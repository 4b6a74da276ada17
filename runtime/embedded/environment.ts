/** lmdb environments on disks that fill up. */
import { mkdirSync, statfsSync } from 'node:fs'
import { type Key, open, type RootDatabase, type RootDatabaseOptions } from 'lmdb'
import { FatalError } from '../errors.ts'

/**
 * Bytes that must be free before lmdb is asked to write. Where it meets the end of the disk itself, it leaves a broken
 * process: SIGSEGV when it makes an environment, SIGBUS in its mapped lock file, a corrupt heap where pages are spilled (3.5.6).
 */
const reserveBytes = 8 * 1024 * 1024
/** Bytes on disk for a byte of a value at most: pages are copied before they are changed. */
const bytesPerByte = 2

/**
 * Opens the environment in a folder, made where it is missing. Throws FatalError DISK_FULL.
 * @param path of the environment: the folder, or with `noSubdir` a file in it.
 */
export function openEnvironment<V = unknown, K extends Key = Key>(
  folder: string,
  options: RootDatabaseOptions,
  path = folder,
): RootDatabase<V, K> {
  makeFolder(folder)
  return writing(folder, 0, () => open<V, K>({ ...options, path }))
}

/** Throws FatalError DISK_FULL. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw cause instanceof Error && /ENOSPC|EDQUOT/.test(cause.message) ? diskFull(folder, cause) : cause
  }
}

/**
 * Does work that writes to the environment in a folder.
 * @param bytes of all keys and values together, about. Throws FatalError DISK_FULL, before the work where that can be seen.
 */
export function writing<T>(folder: string, bytes: number, work: () => T): T {
  if (freeBytes(folder) < reserveBytes + bytes * bytesPerByte) throw diskFull(folder)
  try {
    return work()
  } catch (cause) {
    throw ranOutOfDisk(cause, folder) ? diskFull(folder, cause) : cause
  }
}

/** On a disk that still has this much, an input/output error is another fault. */
const almostFullBytes = 64 * 1024 * 1024

function ranOutOfDisk(cause: unknown, folder: string): boolean {
  const text = cause instanceof Error ? cause.message : ''
  if (/MDB_MAP_FULL|No space left|ENOSPC|EDQUOT|disk quota/i.test(text)) return true
  // Of a write that was cut short by the end of the disk lmdb says EIO (mdb_page_flush: "short write, filesystem full?").
  return /Input\/output error/i.test(text) && freeBytes(folder) < almostFullBytes
}

function diskFull(folder: string, cause?: unknown): FatalError {
  return new FatalError('DISK_FULL', 'the disk that holds the state is full', {
    at: { file: folder },
    hint: 'Free some space, then run the same command again (naru run: with --resume); what is done stays.',
    cause,
  })
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
