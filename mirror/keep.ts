/** Brings files into a folder, or finds that they are there already. */
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { FileStore } from '../runtime/ports.ts'
import type { Progress } from '../runtime/service.ts'
import { type Found, found, hasChecksum, hashFile, mismatchOf } from './checksums.ts'
import { copy, refuseMismatch } from './copy.ts'
import { download } from './download.ts'
import type { Origin, WantedFile } from './dump.ts'
import type { Http } from './http.ts'
import { inOrder } from './in-order.ts'
import { shown } from './refusals.ts'
import { tallyOf } from './tally.ts'

/** A verified file where later stages find it. */
export interface KeptFile {
  readonly address: string
  readonly bytes: number
  readonly sha1: string
}

/** Lies beside a verified file. The file is not read again while size and time of change are those noted here. */
const record = z.object({
  /** Path or URL that the file was taken from. */
  origin: z.string(),
  /** Of the original where it is a local file: another size or time means another file. */
  originStamp: z.string().nullable(),
  /** Of the file in the data set, or of the original where it is used in place. */
  stamp: z.string(),
  found,
})
type Record = z.output<typeof record>

export interface Keeping extends Http {
  readonly files: FileStore
  /** Copy local files too; false uses them where they lie. */
  readonly copyLocalFiles: boolean
}

/** A file, and the folder of the file store that it goes to. */
export interface Placed {
  readonly file: WantedFile
  readonly folder: string
}

/** Keeps all of them, as many at once as connections are allowed, and yields them in the order given. */
export async function* keepInOrder(
  placed: readonly Placed[],
  keeping: Keeping,
  progress: Progress,
): AsyncIterable<KeptFile> {
  const sizes = await Promise.all(placed.map(async ({ file }) => [file, await sizeOf(file)] as const))
  const tally = tallyOf(new Map(sizes), progress)
  yield* inOrder(placed, keeping.settings.connections, keeping.signal, ({ file, folder }, signal) =>
    keep(file, folder, { ...keeping, signal }, (bytes) => tally.set(file, bytes)),
  )
}

async function sizeOf({ origin, published }: WantedFile): Promise<number | undefined> {
  return origin.kind === 'path' ? (await stat(origin.path)).size : published.bytes
}

/** @param report called with the bytes of this file that are in place so far. */
async function keep(
  file: WantedFile,
  folder: string,
  keeping: Keeping,
  report: (bytes: number) => void,
): Promise<KeptFile> {
  const { files, copyLocalFiles, log } = keeping
  const target = files.path(`${folder}/${file.name}`)
  const recordAddress = `${folder}/${file.name}.verified.json`
  const place = await placeFor(file.origin, target, copyLocalFiles)

  const before = await readRecord(files.path(recordAddress))
  if (before !== undefined && (await stillHolds(before, file, place))) {
    log.debug({ file: place }, 'file was verified before')
    return kept(before.found)
  }
  const originBefore = await originStamp(file.origin)
  const taken = await take(file, place, keeping, report)
  if (!hasChecksum(file.published))
    log.warn({ file: place, sha1: taken.sha1 }, 'no checksum is published, taken as it is')
  const note: Record = {
    origin: originName(file.origin),
    originStamp: originBefore,
    stamp: await stampOf(place),
    found: taken,
  }
  await files.write(recordAddress, `${JSON.stringify(note, null, 1)}\n`)
  return kept(taken)

  function kept({ bytes, sha1 }: Found): KeptFile {
    report(bytes)
    return { address: files.address(place), bytes, sha1 }
  }
}

/** Where the file is to be read from: its place in the data set, or for a local file used in place its own. */
async function placeFor(origin: Origin, target: string, copyLocalFiles: boolean): Promise<string> {
  if (origin.kind === 'url') return target
  return !copyLocalFiles || (await isSameFile(origin.path, target)) ? origin.path : target
}

async function take(
  { origin, published }: WantedFile,
  place: string,
  keeping: Keeping,
  report: (bytes: number) => void,
): Promise<Found> {
  const { signal, log } = keeping
  if (origin.kind === 'path') {
    if (origin.path !== place) return copy({ from: origin.path, published, target: place }, signal, report)
    const inPlace = await hashFile(place, published, signal)
    refuseMismatch(place, published, inPlace)
    return inPlace
  }
  // The process may have ended between the rename and the record.
  if (hasChecksum(published) && (await stampIfPresent(place)) !== undefined) {
    const present = await hashFile(place, published, signal)
    const mismatch = mismatchOf(published, present)
    if (mismatch === undefined) return present
    log.warn({ file: place, ...mismatch }, 'file in the data set differs from the dump, it is fetched again')
  }
  return download({ url: origin.url, published, target: place }, keeping, report)
}

async function stillHolds(before: Record, { origin, published }: WantedFile, place: string): Promise<boolean> {
  if (mismatchOf(published, before.found) !== undefined) return false
  if ((await stampIfPresent(place)) !== before.stamp) return false
  // Any server's file will do as long as its checksum is right; a local original is what the user points to now.
  const mayMove = origin.kind === 'url' && hasChecksum(published)
  return mayMove || (originName(origin) === before.origin && (await originStamp(origin)) === before.originStamp)
}

function originName(origin: Origin): string {
  return origin.kind === 'path' ? origin.path : shown(origin.url)
}

async function originStamp(origin: Origin): Promise<string | null> {
  return origin.kind === 'path' ? stampOf(origin.path) : null
}

/** Size and time of the last change, at the file system's own resolution. */
async function stampOf(file: string): Promise<string> {
  const { size, mtimeNs } = await stat(file, { bigint: true })
  return `${size} bytes, ${mtimeNs} ns`
}

async function stampIfPresent(file: string): Promise<string | undefined> {
  return stampOf(file).catch(() => undefined)
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((file) => stat(file).catch(() => undefined)))
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

async function readRecord(file: string): Promise<Record | undefined> {
  try {
    return record.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
