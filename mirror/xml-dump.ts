/** The XML and SQL dumps: `<wiki>/<YYYYMMDD>/`, with dumpstatus.json and lists of checksums. */
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { type DumpJob, parseDumpStatus } from '../wiki/dump-lists.ts'
import { gatherPublished } from './checksums.ts'
import type { Folder } from './folder.ts'
import { datesIn, type Offer, type PublishedList, placeOf, readLists } from './offer.ts'

const statusName = 'dumpstatus.json'
/** Dumps looked at, newest first, for one that is complete; a dump takes up to two weeks, they are made monthly or twice monthly. */
const datesTried = 8

/**
 * What the folder of one date offers; files of jobs that are not done are left out. Without dumpstatus.json the lists
 * of checksums say which files there are.
 * @param neededJobs the dump is refused (ConfigError DUMP_INCOMPLETE) where it has one of these that is not done.
 */
export async function dumpOffer(
  folder: Folder,
  neededJobs: readonly string[],
  named = datedName(folder),
): Promise<Offer> {
  const prefix = named === undefined ? '' : `${named.wiki}-${named.date}-`
  const lists = await readLists(folder, [statusName, `${prefix}sha1sums.txt`, `${prefix}md5sums.txt`])
  const jobs = jobsIn(lists, folder)
  const waiting = unfinished(jobs, neededJobs)
  if (waiting.length > 0) {
    throw new ConfigError('DUMP_INCOMPLETE', `the server is still busy with ${waiting.join(', ')}`, {
      at: placeOf(folder),
      hint: 'Take an earlier date or the latest complete dump, or name the URL of an articles file that is done.',
    })
  }
  const published = gatherPublished(lists)
  for (const { name } of jobs.filter((job) => !job.isDone).flatMap((job) => job.files)) published.delete(name)
  return { folder, published, lists }
}

/** The folder of the newest date whose needed jobs are done. Throws ConfigError DUMP_NOT_FOUND or FOLDER_UNLISTED. */
export async function latestDump(ofWiki: Folder, neededJobs: readonly string[]): Promise<Folder> {
  const newestFirst = await datesIn(ofWiki, /^\d{8}$/)
  for (const date of newestFirst.slice(0, datesTried)) {
    const folder = ofWiki.child(date)
    const lists = await readLists(folder, [statusName])
    if (lists.length > 0 && unfinished(jobsIn(lists, folder), neededJobs).length === 0) return folder
  }
  const seen = newestFirst.length === 0 ? 'lists no dumps' : `lists no complete dump among ${newestFirst.join(', ')}`
  throw new ConfigError('DUMP_NOT_FOUND', `the mirror ${seen}`, {
    at: placeOf(ofWiki),
    hint: 'Check the name of the wiki, or name a date, such as https://dumps.wikimedia.org/kowiki/20260901/',
  })
}

function jobsIn(lists: readonly PublishedList[], folder: Folder): DumpJob[] {
  const status = lists.find(({ name }) => name === statusName)
  if (status === undefined) return []
  try {
    return parseDumpStatus(status.text)
  } catch (cause) {
    throw new FatalError('DUMPSTATUS_MALFORMED', 'dumpstatus.json cannot be read', {
      at: placeOf(folder),
      hint: 'Is the address that of a dump, such as …/kowiki/20260901/? Try again later, or another mirror.',
      cause,
    })
  }
}

function unfinished(jobs: readonly DumpJob[], needed: readonly string[]): string[] {
  return jobs.filter(({ name, isDone }) => !isDone && needed.includes(name)).map(({ name }) => name)
}

/** Wiki and date where the folder's address says them: …/kowiki/20260901/. */
function datedName(folder: Folder): { wiki: string; date: string } | undefined {
  const wiki = folder.parent().name
  const isDated = /^\d{8}$/.test(folder.name) && /^[a-z][a-z0-9_]*$/.test(wiki)
  return isDated ? { wiki, date: folder.name } : undefined
}
