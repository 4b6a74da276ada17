/** Dumps on a server or in a bucket: which files there are is read from the lists that it publishes. */
import { gatherPublished, hasChecksum } from '../../mirror/checksums.ts'
import { exportDate, exportOffer, latestExport, shardFolder } from '../../mirror/content-export.ts'
import { dateOf, filesOf, type LocatedDump, type WantedFile, wikiOfName } from '../../mirror/dump.ts'
import { type Folder, remoteFolder } from '../../mirror/folder.ts'
import type { Http } from '../../mirror/http.ts'
import { type Offer, readLists, wantedOf } from '../../mirror/offer.ts'
import { shown } from '../../mirror/refusals.ts'
import { decoded } from '../../mirror/s3.ts'
import { dumpOffer, latestDump } from '../../mirror/xml-dump.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { exportSums } from '../../wiki/content-exports.ts'
import {
  bestArticles,
  filesOfKind,
  indexNameOf,
  jobsOfKind,
  type NamedFile,
  namedFiles,
  parseDumpName,
} from '../../wiki/dump-names.ts'
import type { Input } from './settings.ts'

/** Without these, where the dump has them, it is not complete. */
const neededJobs = ['articles-multistream', 'langlinks', 'page'].flatMap(jobsOfKind)

export async function locateRemote(
  input: Input,
  url: URL,
  requireChecksums: boolean,
  http: Http,
): Promise<LocatedDump> {
  const dump = isFile(url) ? await locateFile(input, url, http) : await locateFolder(input, remoteFolder(url, http))
  const unverifiable = filesOf(dump).find(({ published }) => !hasChecksum(published))
  if (requireChecksums && unverifiable !== undefined) {
    throw new FatalError('CHECKSUM_MISSING', `the server publishes no checksum of ${unverifiable.name}`, {
      at: { url: shown(url.href) },
      hint: 'Download it by hand and give its path, or set requireChecksums to false.',
    })
  }
  return dump
}

function nameOf(url: URL): string {
  return decoded(url.pathname.split('/').at(-1) ?? '')
}

function isFile(url: URL): boolean {
  return /\.(?:xml|sql|bz2|gz)(?:-p\d+p\d+)?(?:\.bz2|\.gz)?$/.test(nameOf(url))
}

async function locateFolder(input: Input, folder: Folder): Promise<LocatedDump> {
  const { name } = folder
  if (name === 'latest') return locateLatest(input, folder.parent())
  if (/^[a-z][a-z0-9_]*wik[a-z]+$/.test(name)) return locateLatest(input, folder)
  if (exportDate.test(name)) return locateExport(input, shardFolder(folder))
  if (/^\d{8}$/.test(name)) return locateDump(input, folder)
  const isExport = (await readLists(folder, [exportSums])).length > 0
  return isExport ? locateExport(input, folder) : locateDump(input, folder)
}

/** The newest complete dump, or content export where the address is that of a wiki's exports. */
async function locateLatest(input: Input, ofWiki: Folder): Promise<LocatedDump> {
  if (ofWiki.parent().name.startsWith('mediawiki_content')) return locateExport(input, await latestExport(ofWiki))
  return locateDump(input, await latestDump(ofWiki, neededJobs))
}

async function locateExport(input: Input, folder: Folder): Promise<LocatedDump> {
  const offer = await exportOffer(folder)
  return assemble(input, offer.shards, offer)
}

async function locateDump(input: Input, folder: Folder): Promise<LocatedDump> {
  const offer = await dumpOffer(folder, neededJobs)
  const articles = bestArticles(
    namedFiles(offer.published.keys()).filter(({ name }) => name.wiki === (input.wiki ?? name.wiki)),
  )
  if (articles.length === 0) {
    throw new ConfigError('DUMP_NOT_FOUND', 'the server lists no articles of a dump there', {
      at: { url: folder.address },
      hint: 'Give the folder of a dump, such as https://dumps.wikimedia.org/kowiki/20260901/, or the URL of a file.',
    })
  }
  return assemble(input, articles, offer)
}

/** A single file; with the name of a dump's file, its index and the tables beside it belong to it. */
async function locateFile(input: Input, url: URL, http: Http): Promise<LocatedDump> {
  const name = nameOf(url)
  const parsed = parseDumpName(name)
  if (parsed !== undefined && parsed.kind !== 'articles') {
    throw new ConfigError('LOCATION_NO_ARTICLES', 'the file holds no articles', {
      at: { url: shown(url.href) },
      hint: 'Name the pages-articles file or the folder; the tables and the index beside it are found by themselves.',
    })
  }
  const offer = await offerBeside(remoteFolder(new URL('.', url), http), parsed)
  if (parsed !== undefined) return assemble(input, [{ file: name, name: parsed }], offer)
  const file: WantedFile = { ...wantedOf(offer, name), origin: { kind: 'url', url: url.href } }
  const wiki = input.wiki ?? wikiOfName(name) ?? `${input.language.replaceAll('-', '_')}wiki`
  return { wiki, language: input.language, date: dateOf(undefined), articles: [{ file }] }
}

async function offerBeside(folder: Folder, name: NamedFile['name'] | undefined): Promise<Offer> {
  if (name?.source !== 'content-export') return dumpOffer(folder, [], name)
  const lists = await readLists(folder, [exportSums])
  return { folder, lists, published: gatherPublished(lists) }
}

function assemble(input: Input, articles: readonly NamedFile[], offer: Offer): LocatedDump {
  const { wiki = '', date = '' } = articles[0]?.name ?? {}
  const fileNames = new Set(offer.published.keys())
  const wanted = (name: string) => wantedOf(offer, name)
  const [langlinks, pages] = ['langlinks', 'page'].map((kind) => filesOfKind(kind, articles, fileNames)[0])
  return {
    wiki: input.wiki ?? wiki,
    language: input.language,
    date: dateOf(date),
    articles: articles.map(({ file, name }) => {
      const index = indexNameOf({ file, name })
      return { file: wanted(file), ...(index !== undefined && fileNames.has(index) && { index: wanted(index) }) }
    }),
    ...(langlinks !== undefined &&
      pages !== undefined && { langlinks: { table: wanted(langlinks), pages: wanted(pages) } }),
  }
}
