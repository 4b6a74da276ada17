/**
 * What a unit of a stream has made: its files, the tables that it keeps among them, with their checksums, the settings that it had, and where its input stood. By that the next update
 * knows whether it may go on from them. Written before the position is committed: what crashes in between is not trusted.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ServiceId } from '../../topology.ts'
import type { Surroundings } from '../deps.ts'
import { fileDigest, openFolderStore } from '../files.ts'
import type { WrittenFile } from '../ports.ts'
import { partitionName } from '../seal.ts'
import type { MadeAlike } from '../service.ts'
import type { TopicPartition } from '../transport.ts'

const shape = z.strictObject({
  settings: z.unknown(),
  /** Offset of each input partition up to which its events are in the files. */
  offsets: z.record(z.string(), z.int().min(0)),
  /** SHA-256 by address. */
  files: z.record(z.string(), z.string()),
})
type Made = z.output<typeof shape>

type PlaceInInput = TopicPartition & { readonly offset: number }

/** Notes what a unit of the service has made of its input up to these places. */
export async function noteMade(
  id: ServiceId,
  unit: string,
  around: Surroundings,
  written: readonly WrittenFile[],
  places: readonly PlaceInInput[],
): Promise<void> {
  const made: Made = {
    settings: around.settings[id],
    offsets: offsetsOf(places),
    files: Object.fromEntries(written.map(({ address, sha256 }) => [address, sha256])),
  }
  await openFolderStore(around.store).write(addressOf(id, unit), `${JSON.stringify(made, null, 2)}\n`)
}

/**
 * Addresses of what a unit of the service has made of its input up to these places, by the settings that it has; undefined where that is not known, or
 * a file is not as it was made.
 */
export async function filesMade(
  id: ServiceId,
  unit: string,
  around: Surroundings,
  places: readonly PlaceInInput[],
  isAlike: MadeAlike = isSame,
): Promise<readonly string[] | undefined> {
  const store = openFolderStore(around.store)
  const made = readMade(store.path(addressOf(id, unit)))
  if (!made) return undefined
  const offsets = offsetsOf(places)
  const names = Object.keys(offsets)
  if (names.length !== Object.keys(made.offsets).length) return undefined
  if (names.some((name) => offsets[name] !== made.offsets[name])) return undefined
  for (const [address, sha256] of Object.entries(made.files)) {
    if ((await digestOf(store.path(address))) !== sha256) return undefined
  }
  if (!(await isAlike(made.settings, around.settings[id], made.files, store))) return undefined
  return Object.keys(made.files)
}

function addressOf(id: ServiceId, unit: string): string {
  return `state/made/${id}/${unit}.json`
}

function offsetsOf(places: readonly PlaceInInput[]): Record<string, number> {
  return Object.fromEntries(places.map((place) => [partitionName(place), place.offset]))
}

function isSame(before: unknown, now: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(now)
}

/** Undefined where there is none, or none that can be read: then nothing is known. */
function readMade(file: string): Made | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function digestOf(file: string): Promise<string | undefined> {
  return fileDigest(file).catch(() => undefined)
}
