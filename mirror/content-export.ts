/**
 * MediaWiki Content File Exports: `<wiki>/<YYYY-MM-DD>/xml/bzip2/`, monthly. SHA256SUMS and the empty _SUCCESS are
 * written last; every shard is a whole document, with pages of all namespaces and no index.
 */
import { BadEventError, ConfigError } from '../runtime/errors.ts'
import { exportEndMark, exportSums, refuseUnfinished, shardFolders } from '../wiki/content-exports.ts'
import { bestArticles, type NamedFile, namedFiles } from '../wiki/dump-names.ts'
import { gatherPublished } from './checksums.ts'
import type { Folder } from './folder.ts'
import { datesIn, type Offer, placeOf, readLists, withListedSizes } from './offer.ts'

export const exportDate = /^\d{4}-\d{2}-\d{2}$/
/** Exports are made monthly and the last few are kept. */
const datesTried = 4

/** Below a mirror's root. */
export function exportsOf(root: Folder, wiki: string): Folder {
  return root.child('other').child('mediawiki_content_current').child(wiki)
}

/** The folder of the shards, from that of the date. */
export function shardFolder(ofDate: Folder): Folder {
  return shardFolders.reduce((folder, name) => folder.child(name), ofDate)
}

export interface ExportOffer extends Offer {
  /** In the order of their pages. */
  readonly shards: readonly NamedFile[]
}

/** What the folder of the shards offers. Throws ConfigError EXPORT_UNFINISHED, or DUMP_NOT_FOUND for no export. */
export async function exportOffer(folder: Folder): Promise<ExportOffer> {
  const lists = await readLists(folder, [exportSums, exportEndMark])
  const sums = lists.find(({ name }) => name === exportSums)
  const published = sums === undefined ? new Map() : await withListedSizes(folder, gatherPublished([sums]))
  const shards = bestArticles(namedFiles(published.keys()).filter(({ name }) => name.source === 'content-export'))
  try {
    const names = shards.map(({ file }) => file)
    refuseUnfinished(
      names,
      sums?.text,
      lists.some(({ name }) => name === exportEndMark),
      folder.address,
    )
  } catch (error) {
    if (!(error instanceof BadEventError)) throw error
    throw new ConfigError(error.code, error.message, {
      at: error.at,
      ...(error.hint !== undefined && { hint: error.hint }),
      cause: error,
    })
  }
  if (shards.length === 0) {
    throw new ConfigError('DUMP_NOT_FOUND', `${exportSums} lists no shard of a content export`, {
      at: placeOf(folder),
      hint: 'Give the folder of an export, such as …/mediawiki_content_current/kowiki/2026-09-01/xml/bzip2/',
    })
  }
  return { folder, published, lists, shards }
}

/** The folder of the shards of the newest finished export. Throws ConfigError DUMP_NOT_FOUND or FOLDER_UNLISTED. */
export async function latestExport(ofWiki: Folder): Promise<Folder> {
  const newestFirst = await datesIn(ofWiki, exportDate)
  for (const date of newestFirst.slice(0, datesTried)) {
    const folder = shardFolder(ofWiki.child(date))
    if ((await readLists(folder, [exportEndMark])).length > 0) return folder
  }
  const seen =
    newestFirst.length === 0 ? 'lists no content exports' : `lists no finished one of ${newestFirst.join(', ')}`
  throw new ConfigError('DUMP_NOT_FOUND', `the mirror ${seen}`, {
    at: placeOf(ofWiki),
    hint: 'Check the name of the wiki; closed wikis have no exports. Take the XML dumps instead (--source dump).',
  })
}
