/** What pages speak of, by language and title: left to the next update. */
import type { KeptTables, ScratchTable } from '../../runtime/ports.ts'
import type { PageMentions } from '../../schemas/types.ts'

export class KeptMentions {
  private readonly pages: ScratchTable<readonly PageMentions[]>

  constructor(tables: KeptTables) {
    this.pages = tables.table('mentions')
  }

  add(page: PageMentions): void {
    this.pages.put(keyOf(page), [...this.allOf(keyOf(page)), page])
  }

  /** Takes one of these pages back. */
  remove(page: PageMentions): void {
    const pages = this.allOf(keyOf(page))
    const text = JSON.stringify(page)
    const at = pages.findIndex((one) => JSON.stringify(one) === text)
    const rest = pages.filter((_, index) => index !== at)
    this.pages.put(keyOf(page), rest.length > 0 ? rest : null)
  }

  /** Of two pages of one title, as a move in the middle of a dump leaves them, the younger speaks, whichever comes first. */
  get(language: string, title: string): PageMentions | undefined {
    return this.allOf(keyOf({ language, title })).reduce<PageMentions | undefined>(
      (younger, page) => (younger === undefined || younger.pageId < page.pageId ? page : younger),
      undefined,
    )
  }

  private allOf(key: string): readonly PageMentions[] {
    return this.pages.get(key) ?? []
  }
}

function keyOf({ language, title }: Pick<PageMentions, 'language' | 'title'>): string {
  return `${language}\t${title}`
}
