/** Real pages of ../shared/data/wiki-dumps, and what the benches need to write them as a dump again. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decompressRange } from '../../wiki/bz2.ts'
import { pagesOf, type RawPage } from '../../wiki/pages.ts'
import { type Site, siteOf } from '../../wiki/site.ts'
import { readSiteinfo } from '../../wiki/streams.ts'

export interface RealWiki {
  /** Database name such as `kowiki`. */
  readonly wiki: string
  readonly site: Site
  readonly pages: readonly RawPage[]
}

/** The headers of the Berlin files name enwiki; the pages are those of the wikis here. */
const realFiles: readonly { readonly file: string; readonly wiki: string }[] = [
  { file: 'enwiki-206pages.xml.bz2', wiki: 'enwiki' },
  { file: 'kowiki-berlin.xml.bz2', wiki: 'kowiki' },
  { file: 'jawiki-berlin.xml.bz2', wiki: 'jawiki' },
  { file: 'zhwiki-berlin.xml.bz2', wiki: 'zhwiki' },
  { file: 'ltgwiki-2017-full.xml.bz2', wiki: 'ltgwiki' },
]
const maxPageBytes = 64 << 20

export const sharedDumps = fileURLToPath(new URL('../../../shared/data/wiki-dumps/', import.meta.url))

/** The wikis whose file is there, in the order above. Throws where a page cannot be read: these are known to be good. */
export async function realWikis(folder = sharedDumps): Promise<RealWiki[]> {
  const wikis: RealWiki[] = []
  for (const { file, wiki } of realFiles) {
    const path = join(folder, file)
    if (existsSync(path)) wikis.push(await readWiki(path, wiki))
  }
  return wikis
}

/** A dump file as a whole; `wiki` overrules its header. */
export async function readWiki(file: string, wiki?: string): Promise<RealWiki> {
  const site = siteOf(await readSiteinfo(file), { wiki })
  const pages: RawPage[] = []
  for await (const outcome of pagesOf(decompressRange(file), { file, byteOffset: 0, maxPageBytes })) {
    if (outcome.kind === 'bad') throw outcome.error
    pages.push(outcome.page)
  }
  return { wiki: site.wiki, site, pages }
}

/** The pages that hold an article's text: of the first namespace, in wikitext, no redirect. */
export function articlePages({ pages }: RealWiki): RawPage[] {
  return pages.filter(
    ({ namespace, model, redirectTitle, text }) =>
      namespace === 0 && model === 'wikitext' && redirectTitle === undefined && text.trim() !== '',
  )
}
