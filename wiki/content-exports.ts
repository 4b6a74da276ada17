/** MediaWiki Content File Exports: monthly shards of XML, which are complete when their lists are there. */
import { BadEventError } from '../runtime/errors.ts'
import { parseChecksums } from './checksum-lists.ts'
import { namedFiles } from './dump-names.ts'

/** Where the shards of a content export lie below the folder of its date. */
export const shardFolders = ['xml', 'bzip2'] as const
/** The list of the checksums of a content export. */
export const exportSums = 'SHA256SUMS'
/** An empty file, written last: before it is there the export is not finished. */
export const exportEndMark = '_SUCCESS'

/**
 * Throws BadEventError EXPORT_UNFINISHED where a content export has no end mark, no list of checksums, or fewer shards
 * than that list: pages would be missing without a trace.
 * @param place the folder's path or address, for the error.
 */
export function refuseUnfinished(
  shards: readonly string[],
  sums: string | undefined,
  hasEndMark: boolean,
  place: string,
): void {
  const at = /^[a-z0-9+.-]+:\/\//i.test(place) ? { url: place } : { file: place }
  const hint =
    'Wait until the export is finished, take an earlier date, or finish the download (naru download --source content-export). A shard can be read by itself: name the file.'
  if (!hasEndMark || sums === undefined) {
    const missing = hasEndMark ? exportSums : exportEndMark
    throw new BadEventError('EXPORT_UNFINISHED', `the content export has no ${missing}, it is not finished`, {
      at,
      hint,
    })
  }
  const present = new Set(shards)
  const listed = namedFiles(parseChecksums(sums).keys()).filter(({ name }) => name.source === 'content-export')
  const missing = listed.map(({ file }) => file).filter((file) => !present.has(file))
  if (missing.length === 0) return
  const message = `${missing.length} of the export's ${listed.length} shards are missing, such as ${missing[0]}`
  throw new BadEventError('EXPORT_UNFINISHED', message, { at, hint })
}
