/** Passages (leads) and names of each language, on disk. Pages of held-out clusters are not among them. */
import { foldTitle, splitQualifier } from '../../language/title.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { DropReason } from '../../runtime/service.ts'
import type { Article, Split } from '../../schemas/types.ts'
import { passageOf } from '../../search/passage.ts'
import { Recent } from '../../search/passages/recent.ts'
import { termKey } from '../../search/passages/term-key.ts'
import type { ClusterPage, ClusterPages, HeldOutNames } from './cluster-pages.ts'

export interface CorpusSettings {
  readonly languages: readonly [string, string]
  readonly passageCharacters: number
}

export type TextKind = 'lead' | 'name'

export interface Document {
  readonly title: string
  readonly lead: string
  readonly name: string
  /** Null, as its group, for a page without a mate. */
  readonly cluster: string | null
  readonly group: string | null
  readonly split: Split
  /** The name, folded: pages under one key have one name to a reader. */
  readonly nameKey: string
}

/** Candidates are looked at several times, one after another. */
const documentsInMemory = 1_000
const numberDigits = 10

/** The documents of one language, numbered in the order of their titles. */
export class Documents {
  readonly language: string
  #size = 0
  readonly #byNumber: ScratchTable<Document>
  readonly #numbers: ScratchTable<number>
  /** By number: the titles that the page links to, each between two line feeds. */
  readonly #links: ScratchTable<string>
  readonly #recent = new Recent<number, Document>(documentsInMemory, () => 1)

  constructor(language: string, scratch: Pick<Scratch, 'table'>) {
    this.language = language
    this.#byNumber = scratch.table(`documents/${language}`)
    this.#numbers = scratch.table(`numbers/${language}`)
    this.#links = scratch.table(`links/${language}`)
  }

  get size(): number {
    return this.#size
  }

  /** @param links titles, none with a line feed. */
  add(document: Document, links: readonly string[]): void {
    const key = keyOf(this.#size)
    this.#byNumber.put(key, document)
    this.#links.put(key, `\n${links.join('\n')}\n`)
    this.#numbers.put(termKey(document.title), this.#size++)
  }

  /** @param number below `size`. */
  at(number: number): Document {
    return this.#recent.get(number, () => this.#byNumber.get(keyOf(number))!)
  }

  /** Undefined where the page is no document. */
  numberOf(title: string): number | undefined {
    return this.#numbers.get(termKey(title))
  }

  /** A test for titles: whether the page links to them. */
  linksOf(number: number): (title: string) => boolean {
    const links = this.#links.get(keyOf(number))!
    return (title) => links.includes(`\n${title}\n`)
  }

  *[Symbol.iterator](): Iterator<Document> {
    for (const { value } of this.#byNumber.entries()) yield value
  }
}

export class Corpus {
  /** Articles that are not in the corpus, by reason. */
  readonly dropped: ReadonlyMap<DropReason, number>
  readonly pages: ClusterPages
  readonly #documents: ReadonlyMap<string, Documents>

  static of(
    articles: ScratchTable<Article>,
    pages: ClusterPages,
    heldOut: HeldOutNames,
    settings: CorpusSettings,
    scratch: Pick<Scratch, 'table'>,
  ): Corpus {
    const dropped = new Map<DropReason, number>()
    const documents = new Map(settings.languages.map((language) => [language, new Documents(language, scratch)]))
    for (const { value: article } of articles.entries()) {
      const page = pages.of(article.language, article.title)
      const ofLanguage = documents.get(article.language)
      const reason = ofLanguage ? whyLeftOut(article, page, heldOut) : 'other_language'
      if (reason) dropped.set(reason, (dropped.get(reason) ?? 0) + 1)
      else {
        const links = article.links.flatMap(({ target }) => (target.includes('\n') ? [] : [target]))
        ofLanguage!.add(documentOf(article, page, settings.passageCharacters), links)
      }
    }
    return new Corpus(documents, pages, dropped)
  }

  private constructor(
    documents: ReadonlyMap<string, Documents>,
    pages: ClusterPages,
    dropped: ReadonlyMap<DropReason, number>,
  ) {
    this.#documents = documents
    this.pages = pages
    this.dropped = dropped
  }

  /** Of one of the languages that the corpus was made for. */
  documents(language: string): Documents {
    return this.#documents.get(language)!
  }

  get sizes(): Record<string, number> {
    return Object.fromEntries([...this.#documents].map(([language, { size }]) => [language, size]))
  }

  /** The page's lead as a passage; undefined where it has none. */
  lead(language: string, title: string): string | undefined {
    const documents = this.documents(language)
    const number = documents.numberOf(title)
    return number === undefined ? undefined : documents.at(number).lead
  }
}

/** Why a page is no document, or undefined where it is one. A page that bears a name of a test cluster is none, whichever page it is. */
function whyLeftOut(
  { title, kind, lead }: Article,
  page: ClusterPage | undefined,
  heldOut: HeldOutNames,
): DropReason | undefined {
  if (kind === 'redirect' || kind === 'disambiguation' || lead === '') return 'other_kind_of_page'
  return page?.split === 'test' || heldOut.isOfTest(foldTitle(splitQualifier(title).name)) ? 'held_out' : undefined
}

function documentOf({ title, lead }: Article, page: ClusterPage | undefined, passageCharacters: number): Document {
  const { name } = splitQualifier(title)
  return {
    title,
    lead: passageOf(lead, passageCharacters),
    name,
    cluster: page?.cluster ?? null,
    group: page?.group ?? null,
    split: page?.split ?? 'train',
    nameKey: foldTitle(name),
  }
}

function keyOf(number: number): string {
  return String(number).padStart(numberDigits, '0')
}

/** Whether two names are one to a reader. */
export function sameName(a: string, b: string): boolean {
  return foldTitle(a) === foldTitle(b)
}
