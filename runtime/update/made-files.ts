/**
 * What a stream has made: its files with their checksums, the settings that it had, and where its input stood. By that the next update
 * knows whether it may go on from them. Written before the position is committed: what crashes in between is not trusted.
 */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { ServiceId } from '../../topology.ts'
import type { Surroundings } from '../deps.ts'
import { openFolderStore } from '../files.ts'
import type { WrittenFile } from '../ports.ts'
import { partitionName } from '../seal.ts'
import type { TopicPartition } from '../transport.ts'

const shape = z.strictObject({
  /** SHA-256 of the settings. */
  settings: z.string(),
  /** Offset of each input partition up to which its events are in the files. */
  offsets: z.record(z.string(), z.int().min(0)),
  /** SHA-256 by address. */
  files: z.record(z.string(), z.string()),
})
type Made = z.output<typeof shape>

type PlaceInInput = TopicPartition & { readonly offset: number }

/** Notes what the service has made of its input up to these places. */
export async function noteMade(
  id: ServiceId,
  around: Surroundings,
  written: readonly WrittenFile[],
  places: readonly PlaceInInput[],
): Promise<void> {
  const made: Made = {
    settings: settingsDigest(id, around),
    offsets: offsetsOf(places),
    files: Object.fromEntries(written.map(({ address, sha256 }) => [address, sha256])),
  }
  await openFolderStore(around.store).write(addressOf(id), `${JSON.stringify(made, null, 2)}\n`)
}

/**
 * Addresses of what the service has made of its input up to these places, by the settings that it has; undefined where that is not known, or
 * a file is not as it was made.
 */
export async function filesMade(
  id: ServiceId,
  around: Surroundings,
  places: readonly PlaceInInput[],
): Promise<readonly string[] | undefined> {
  const store = openFolderStore(around.store)
  const made = readMade(store.path(addressOf(id)))
  if (made?.settings !== settingsDigest(id, around)) return undefined
  const offsets = offsetsOf(places)
  const names = Object.keys(offsets)
  if (names.length !== Object.keys(made.offsets).length) return undefined
  if (names.some((name) => offsets[name] !== made.offsets[name])) return undefined
  for (const [address, sha256] of Object.entries(made.files)) {
    if ((await digestOf(store.path(address))) !== sha256) return undefined
  }
  return Object.keys(made.files)
}

function addressOf(id: ServiceId): string {
  return `state/made/${id}.json`
}

function offsetsOf(places: readonly PlaceInInput[]): Record<string, number> {
  return Object.fromEntries(places.map((place) => [partitionName(place), place.offset]))
}

function settingsDigest(id: ServiceId, { settings }: Surroundings): string {
  return createHash('sha256').update(JSON.stringify(settings[id])).digest('hex')
}

/** Undefined where there is none, or none that can be read: then nothing is known. */
function readMade(file: string): Made | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  } catch {
    return undefined
  }
  return hash.digest('hex')
}
