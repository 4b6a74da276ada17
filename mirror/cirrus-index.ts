/**
 * The weekly CirrusSearch index dumps: `other/cirrus_search_index/<YYYYMMDD>/index_name=<wiki>_content/`, shards of bulk
 * JSON. No checksums are published: what there is, is read from the listing, and an empty _SUCCESS is written last.
 */
import { ConfigError } from '../runtime/errors.ts'
import { exportEndMark } from '../wiki/content-exports.ts'
import type { Published } from './checksums.ts'
import type { Folder } from './folder.ts'
import { datesIn, listed, type Offer, placeOf } from './offer.ts'

/** Weekly, and four or five are kept. */
const datesTried = 6

/** Below a mirror's root. */
export function cirrusDates(root: Folder): Folder {
  return root.child('other').child('cirrus_search_index')
}

export function cirrusFolder(ofDate: Folder, wiki: string): Folder {
  return ofDate.child(`index_name=${wiki}_content`)
}

export interface CirrusOffer extends Offer {
  /** Names, in the order of their numbers. */
  readonly shards: readonly string[]
}

/** What the folder of one index offers. Throws ConfigError EXPORT_UNFINISHED, DUMP_NOT_FOUND or FOLDER_UNLISTED. */
export async function cirrusOffer(folder: Folder): Promise<CirrusOffer> {
  const entries = await listed(folder)
  const shards = entries.filter(({ name }) => /^[a-z][a-z0-9_]*_content-\d{8}-\d+\.json\.(?:bz2|gz)$/.test(name))
  if (!entries.some(({ name }) => name === exportEndMark)) {
    throw new ConfigError('EXPORT_UNFINISHED', `the index dump has no ${exportEndMark}, it is not finished`, {
      at: placeOf(folder),
      hint: 'Wait until it is finished, or take the date of the week before.',
    })
  }
  if (shards.length === 0) {
    throw new ConfigError('DUMP_NOT_FOUND', 'the mirror lists no shard of an index dump there', {
      at: placeOf(folder),
      hint: 'Check the name of the wiki and the date; index dumps are kept for some weeks only.',
    })
  }
  const published = new Map<string, Published>(
    shards.map(({ name, bytes }) => [name, bytes === undefined ? {} : { bytes }]),
  )
  // Five digits, zero-padded: the order of the names is that of the numbers.
  return { folder, published, lists: [], shards: [...published.keys()].sort() }
}

/** The folder of the newest finished dump of a wiki's index. Throws ConfigError DUMP_NOT_FOUND or FOLDER_UNLISTED. */
export async function latestCirrus(dates: Folder, wiki: string): Promise<Folder> {
  const newestFirst = await datesIn(dates, /^\d{8}$/)
  for (const date of newestFirst.slice(0, datesTried)) {
    const folder = cirrusFolder(dates.child(date), wiki)
    if ((await folder.text(exportEndMark)) !== undefined) return folder
  }
  const seen = newestFirst.length === 0 ? 'lists no index dumps' : `lists no finished one of ${newestFirst.join(', ')}`
  throw new ConfigError('DUMP_NOT_FOUND', `the mirror ${seen} for ${wiki}`, {
    at: placeOf(dates),
    hint: 'Check the name of the wiki, such as kowiki.',
  })
}
