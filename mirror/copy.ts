/** Local files, copied while they are hashed. */

import { createReadStream } from 'node:fs'
import { constants, copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeFailure } from '../runtime/files.ts'
import { checksumMismatch, type Found, hasherFor, hashFile, mismatchOf, type Published } from './checksums.ts'

const readBytes = 1024 * 1024

export interface Copy {
  readonly from: string
  readonly published: Published
  /** Absolute path; until the copy is verified its bytes lie in `<target>.copy`. */
  readonly target: string
}

/** Copies and verifies; nothing has the target's name before. Throws FatalError CHECKSUM_MISMATCH, DISK_FULL. */
export async function copy(file: Copy, signal: AbortSignal, report: (bytes: number) => void): Promise<Found> {
  const { from, published, target } = file
  const temporary = `${target}.copy`
  try {
    await mkdir(dirname(target), { recursive: true })
    const found = (await reflink(from, temporary))
      ? await hashFile(temporary, published, signal)
      : await copyBytes(file, temporary, signal, report)
    refuseMismatch(from, published, found)
    await rename(temporary, target)
    return found
  } catch (error) {
    await rm(temporary, { force: true })
    throw writeFailure(target, error)
  }
}

export function refuseMismatch(file: string, published: Published, found: Found): void {
  const mismatch = mismatchOf(published, found)
  if (mismatch === undefined) return
  throw checksumMismatch({ file }, mismatch, 'The file is damaged or of another dump than the list: download it again.')
}

/** On file systems that share blocks between files (btrfs, xfs, APFS) a copy costs neither time nor space. */
async function reflink(from: string, to: string): Promise<boolean> {
  try {
    await rm(to, { force: true })
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch {
    return false
  }
}

async function copyBytes(
  { from, published }: Copy,
  to: string,
  signal: AbortSignal,
  report: (bytes: number) => void,
): Promise<Found> {
  const hasher = hasherFor(published)
  const handle = await open(to, 'w')
  let bytes = 0
  try {
    for await (const part of createReadStream(from, { highWaterMark: readBytes })) {
      signal.throwIfAborted()
      hasher.update(part)
      await handle.writeFile(part)
      bytes += part.length
      report(bytes)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hasher.finish()
}
