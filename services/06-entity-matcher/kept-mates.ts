/** Which pages are mates, by the links that count: what is left to the next update, with what must be known to change it. */
import { mateOf } from '../../language/mate.ts'
import { type LanguagePair, mateLanguage } from '../../language/pair.ts'
import type { KeptTables, ScratchTable } from '../../runtime/ports.ts'
import type { PageName } from '../../schemas/types.ts'
import { languageOfWiki } from '../../wiki/site.ts'
import type { Mates } from './matches.ts'

export class KeptMates implements Mates {
  /** How many events say `language\ttitle\trule\tname`. */
  private readonly links: ScratchTable<number>
  /** Titles of the right by those of the left. */
  private readonly mates: ScratchTable<string>
  /** Of several pages on the left that have one mate the last, by the title of the mate. */
  private readonly titles: ScratchTable<string>
  /** `mate\ttitle`, of all pages on the left that have a mate. */
  private readonly titlesByMate: ScratchTable<true>
  private readonly languages: LanguagePair

  constructor(tables: KeptTables, languages: LanguagePair) {
    this.links = tables.table('links')
    this.mates = tables.table('mates')
    this.titles = tables.table('titles')
    this.titlesByMate = tables.table('titles by mate')
    this.languages = languages
  }

  rightOf(left: string): string | undefined {
    return this.mates.get(left)
  }

  leftOf(right: string): string | undefined {
    return this.titles.get(right)
  }

  /** Titles on the left with their mates, in the order of the titles. */
  entries(): Iterable<{ readonly key: string; readonly value: string }> {
    return this.mates.entries()
  }

  /** Titles on the left that have this mate. */
  *leftsOf(mate: string): Iterable<string> {
    for (const { key } of this.titlesByMate.entries({ from: `${mate}\t`, to: `${mate}\n` })) {
      yield key.slice(mate.length + 1)
    }
  }

  /** Counts a link, or takes one back. Returns the title whose mate may be another by it. */
  count({ wiki, title, rule, name, nameLanguage }: PageName, by: 1 | -1): string | undefined {
    const language = languageOfWiki(wiki)
    if (mateLanguage(this.languages, nameLanguage) === undefined) return undefined
    const key = [language, title, rule, name].join('\t')
    const count = (this.links.get(key) ?? 0) + by
    this.links.put(key, count === 0 ? null : count)
    return language === this.languages[0] ? title : undefined
  }

  /** Settles the mates of all pages, of which none has been settled as yet. */
  settleAll(): void {
    const [left] = this.languages
    let title: string | undefined
    for (const { key } of this.links.entries({ from: `${left}\t`, to: `${left}\n` })) {
      const own = key.split('\t')[1]
      if (own === title) continue
      title = own
      if (title !== undefined) this.settle(title)
    }
  }

  /** Settles the mate of a page on the left by the links that count now. Returns the mates that it had and has, where they are others. */
  settle(title: string): { readonly before: string | undefined; readonly now: string | undefined } | undefined {
    const [before, now] = [this.mates.get(title), this.mateByLinks(title)]
    if (before === now) return undefined
    this.mates.put(title, now ?? null)
    if (before !== undefined) this.titlesByMate.put(`${before}\t${title}`, null)
    if (now !== undefined) this.titlesByMate.put(`${now}\t${title}`, true)
    return { before, now }
  }

  /** Settles which page on the left is the mate of one on the right. Returns whether it is another. */
  settleRight(mate: string): boolean {
    const before = this.titles.get(mate)
    const now = [...this.leftsOf(mate)].at(-1)
    this.titles.put(mate, now ?? null)
    return before !== now
  }

  settleAllRights(): void {
    for (const { key: title, value: mate } of this.mates.entries()) this.titles.put(mate, title)
  }

  private mateByLinks(title: string): string | undefined {
    const names: Pick<PageName, 'rule' | 'name'>[] = []
    const from = `${this.languages[0]}\t${title}\t`
    for (const { key } of this.links.entries({ from, to: `${from.slice(0, -1)}\n` })) {
      const [rule, name] = key.slice(from.length).split('\t')
      names.push({ rule: rule as PageName['rule'], name: name ?? '' })
    }
    const mate = mateOf(names)
    return typeof mate === 'string' ? undefined : mate.title
  }
}
