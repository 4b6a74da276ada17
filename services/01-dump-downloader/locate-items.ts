/** The table of Wikidata's items with the pages that they lead to: one file, of no language's wiki. */
import { basename, dirname, resolve } from 'node:path'
import { hasChecksum } from '../../mirror/checksums.ts'
import { dateOf, type LocatedDump, type WantedFile } from '../../mirror/dump.ts'
import { pathOfFileUrl, remoteFolder, schemeOf, urlOf } from '../../mirror/folder.ts'
import { wantedOf } from '../../mirror/offer.ts'
import { dumpOffer } from '../../mirror/xml-dump.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { parseDumpName } from '../../wiki/dump-names.ts'
import type { Locating } from './locate.ts'
import { existing, publishedIn } from './locate-local.ts'

/** Throws ConfigError LOCATION_MISSING or LOCATION_NO_ITEMS, FatalError CHECKSUM_MISSING. */
export async function locateItems(location: string, deps: Locating): Promise<LocatedDump> {
  const scheme = schemeOf(location)
  if (scheme !== undefined && scheme !== 'file') return located(await remoteItems(urlOf(location), deps), location)
  const path = resolve(scheme === 'file' ? pathOfFileUrl(location) : location)
  await existing(path)
  const published = (await publishedIn(dirname(path))).get(basename(path)) ?? {}
  return located({ name: basename(path), origin: { kind: 'path', path }, published }, location)
}

async function remoteItems(url: URL, deps: Locating): Promise<WantedFile> {
  const name = url.pathname.split('/').at(-1) ?? ''
  const offer = await dumpOffer(remoteFolder(new URL('.', url), deps), [], parseDumpName(name))
  const file: WantedFile = { ...wantedOf(offer, name), origin: { kind: 'url', url: url.href } }
  if (deps.settings.requireChecksums && !hasChecksum(file.published)) {
    throw new FatalError('CHECKSUM_MISSING', `the server publishes no checksum of ${name}`, {
      at: { url: url.href },
      hint: 'Download it by hand and give its path, or set requireChecksums to false.',
    })
  }
  return file
}

function located(items: WantedFile, location: string): LocatedDump {
  const name = parseDumpName(items.name)
  if (name?.kind !== 'wb_items_per_site') {
    throw new ConfigError('LOCATION_NO_ITEMS', 'the file is not the table wb_items_per_site of Wikidata', {
      at: { file: location },
      hint: 'Name a file such as wikidatawiki-20260901-wb_items_per_site.sql.gz.',
    })
  }
  return { wiki: name.wiki, language: 'mul', date: dateOf(name.date), articles: [], items }
}
