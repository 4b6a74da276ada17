/** What a folder of a mirror offers: the finished files of one dump, and what is published about each. */
import { ConfigError } from '../runtime/errors.ts'
import type { ChecksumText, Published } from './checksums.ts'
import type { WantedFile } from './dump.ts'
import type { Entry, Folder } from './folder.ts'

/** A list that a server publishes beside the files. */
export interface PublishedList extends ChecksumText {
  readonly name: string
}

export interface Offer {
  readonly folder: Folder
  /** Finished files by name. */
  readonly published: ReadonlyMap<string, Published>
  readonly lists: readonly PublishedList[]
}

export function wantedOf({ folder, published }: Offer, name: string): WantedFile {
  return { name, origin: folder.origin(name), published: published.get(name) ?? {} }
}

/** Those of the lists with these names that are there, in this order. */
export async function readLists(folder: Folder, names: readonly string[]): Promise<PublishedList[]> {
  const lists: PublishedList[] = []
  for (const name of names) {
    const text = await folder.text(name)
    if (text !== undefined) lists.push({ name, text, from: `${folder.address.replace(/\/$/, '')}/${name}` })
  }
  return lists
}

/** Names in the folder that match, newest (last in order) first. Throws ConfigError FOLDER_UNLISTED. */
export async function datesIn(folder: Folder, pattern: RegExp): Promise<string[]> {
  const entries = await listed(folder)
  return [...new Set(entries.map(({ name }) => name).filter((name) => pattern.test(name)))].sort().reverse()
}

/** What lies in the folder. Throws ConfigError FOLDER_UNLISTED where the server does not tell. */
export async function listed(folder: Folder): Promise<readonly Entry[]> {
  const entries = await folder.entries()
  if (entries !== undefined) return entries
  throw new ConfigError('FOLDER_UNLISTED', 'the folder is not there, or its server does not list what it holds', {
    at: placeOf(folder),
    hint: 'Check the wiki, the date and the mirror; where a server lists nothing, name a date. Buckets list theirs by s3: addresses.',
  })
}

export function placeOf({ address }: Folder): { url: string } | { file: string } {
  return /^[a-z0-9+.-]+:\/\//i.test(address) ? { url: address } : { file: address }
}

/** Adds sizes to files whose list has none, where the listing tells them to the byte: for progress, and to be compared. */
export async function withListedSizes(
  folder: Folder,
  published: ReadonlyMap<string, Published>,
): Promise<Map<string, Published>> {
  const sizes = new Map((await folder.entries())?.map(({ name, bytes }) => [name, bytes]))
  return new Map(
    [...published].map(([name, known]) => {
      const bytes = known.bytes ?? sizes.get(name)
      return [name, bytes === undefined ? known : { ...known, bytes }]
    }),
  )
}
