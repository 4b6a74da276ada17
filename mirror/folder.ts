/** A folder of a mirror, wherever it lies: on a server, in a bucket, or on this machine. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from '../runtime/errors.ts'
import type { Origin } from './dump.ts'
import { type Http, textAt } from './http.ts'
import { shown } from './refusals.ts'
import { decoded, type S3Place, s3PlaceOf } from './s3.ts'
import { listingAddress, parseListing } from './s3-listing.ts'

export interface Folder {
  /** For people and for errors; without secrets. */
  readonly address: string
  /** Its last name: a wiki, a date. */
  readonly name: string
  child(name: string): Folder
  parent(): Folder
  origin(fileName: string): Origin
  /** A small text in the folder; undefined where there is none. */
  text(fileName: string): Promise<string | undefined>
  /** What lies right in the folder; undefined where that cannot be asked. */
  entries(): Promise<readonly Entry[] | undefined>
}

export interface Entry {
  readonly name: string
  readonly isFolder: boolean
  /** Where the listing tells it to the byte. */
  readonly bytes?: number
}

/** The folder at a path or a URL (https:, http:, s3:, file:). Throws ConfigError LOCATION_INVALID. */
export function openFolder(location: string, http: Http): Folder {
  const scheme = schemeOf(location)
  if (scheme === undefined) return localFolder(resolve(location))
  if (scheme === 'file') return localFolder(pathOfFileUrl(location))
  return remoteFolder(urlOf(location), http)
}

/** The scheme of a URL in lower case; undefined for a path. */
export function schemeOf(location: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):\/\//i.exec(location)?.[1]?.toLowerCase()
}

export function pathOfFileUrl(url: string): string {
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw new ConfigError('LOCATION_INVALID', 'the file: URL names no file of this machine', {
      at: { url },
      hint: 'Three slashes: file:///data/kowiki/20260901/',
      cause,
    })
  }
}

/** A URL that can be fetched. Throws ConfigError LOCATION_INVALID. */
export function urlOf(location: string): URL {
  const scheme = schemeOf(location)
  if (scheme === undefined || !['http', 'https', 's3'].includes(scheme)) {
    throw new ConfigError('LOCATION_INVALID', `${scheme ?? location}: is no kind of address that can be read`, {
      hint: 'Give a path, or a file:, http:, https: or s3: URL.',
    })
  }
  const url = URL.canParse(location) ? new URL(location) : undefined
  if (url === undefined || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new ConfigError('LOCATION_INVALID', 'this is no URL that can be fetched', {
      hint: 'Give a URL such as https://dumps.wikimedia.org/kowiki/latest/, without a user name or password.',
    })
  }
  return url
}

export function remoteFolder(url: URL, http: Http): Folder {
  const base = new URL(url)
  base.search = ''
  base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  const place = s3PlaceOf(base, http.s3)
  const at = (name: string) => new URL(encodeURIComponent(name), base)
  return {
    address: shown(base.href),
    name: lastNameOf(base.pathname),
    child: (name) => remoteFolder(new URL(`${encodeURIComponent(name)}/`, base), http),
    parent: () => remoteFolder(new URL('..', base), http),
    origin: (fileName) => ({ kind: 'url', url: at(fileName).href }),
    text: (fileName) => textAt(at(fileName), http),
    entries: () => (place === undefined ? entriesOfPage(base, http) : entriesOfBucket(place, http)),
  }
}

function lastNameOf(path: string): string {
  return decoded(path.replace(/\/+$/, '').split('/').at(-1) ?? '')
}

/** The listings that web servers make: a link for each entry, and behind it the time and the size of a file. */
async function entriesOfPage(base: URL, http: Http): Promise<readonly Entry[] | undefined> {
  const page = await textAt(base, http)
  if (page === undefined) return undefined
  const entries = new Map<string, Entry>()
  for (const [, href = '', behind = ''] of page.matchAll(/<a\s[^>]*?href="([^"]+)"[^>]*>[^<]*<\/a>([^<\n]*)/gi)) {
    if (!URL.canParse(href, base.href)) continue
    const { host, pathname: path } = new URL(href, base)
    if (host !== base.host || !path.startsWith(base.pathname)) continue
    const rest = path.slice(base.pathname.length)
    const name = decoded(rest.replace(/\/$/, ''))
    if (name === '' || name.includes('/')) continue
    // Sizes such as 1.2G are rounded; only whole bytes are of use.
    const bytes = /\s(\d+)\s*$/.exec(behind)?.[1]
    entries.set(name, { name, isFolder: rest.endsWith('/'), ...(bytes !== undefined && { bytes: Number(bytes) }) })
  }
  return [...entries.values()]
}

async function entriesOfBucket({ bucketUrl, key }: S3Place, http: Http): Promise<readonly Entry[] | undefined> {
  const entries: Entry[] = []
  let continuation: string | undefined
  do {
    const answer = await textAt(listingAddress(bucketUrl, key, continuation), http)
    const listing = answer === undefined ? undefined : parseListing(answer)
    if (listing === undefined) return undefined
    for (const prefix of listing.prefixes) entries.push({ name: lastNameOf(prefix), isFolder: true })
    for (const { key: whole, bytes } of listing.objects) {
      const name = whole.slice(key.length)
      if (name !== '') entries.push({ name, isFolder: false, bytes })
    }
    continuation = listing.continuation
  } while (continuation !== undefined)
  return entries
}

function localFolder(path: string): Folder {
  return {
    address: path,
    name: basename(path),
    child: (name) => localFolder(join(path, name)),
    parent: () => localFolder(resolve(path, '..')),
    origin: (fileName) => ({ kind: 'path', path: join(path, fileName) }),
    text: (fileName) => unlessAbsent(() => readFile(join(path, fileName), 'utf8')),
    entries: () => unlessAbsent(() => entriesOfPath(path)),
  }
}

async function entriesOfPath(path: string): Promise<readonly Entry[]> {
  const names = (await readdir(path)).sort()
  return Promise.all(
    names.map(async (name) => {
      const found = await stat(join(path, name))
      return found.isDirectory() ? { name, isFolder: true } : { name, isFolder: false, bytes: found.size }
    }),
  )
}

async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
