/** Dumps on a server: which files there are is read from dumpstatus.json, or where that is missing from the sums. */
import { basename } from 'node:path'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import {
  bestArticles,
  type DumpJob,
  indexNameOf,
  type NamedFile,
  namedFiles,
  parseDumpName,
  parseDumpStatus,
} from '../../wiki/dumps.ts'
import { type ChecksumText, gatherPublished, hasChecksum, type Published } from './checksums.ts'
import { dateOf, filesOf, type LocatedDump, type WantedFile, wikiOfName } from './dump.ts'
import { type Http, textAt } from './http.ts'
import type { Input } from './settings.ts'

/** Without these, where the dump has them, it is not complete. */
const neededJobs = ['articlesmultistreamdump', 'articlesmultistreamdumprecombine', 'langlinkstable', 'pagetable']
/** Dumps looked at, newest first, for one that is complete; a dump takes up to two weeks, they are made monthly or twice monthly. */
const datesTried = 8

export async function locateRemote(input: Input, requireChecksums: boolean, http: Http): Promise<LocatedDump> {
  const url = urlOf(input.location)
  const dump = isFile(url)
    ? await locateFile(input, url, http)
    : await locateFolder(input, await datedFolder(url, http), http)
  const unverifiable = filesOf(dump).find(({ published }) => !hasChecksum(published))
  if (requireChecksums && unverifiable !== undefined) {
    throw new FatalError('CHECKSUM_MISSING', `the server publishes no checksum of ${unverifiable.name}`, {
      at: { url: input.location },
      hint: 'Download it by hand and give its path, or set requireChecksums to false.',
    })
  }
  return dump
}

function urlOf(location: string): URL {
  const url = URL.canParse(location) ? new URL(location) : undefined
  if (url === undefined || url.username !== '' || url.password !== '') {
    throw new ConfigError('LOCATION_INVALID', 'this is no URL that can be fetched', {
      hint: 'Give a URL such as https://dumps.wikimedia.org/kowiki/latest/, without a user name or password.',
    })
  }
  return url
}

function nameOf(url: URL): string {
  return basename(decodeURIComponent(url.pathname))
}

function isFile(url: URL): boolean {
  return !url.pathname.endsWith('/') && /\.(?:xml|sql|bz2|gz)(?:-p\d+p\d+)?(?:\.bz2|\.gz)?$/.test(nameOf(url))
}

function folderAt(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.pathname}/`, url)
}

/** The folder itself, or that of the newest complete dump where it is …/kowiki/ or …/kowiki/latest/. */
async function datedFolder(url: URL, http: Http): Promise<URL> {
  const folder = folderAt(url)
  const last = nameOf(folder)
  if (last !== 'latest' && !/^[a-z][a-z0-9_]*wik[a-z]+$/.test(last)) return folder

  const parent = last === 'latest' ? new URL('..', folder) : folder
  const listing = (await textAt(parent, http)) ?? ''
  const dates = [...listing.matchAll(/href="(?:[^"]*\/)?(\d{8})\/?"/g)].map((match) => match[1] ?? '')
  const newestFirst = [...new Set(dates)].sort().reverse()
  for (const date of newestFirst.slice(0, datesTried)) {
    const dated = new URL(`${date}/`, parent)
    const status = await textAt(new URL('dumpstatus.json', dated), http)
    if (status !== undefined && unfinished(jobsOf(status, dated)).length === 0) return dated
  }
  const seen = newestFirst.length === 0 ? 'lists no dumps' : `lists no complete dump among ${newestFirst.join(', ')}`
  throw new ConfigError('DUMP_NOT_FOUND', `the server ${seen}`, {
    at: { url: parent.href },
    hint: 'Name a date, such as https://dumps.wikimedia.org/kowiki/20260901/',
  })
}

function jobsOf(status: string, folder: URL): DumpJob[] {
  try {
    return parseDumpStatus(status)
  } catch (cause) {
    throw new FatalError('DUMPSTATUS_MALFORMED', 'dumpstatus.json cannot be read', {
      at: { url: folder.href },
      hint: 'Is the address that of a dump, such as …/kowiki/20260901/? Try again later, or another mirror.',
      cause,
    })
  }
}

function unfinished(jobs: readonly DumpJob[]): string[] {
  return jobs.filter(({ name, isDone }) => !isDone && neededJobs.includes(name)).map(({ name }) => name)
}

async function locateFolder(input: Input, folder: URL, http: Http): Promise<LocatedDump> {
  const { jobs, published } = await readLists(folder, datedName(folder), http)
  const waiting = unfinished(jobs)
  if (waiting.length > 0) {
    throw new ConfigError('DUMP_INCOMPLETE', `the server is still busy with ${waiting.join(', ')}`, {
      at: { url: folder.href },
      hint: 'Take an earlier date or …/latest/, or name the URL of an articles file that is done.',
    })
  }
  const articles = bestArticles(
    namedFiles(published.keys()).filter(({ name }) => name.wiki === (input.wiki ?? name.wiki)),
  )
  if (articles.length === 0) {
    throw new ConfigError('DUMP_NOT_FOUND', 'the server lists no articles of a dump there', {
      at: { url: folder.href },
      hint: 'Give the folder of a dump, such as https://dumps.wikimedia.org/kowiki/20260901/, or the URL of a file.',
    })
  }
  return assemble(input, articles, folder, published)
}

/** A single file; with the name of a dump's file, its index and the tables beside it belong to it. */
async function locateFile(input: Input, url: URL, http: Http): Promise<LocatedDump> {
  const name = nameOf(url)
  const parsed = parseDumpName(name)
  if (parsed !== undefined && parsed.kind !== 'articles') {
    throw new ConfigError('LOCATION_NO_ARTICLES', 'the file holds no articles', {
      at: { url: url.href },
      hint: 'Name the pages-articles file or the folder; the tables and the index beside it are found by themselves.',
    })
  }
  const folder = new URL('.', url)
  const { published } = await readLists(folder, parsed ?? {}, http)
  if (parsed !== undefined) return assemble(input, [{ file: name, name: parsed }], folder, published)
  const file: WantedFile = { name, origin: { kind: 'url', url: url.href }, published: published.get(name) ?? {} }
  const wiki = input.wiki ?? wikiOfName(name) ?? `${input.language.replaceAll('-', '_')}wiki`
  return { wiki, language: input.language, date: dateOf(undefined), articles: [{ file }] }
}

/** Wiki and date where the folder's address says them: …/kowiki/20260901/. */
function datedName(folder: URL): { wiki?: string; date?: string } {
  const [, wiki, date] = /\/([a-z][a-z0-9_]*)\/(\d{8})\/$/.exec(folder.pathname) ?? []
  return wiki === undefined || date === undefined ? {} : { wiki, date }
}

interface Lists {
  readonly jobs: readonly DumpJob[]
  /** Finished files by name. */
  readonly published: ReadonlyMap<string, Published>
}

async function readLists(folder: URL, { wiki, date }: { wiki?: string; date?: string }, http: Http): Promise<Lists> {
  const prefix = wiki === undefined || date === undefined ? '' : `${wiki}-${date}-`
  const texts: ChecksumText[] = []
  for (const name of ['dumpstatus.json', `${prefix}sha1sums.txt`, `${prefix}md5sums.txt`]) {
    const url = new URL(name, folder)
    const text = await textAt(url, http)
    if (text !== undefined) texts.push({ from: url.href, text })
  }
  const status = texts.find(({ from }) => from.endsWith('/dumpstatus.json'))
  const jobs = status === undefined ? [] : jobsOf(status.text, folder)
  const published = gatherPublished(texts)
  for (const { name } of jobs.filter((job) => !job.isDone).flatMap((job) => job.files)) published.delete(name)
  return { jobs, published }
}

function assemble(
  input: Input,
  articles: readonly NamedFile[],
  folder: URL,
  published: ReadonlyMap<string, Published>,
): LocatedDump {
  const { wiki = '', date = '' } = articles[0]?.name ?? {}
  const wanted = (name: string): WantedFile => ({
    name,
    origin: { kind: 'url', url: new URL(encodeURIComponent(name), folder).href },
    published: published.get(name) ?? {},
  })
  const table = (kind: 'langlinks' | 'page') =>
    namedFiles(published.keys()).find(({ name }) => name.kind === kind && name.wiki === wiki && name.date === date)
      ?.file
  const [langlinks, pages] = [table('langlinks'), table('page')]
  return {
    wiki: input.wiki ?? wiki,
    language: input.language,
    date: dateOf(date),
    articles: articles.map(({ file, name }) => {
      const index = indexNameOf({ file, name })
      return { file: wanted(file), ...(index !== undefined && published.has(index) && { index: wanted(index) }) }
    }),
    ...(langlinks !== undefined &&
      pages !== undefined && { langlinks: { table: wanted(langlinks), pages: wanted(pages) } }),
  }
}
