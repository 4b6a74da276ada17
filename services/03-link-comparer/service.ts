/**
 * Whether the two wikis agree: 물 → Water beside Water → 물. Links of Wikidata pass, as an item leads to both pages at once.
 * Tables on disk hold all links, so memory does not grow with the wikis.
 */
import type { ScratchTable } from '../../runtime/ports.ts'
import { dropped, emit, stream } from '../../runtime/service.ts'
import type { PageName } from '../../schemas/types.ts'
import { languageOfWiki } from '../../wiki/site.ts'
import { settings } from './settings.ts'

type Links = ScratchTable<PageName>
/** Who says to be the mate of a page: one page of the other wiki, or `''` where several do. */
type Claims = ScratchTable<string>

export default stream('link-comparer', { settings, ports: ['scratch'] }, async function* (events, { scratch }) {
  const links: Links = scratch.table('links')
  const claims: Claims = scratch.table('claims')
  /** Wiki by language, of the wikis whose own links are here. */
  const wikis = new Map<string, string>()
  for await (const { value } of events) {
    links.put(keyOf(value.rule, value.wiki, value.title), value)
    if (value.rule === 'wikidata') continue
    wikis.set(languageOfWiki(value.wiki), value.wiki)
    const claim = keyOf(value.nameLanguage, value.wiki, value.name)
    const other = claims.get(claim)
    claims.put(claim, other === undefined || other === value.title ? value.title : '')
  }
  for (const { value: link } of links.entries()) {
    if (link.rule === 'wikidata') {
      yield emit.pageNames({ ...link, detail: 'mutual' })
      continue
    }
    const there = wikis.get(link.nameLanguage)
    const agreement = there === undefined ? 'unknown' : agreementOf(link, there, links, claims)
    if (agreement === 'conflict') yield dropped('conflicting_mates')
    else {
      yield emit.pageNames({ ...link, detail: agreement === 'unknown' ? '' : agreement })
      // The page there does not say so itself, and its names need a mate as well.
      if (agreement === 'one_sided') yield emit.pageNames({ ...seenFromThere(link, there!), detail: agreement })
    }
  }
})

function agreementOf(link: PageName, there: string, links: Links, claims: Claims): 'mutual' | 'one_sided' | 'conflict' {
  const back = links.get(keyOf('langlink', there, link.name))
  if (back !== undefined) return back.name === link.title ? 'mutual' : 'conflict'
  return claims.get(keyOf(link.nameLanguage, link.wiki, link.name)) === '' ? 'conflict' : 'one_sided'
}

function seenFromThere(link: PageName, wiki: string): PageName {
  return { ...link, wiki, title: link.name, name: link.title, nameLanguage: languageOfWiki(link.wiki) }
}

function keyOf(...parts: string[]): string {
  return parts.join('\t')
}
