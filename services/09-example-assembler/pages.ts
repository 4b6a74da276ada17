/** The pages of the input, as far as examples are made of them, by title and by the key of their event. */
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { Article } from '../../schemas/types.ts'
import { passageOf } from '../../search/passage.ts'

export interface PageSettings {
  readonly languages: readonly [string, string]
  readonly passageCharacters: number
}

export interface Page {
  readonly language: string
  readonly title: string
  /** Why it is no document, whatever the clusters are. */
  readonly leftOut: DropReason | null
  readonly lead: string
  /** The titles that it links to, each between two line feeds. */
  readonly links: string
}

export interface PageTitle {
  readonly language: string
  readonly title: string
}

const pageIdDigits = 10

export class Pages {
  /** By language, title and page id. */
  readonly #pages: ScratchTable<Page>
  /** By the key of its event: the key of the page. */
  readonly #keys: ScratchTable<string>
  readonly #settings: PageSettings

  constructor(tables: Pick<Scratch, 'table'>, settings: PageSettings) {
    this.#pages = tables.table('pages')
    this.#keys = tables.table('pages by event')
    this.#settings = settings
  }

  /** In place of what the event of this key said before. */
  put(eventKey: string, article: Article): void {
    const key = `${article.language}\t${article.title}\t${String(article.pageId).padStart(pageIdDigits, '0')}`
    const before = this.#keys.get(eventKey)
    if (before !== undefined && before !== key) this.#pages.put(before, null)
    this.#pages.put(key, pageOf(article, this.#settings))
    this.#keys.put(eventKey, key)
  }

  remove(eventKey: string): void {
    const key = this.#keys.get(eventKey)
    if (key !== undefined) this.#pages.put(key, null)
    this.#keys.put(eventKey, null)
  }

  /** What the event of this key is of. */
  titleAt(eventKey: string): PageTitle | undefined {
    const key = this.#keys.get(eventKey)
    return key === undefined ? undefined : titleOf(key)
  }

  *events(): Iterable<{ readonly key: string; readonly page: PageTitle }> {
    for (const { key, value } of this.#keys.entries()) yield { key, page: titleOf(value) }
  }

  /** Of two pages of one title, as a move in the middle of a dump leaves them, the younger counts, whichever comes first. */
  of({ language, title }: PageTitle): Page | undefined {
    let youngest: Page | undefined
    const range = { from: `${language}\t${title}\t`, to: `${language}\t${title}\n` }
    for (const { value } of this.#pages.entries(range)) youngest = value
    return youngest
  }

  /** The one that counts of each title, in the order of languages and titles. */
  *[Symbol.iterator](): Iterator<Page> {
    let last: Page | undefined
    for (const { value } of this.#pages.entries()) {
      if (last && (last.title !== value.title || last.language !== value.language)) yield last
      last = value
    }
    if (last) yield last
  }
}

/** Pages under one key have one name to a reader. */
export function nameKeyOf(title: string): string {
  return foldTitle(splitQualifier(title).name)
}

function pageOf(article: Article, { languages, passageCharacters }: PageSettings): Page {
  const { language, title, lead } = article
  const leftOut = whyLeftOut(article, languages)
  if (leftOut !== null) return { language, title, leftOut, lead: '', links: '' }
  const links = article.links.flatMap(({ target }) => (target.includes('\n') ? [] : [target]))
  return { language, title, leftOut, lead: passageOf(lead, passageCharacters), links: `\n${links.join('\n')}\n` }
}

function whyLeftOut({ language, kind, lead }: Article, languages: readonly string[]): DropReason | null {
  if (!languages.includes(language)) return 'other_language'
  return kind === 'redirect' || kind === 'disambiguation' || lead === '' ? 'other_kind_of_page' : null
}

function titleOf(key: string): PageTitle {
  const [language = '', title = ''] = key.split('\t')
  return { language, title }
}
