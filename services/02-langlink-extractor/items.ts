/** Links by way of Wikidata: two pages are about the same thing where the same item leads to both. */
import type { LanguagePair } from '../../language/pair.ts'
import { dropped, emit, type Outcome } from '../../runtime/service.ts'
import { siteOf, wikiOfLanguage } from '../../wiki/site.ts'
import { sitelinkRuns, type TableOptions } from '../../wiki/tables.ts'
import { whyNotLinked } from './titles.ts'

/**
 * Each link once for either page; the item is the evidence. The table is read once for each wiki: memory holds the titles
 * of the pair's first language, which had better be that of the smaller wiki.
 */
export async function* itemLinks(
  file: string,
  [left, right]: LanguagePair,
  options: TableOptions,
): AsyncIterable<Outcome<'page-links'>> {
  const [here, there] = [
    siteOf(undefined, { wiki: wikiOfLanguage(left) }),
    siteOf(undefined, { wiki: wikiOfLanguage(right) }),
  ]
  const titles = new Map<number, string>()
  for await (const rows of sitelinkRuns(file, here.wiki, options)) {
    for (const { item, title } of rows) {
      const reason = whyNotLinked(title, here)
      if (reason) yield dropped(reason)
      else titles.set(item, title)
    }
  }
  for await (const rows of sitelinkRuns(file, there.wiki, options)) {
    for (const { item, title } of rows) {
      const mate = titles.get(item)
      if (mate === undefined) continue
      titles.delete(item)
      const reason = whyNotLinked(title, there)
      if (reason) yield dropped(reason)
      else {
        yield link(here.wiki, mate, title, right, item)
        yield link(there.wiki, title, mate, left, item)
      }
    }
  }
  if (titles.size > 0) yield dropped('no_mate', titles.size)
}

function link(wiki: string, title: string, name: string, nameLanguage: string, item: number): Outcome<'page-links'> {
  return emit.pageLinks({
    wiki,
    title,
    name,
    nameLanguage,
    rule: 'wikidata',
    count: 1,
    share: null,
    evidenceWiki: 'wikidatawiki',
    evidencePageId: item,
    evidenceRevisionId: 0,
    written: '',
    offset: null,
    detail: '',
  })
}
