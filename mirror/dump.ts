/** A dump as it was located, before any of its files was fetched. Plain data, so that it can be recorded. */
import { z } from 'zod'
import { published } from './checksums.ts'

const origin = z.discriminatedUnion('kind', [
  /** An absolute path. */
  z.object({ kind: z.literal('path'), path: z.string() }),
  z.object({ kind: z.literal('url'), url: z.string() }),
])
export type Origin = z.output<typeof origin>

const wantedFile = z.object({ name: z.string(), origin, published })
export type WantedFile = z.output<typeof wantedFile>

export const locatedDump = z.object({
  wiki: z.string(),
  language: z.string(),
  /** YYYYMMDD, or `undated`. */
  date: z.string(),
  /** In the order of their parts. */
  articles: z.array(z.object({ file: wantedFile, index: wantedFile.optional() })),
  /** The table of interlanguage links, with the page table without which its ids mean nothing. */
  langlinks: z.object({ table: wantedFile, pages: wantedFile }).optional(),
  /** The table wb_items_per_site; such a dump has nothing else. */
  items: wantedFile.optional(),
})
export type LocatedDump = z.output<typeof locatedDump>

/** Every file of the dump, in the order of the events. */
export function filesOf({ articles, langlinks, items }: LocatedDump): WantedFile[] {
  return [
    ...articles.flatMap(({ file, index }) => (index === undefined ? [file] : [file, index])),
    ...(langlinks === undefined ? [] : [langlinks.table, langlinks.pages]),
    ...(items === undefined ? [] : [items]),
  ]
}

/** Folder of the dump in the file store. */
export function folderOf({ wiki, date }: Pick<LocatedDump, 'wiki' | 'date'>): string {
  return `wikipedia/dumps/${wiki}/${date}`
}

export function dateOf(date: string | undefined): string {
  return date !== undefined && /^\d{8}$/.test(date) ? date : 'undated'
}

/** The wiki that a file of a name of its own says it is of: kowiki-berlin.xml.bz2 is of kowiki. */
export function wikiOfName(fileName: string): string | undefined {
  return /^([a-z][a-z0-9_]*(?:wiki|wiktionary|wikiquote|wikisource|wikibooks|wikinews|wikivoyage|wikiversity))[-.]/.exec(
    fileName,
  )?.[1]
}
