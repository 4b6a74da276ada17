/** Names of a page beside its title: what redirects, bold words, links and infoboxes call it. */
import { createHash } from 'node:crypto'
import type { LanguagePair } from '../language/pair.ts'
import { foldTitle } from '../language/title.ts'
import type { PairTable } from './links.ts'
import type { JudgedPages, Page } from './pages.ts'

export interface Alias {
  readonly text: string
  /** Pages that are called so, by title. One of them may bear it as its title. */
  readonly pages: readonly Page[]
}

/**
 * The aliases of each language that the pairs give to judged pages, by code point; spellings of one key are one alias. At most
 * `count` a language, drawn by the seed.
 */
export function aliasesOf(
  pairs: PairTable,
  pages: JudgedPages,
  { languages, count, seed }: { readonly languages: LanguagePair; readonly count: number; readonly seed: number },
): ReadonlyMap<string, readonly Alias[]> {
  const byLanguage = new Map(languages.map((language) => [language, new AliasList(pages.of(language))]))
  for (const { value } of pairs.entries()) {
    for (const { leftTitle, rightTitle } of value.evidence) {
      byLanguage.get(value.left.language)?.add(value.left.surface, leftTitle)
      byLanguage.get(value.right.language)?.add(value.right.surface, rightTitle)
    }
  }
  return new Map([...byLanguage].map(([language, list]) => [language, drawn(list.aliases(), count, seed)]))
}

class AliasList {
  private readonly byTitle: ReadonlyMap<string, Page>
  private readonly byName = new Map<string, Page[]>()
  private readonly found = new Map<string, { text: string; pages: Set<Page> }>()

  constructor(pages: readonly Page[]) {
    this.byTitle = new Map(pages.map((page) => [page.title, page]))
    for (const page of pages) this.byName.set(page.nameKey, [...(this.byName.get(page.nameKey) ?? []), page])
  }

  add(surface: string, title: string): void {
    const page = this.byTitle.get(title)
    const key = foldTitle(surface)
    if (!page || key === page.nameKey || key === '') return
    const alias = this.found.get(key) ?? { text: surface, pages: new Set(this.byName.get(key)) }
    this.found.set(key, alias)
    alias.pages.add(page)
    // Whatever order the pairs come in, the same spelling stays.
    if (surface < alias.text) alias.text = surface
  }

  aliases(): Alias[] {
    const byTitle = (a: Page, b: Page): number => (a.title < b.title ? -1 : 1)
    return [...this.found.values()]
      .map(({ text, pages }) => ({ text, pages: [...pages].sort(byTitle) }))
      .sort((a, b) => (a.text < b.text ? -1 : 1))
  }
}

function drawn(aliases: readonly Alias[], count: number, seed: number): readonly Alias[] {
  if (aliases.length <= count) return aliases
  const place = ({ text }: Alias): string => createHash('sha256').update(`${seed}:${text}`).digest('hex')
  const placed = aliases.map((alias) => ({ alias, place: place(alias) }))
  const limit = placed.map(({ place }) => place).sort()[count]!
  return placed.filter(({ place }) => place < limit).map(({ alias }) => alias)
}
