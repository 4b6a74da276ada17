/** All links that the wikis make, and what they agree on. Tables on disk hold them, so memory does not grow with the wikis. */
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { PageName } from '../../schemas/types.ts'
import { languageOfWiki } from '../../wiki/site.ts'
import type { Statement } from './kept-statements.ts'

export class Links {
  private readonly links: ScratchTable<PageName>
  /** Who says to be the mate of a page: one page of the other wiki, or `''` where several do. */
  private readonly claims: ScratchTable<string>
  /** Wiki by language, of the wikis whose own links are here. */
  private readonly wikis = new Map<string, string>()

  constructor(scratch: Scratch) {
    this.links = scratch.table('links')
    this.claims = scratch.table('claims')
  }

  add(link: PageName): void {
    this.links.put(keyOf(link.rule, link.wiki, link.title), link)
    if (link.rule === 'wikidata') return
    this.wikis.set(languageOfWiki(link.wiki), link.wiki)
    const claim = keyOf(link.nameLanguage, link.wiki, link.name)
    const other = this.claims.get(claim)
    this.claims.put(claim, other === undefined || other === link.title ? link.title : '')
  }

  has(key: string): boolean {
    return this.links.get(key) !== undefined
  }

  /** What is to be said of each link, in the order of their keys. */
  *statements(): Iterable<readonly [key: string, statement: Statement]> {
    for (const { key, value: link } of this.links.entries()) yield [key, this.statementOf(link)]
  }

  private statementOf(link: PageName): Statement {
    if (link.rule === 'wikidata') return [{ ...link, detail: 'mutual' }]
    const there = this.wikis.get(link.nameLanguage)
    if (there === undefined) return [{ ...link, detail: '' }]
    const agreement = this.agreementOn(link, there)
    if (agreement === 'conflict') return []
    const own = { ...link, detail: agreement }
    // The page there does not say so itself, and its names need a mate as well.
    return agreement === 'one_sided' ? [own, { ...seenFromThere(link, there), detail: agreement }] : [own]
  }

  private agreementOn(link: PageName, there: string): 'mutual' | 'one_sided' | 'conflict' {
    const back = this.links.get(keyOf('langlink', there, link.name))
    if (back !== undefined) return back.name === link.title ? 'mutual' : 'conflict'
    return this.claims.get(keyOf(link.nameLanguage, link.wiki, link.name)) === '' ? 'conflict' : 'one_sided'
  }
}

function seenFromThere(link: PageName, wiki: string): PageName {
  return { ...link, wiki, title: link.name, name: link.title, nameLanguage: languageOfWiki(link.wiki) }
}

function keyOf(...parts: string[]): string {
  return parts.join('\t')
}
