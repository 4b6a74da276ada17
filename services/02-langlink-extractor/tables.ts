/** Links that a wiki's own langlinks table has, by the titles of its page table. */
import { BadEventError } from '../../runtime/errors.ts'
import type { FileStore } from '../../runtime/ports.ts'
import { type DropReason, dropped, emit, type Outcome } from '../../runtime/service.ts'
import type { DumpFile } from '../../schemas/types.ts'
import { siteOf, wikiOfLanguage } from '../../wiki/site.ts'
import { langlinkRuns, type PageRow, pageRuns, type TableOptions } from '../../wiki/tables.ts'
import { whyNotLinked } from './titles.ts'

/** Memory holds the links to one language (a few hundred thousand); the page table streams past them. */
export async function* tableLinks(
  dump: DumpFile,
  mate: string,
  files: FileStore,
  options: TableOptions,
): AsyncIterable<Outcome<'page-links'>> {
  if (dump.pageTableAddress === null) {
    throw new BadEventError('PAGE_TABLE_MISSING', 'langlinks name pages by id: the page table is needed too', {
      at: { file: dump.address, wiki: dump.wiki },
      hint: 'Put the -page.sql.gz of the same dump beside it.',
    })
  }
  const there = siteOf(undefined, { wiki: wikiOfLanguage(mate) })
  const here = siteOf(undefined, { wiki: dump.wiki })
  const mates = new Map<number, string>()
  for await (const rows of langlinkRuns(files.path(dump.address), { ...options, languages: [mate] })) {
    for (const { pageId, title } of rows) {
      const reason = whyNotLinked(title, there)
      if (reason) yield dropped(reason)
      else mates.set(pageId, title)
    }
  }
  for await (const rows of pageRuns(files.path(dump.pageTableAddress), { ...options, ids: mates })) {
    for (const page of rows) {
      const name = mates.get(page.pageId)
      if (name === undefined) continue
      mates.delete(page.pageId)
      const reason = whyNotPage(page) ?? whyNotLinked(page.title, here)
      if (reason) yield dropped(reason)
      else yield linkOf(page, name, mate, dump.wiki)
    }
  }
  if (mates.size > 0) yield dropped('unknown_page', mates.size)
}

function linkOf(page: PageRow, name: string, nameLanguage: string, wiki: string): Outcome<'page-links'> {
  return emit.pageLinks({
    wiki,
    title: page.title,
    name,
    nameLanguage,
    rule: 'langlink',
    count: 1,
    share: null,
    evidenceWiki: wiki,
    evidencePageId: page.pageId,
    evidenceRevisionId: page.latestRevisionId,
    written: '',
    offset: null,
    detail: '',
  })
}

/** A redirect may keep the link that it had as an article. */
function whyNotPage({ namespace, isRedirect }: PageRow): DropReason | undefined {
  if (namespace !== 0) return 'other_namespace'
  return isRedirect ? 'other_kind_of_page' : undefined
}
