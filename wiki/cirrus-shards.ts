/** The shards of an index dump in a folder, and telling a shard from a dump of wikitext. */
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BadEventError } from '../runtime/errors.ts'
import { decompressRange } from './bz2.ts'
import { type CirrusName, parseCirrusName, startsLikeCirrus } from './cirrus-names.ts'
import { parseDumpName } from './dump-names.ts'

/** Whether a file holds documents of a search index: by its name, or else by its first bytes. */
export async function isCirrusFile(file: string): Promise<boolean> {
  const name = basename(file)
  if (parseCirrusName(name) !== undefined) return true
  if (parseDumpName(name) !== undefined) return false
  try {
    for await (const bytes of decompressRange(file)) return startsLikeCirrus(bytes)
  } catch (error) {
    // Whoever reads all of it will say so, with the place.
    if (!(error instanceof BadEventError)) throw error
  }
  return false
}

/**
 * The shards of the newest index dump in a folder, in the order of their numbers; empty where there is none. Throws BadEventError
 * DUMP_AMBIGUOUS for shards of several wikis, EXPORT_UNFINISHED where a number is missing between them.
 */
export async function cirrusShardsIn(folder: string, wiki: string | undefined): Promise<string[]> {
  const shards = (await readdir(folder)).flatMap((file) => {
    const name = parseCirrusName(file)
    return name !== undefined && (wiki ?? name.wiki) === name.wiki ? [{ file, name }] : []
  })
  const wikis = new Set(shards.map(({ name }) => name.wiki))
  if (wikis.size > 1) {
    throw new BadEventError('DUMP_AMBIGUOUS', `the folder holds index dumps of ${[...wikis].join(', ')}`, {
      at: { file: folder },
      hint: 'say which wiki is meant, or name the files',
    })
  }
  const newest = shards
    .map(({ name }) => name.date)
    .sort()
    .at(-1)
  const chosen = shards.filter(({ name }) => name.date === newest).sort((a, b) => a.name.shard - b.name.shard)
  refuseGaps(
    chosen.map(({ name }) => name),
    folder,
  )
  return chosen.map(({ file }) => join(folder, file))
}

function refuseGaps(names: readonly CirrusName[], folder: string): void {
  const missing = names.findIndex(({ shard }, at) => shard !== at)
  if (missing < 0) return
  throw new BadEventError('EXPORT_UNFINISHED', `shard ${missing} of the index dump is missing, or is there twice`, {
    at: { file: folder },
    hint: 'finish the download (naru download --source cirrus), or name the shards that are to be read',
  })
}
