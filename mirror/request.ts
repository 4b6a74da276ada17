/** A dump as somebody asks for it by name, and the files on a mirror that it means. */
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { filesOfKind, jobsOfKind, namedFiles } from '../wiki/dump-names.ts'
import { hasChecksum } from './checksums.ts'
import { cirrusDates, cirrusFolder, cirrusOffer, latestCirrus } from './cirrus-index.ts'
import { exportOffer, exportsOf, latestExport, shardFolder } from './content-export.ts'
import type { WantedFile } from './dump.ts'
import type { Folder } from './folder.ts'
import { type Offer, type PublishedList, placeOf, wantedOf } from './offer.ts'
import { dumpOffer, latestDump } from './xml-dump.ts'

/**
 * dump: the XML and SQL dumps. content-export: MediaWiki Content File Exports. cirrus: the weekly dumps of the search
 * index, which hold rendered text.
 */
const dumpSources = ['dump', 'content-export', 'cirrus'] as const
export type DumpSource = (typeof dumpSources)[number]

export const defaultMirror = 'https://dumps.wikimedia.org/'
/** What naru reads of a dump. */
export const defaultKinds = ['articles-multistream', 'langlinks', 'page', 'redirect'] as const

export interface DumpRequest {
  /** Database name such as kowiki. */
  readonly wiki: string
  readonly source: DumpSource
  /** `YYYYMMDD`, or `latest` for the newest that is complete. */
  readonly date: string
  /** Kinds of files, for the source dump. */
  readonly kinds: readonly string[]
  /** Accept files of a dump for which no checksum is published. */
  readonly allowUnverified: boolean
}

export interface ChosenDump {
  readonly wiki: string
  readonly source: DumpSource
  /** `YYYYMMDD`. */
  readonly date: string
  /** The folder on the mirror. */
  readonly from: string
  /** Where it goes, below the folder of all downloads. */
  readonly folder: string
  readonly files: readonly WantedFile[]
  /** To be written when all files are in place, in this order, so that the folder verifies itself later. */
  readonly lists: readonly PublishedList[]
}

/** Finds the dump on the mirror with that root. Throws ConfigError or FatalError, before anything is fetched. */
export function chooseDump(request: DumpRequest, root: Folder): Promise<ChosenDump> {
  switch (request.source) {
    case 'dump':
      return chooseXmlDump(request, root)
    case 'content-export':
      return chooseExport(request, root)
    case 'cirrus':
      return chooseIndex(request, root)
  }
}

async function chooseXmlDump({ wiki, date, kinds, allowUnverified }: DumpRequest, root: Folder): Promise<ChosenDump> {
  const ofWiki = root.child(wiki)
  const jobs = kinds.flatMap(jobsOfKind)
  const folder = date === 'latest' ? await latestDump(ofWiki, jobs) : ofWiki.child(date)
  const offer = await dumpOffer(folder, jobs, { wiki, date: folder.name })
  if (offer.published.size === 0) {
    throw new ConfigError('DUMP_NOT_FOUND', 'the mirror has no lists of the files of this dump', {
      at: placeOf(folder),
      hint: `Check the wiki (a database name such as kowiki), the date and the mirror, or take --date latest; old dumps are removed after some months.`,
    })
  }
  const files = kinds.flatMap((kind) => filesOf(kind, wiki, offer)).map((name) => wantedOf(offer, name))
  refuseUnverifiable(files, allowUnverified, folder)
  return { ...chosen('dump', wiki, folder.name, folder.name, offer), files }
}

function filesOf(kind: string, wiki: string, { folder, published }: Offer): string[] {
  const names = new Set(published.keys())
  const ofWiki = namedFiles(names).filter(({ name }) => name.wiki === wiki)
  const files = filesOfKind(kind, ofWiki, names)
  if (files.length > 0) return files
  const tables = [...names].flatMap((name) => /^[a-z0-9_]+-\d{8}-([a-z_]+)\.sql\.gz$/.exec(name)?.[1] ?? [])
  const kinds = ['articles-multistream', 'articles'].filter((each) => filesOfKind(each, ofWiki, names).length > 0)
  throw new ConfigError('KIND_MISSING', `the dump has no ${kind}`, {
    at: placeOf(folder),
    hint: `It has ${[...kinds, ...tables.sort()].join(', ')}.`,
  })
}

function refuseUnverifiable(files: readonly WantedFile[], allowed: boolean, folder: Folder): void {
  const unverifiable = files.find(({ published }) => !hasChecksum(published))
  if (allowed || unverifiable === undefined) return
  throw new FatalError('CHECKSUM_MISSING', `the mirror publishes no checksum of ${unverifiable.name}`, {
    at: placeOf(folder),
    hint: 'Take another mirror, or --allow-unverified.',
  })
}

async function chooseExport({ wiki, date }: DumpRequest, root: Folder): Promise<ChosenDump> {
  const ofWiki = exportsOf(root, wiki)
  const dashed = date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const folder = date === 'latest' ? await latestExport(ofWiki) : shardFolder(ofWiki.child(dashed))
  const offer = await exportOffer(folder)
  const found = folder.parent().parent().name
  const files = offer.shards.map(({ file }) => wantedOf(offer, file))
  return { ...chosen('content-export', wiki, found.replaceAll('-', ''), found, offer), files }
}

async function chooseIndex({ wiki, date }: DumpRequest, root: Folder): Promise<ChosenDump> {
  const dates = cirrusDates(root)
  const folder = date === 'latest' ? await latestCirrus(dates, wiki) : cirrusFolder(dates.child(date), wiki)
  const offer = await cirrusOffer(folder)
  const found = folder.parent().name
  const files = offer.shards.map((name) => wantedOf(offer, name))
  return { ...chosen('cirrus', wiki, found, `cirrus-${found}`, offer), files }
}

function chosen(source: DumpSource, wiki: string, date: string, last: string, { folder, lists }: Offer) {
  return { source, wiki, date, folder: `${wiki}/${last}`, from: folder.address, lists }
}
