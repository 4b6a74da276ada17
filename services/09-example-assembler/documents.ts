/** The documents of one language, on disk: passages (leads) and names. Each version of a page that is one has a number of its own. */
import { hash } from 'node:crypto'
import { compareCodePoints } from '../../language/code-points.ts'
import { splitQualifier } from '../../language/title.ts'
import { bigrams } from '../../language/tokens.ts'
import type { Scratch, ScratchTable } from '../../runtime/ports.ts'
import type { Split } from '../../schemas/types.ts'
import { Recent } from '../../search/passages/recent.ts'
import { termKey } from '../../search/passages/term-key.ts'
import type { ClusterPages, HeldOutNames } from './cluster-pages.ts'
import { nameKeyOf, type Page } from './pages.ts'

export const textKinds = ['lead', 'name'] as const
export type TextKind = (typeof textKinds)[number]

export interface Document {
  readonly title: string
  readonly lead: string
  readonly name: string
  /** Null, as its group, for a page without a mate. */
  readonly cluster: string | null
  readonly group: string | null
  readonly split: Split
  /** The name, folded. */
  readonly nameKey: string
  /** What its cluster is called in its language, folded. */
  readonly namesOfCluster: readonly string[]
  /** See Page. */
  readonly links: string
}

/** What a text is looked for by. */
export interface Terms {
  /** As often as they occur. */
  readonly all: readonly string[]
  readonly distinct: ReadonlySet<string>
}

/** A page that bears a name of a test cluster is none, whichever page it is. */
export function isHeldOut({ title, language }: Page, pages: ClusterPages, heldOut: HeldOutNames): boolean {
  return pages.of({ language, title })?.split === 'test' || heldOut.isOfTest(nameKeyOf(title))
}

export function documentOf({ language, title, lead, links }: Page, pages: ClusterPages): Document {
  const page = pages.of({ language, title })
  return {
    title,
    lead,
    name: splitQualifier(title).name,
    cluster: page?.cluster ?? null,
    group: page?.group ?? null,
    split: page?.split ?? 'train',
    nameKey: nameKeyOf(title),
    namesOfCluster: page === undefined ? [] : pages.namesOf(page.cluster, language),
    links,
  }
}

export function linksTo({ links }: Document, title: string): boolean {
  return links.includes(`\n${title}\n`)
}

/** Candidates are looked at several times, one after another. */
const documentsInMemory = 4_000
const termsInMemory = 400_000
const numberDigits = 10
const pointDigits = 16
const [nextKey, firstKey] = ['next', 'first']

export class Documents {
  readonly language: string
  #size: number
  readonly #byNumber: ScratchTable<Document>
  /** By title. */
  readonly #numbers: ScratchTable<number>
  /** By point. */
  readonly #circle: ScratchTable<number>
  /** The number that comes next, and the first that is not gone with all before it. */
  readonly #marks: ScratchTable<number>
  readonly #goneTable: ScratchTable<number>
  readonly #gone: Set<number>
  #first: number
  readonly #recent = new Recent<number, Document>(documentsInMemory, () => 1)
  readonly #terms: Readonly<Record<TextKind, Recent<number, Terms>>> = { lead: recentTerms(), name: recentTerms() }

  constructor(language: string, tables: Pick<Scratch, 'table'>) {
    this.language = language
    this.#byNumber = tables.table(`documents/${language}`)
    this.#numbers = tables.table(`numbers/${language}`)
    this.#circle = tables.table(`circle/${language}`)
    this.#marks = tables.table(`marks/${language}`)
    this.#goneTable = tables.table(`gone/${language}`)
    this.#gone = new Set([...this.#goneTable.entries()].map(({ value }) => value))
    this.#first = this.#marks.get(firstKey) ?? 0
    this.#size = this.#numbers.size
  }

  get size(): number {
    return this.#size
  }

  /** Of the next document. */
  get next(): number {
    return this.#marks.get(nextKey) ?? 0
  }

  get gone(): number {
    return this.#gone.size
  }

  /** Returns its number. */
  add(document: Document): number {
    const number = this.next
    this.#marks.put(nextKey, number + 1)
    this.#byNumber.put(keyOf(number), document)
    this.#numbers.put(termKey(document.title), number)
    this.#circle.put(pointOf(document.title), number)
    this.#size++
    return number
  }

  remove(number: number): void {
    const { title } = this.at(number)
    this.#byNumber.put(keyOf(number), null)
    this.#numbers.put(termKey(title), null)
    this.#circle.put(pointOf(title), null)
    this.#goneTable.put(keyOf(number), number)
    this.#gone.add(number)
    this.#size--
  }

  /** Gives all documents new numbers, in the order of their titles; those below are gone. Returns the first. */
  renumber(): number {
    const first = this.next
    for (const { key } of [...this.#goneTable.entries()]) this.#goneTable.put(key, null)
    this.#gone.clear()
    const size = this.#size
    for (const number of [...this.numbers()]) {
      const document = this.at(number)
      this.#byNumber.put(keyOf(number), null)
      this.add(document)
    }
    this.#size = size
    this.#marks.put(firstKey, first)
    this.#first = first
    return first
  }

  isGone(number: number): boolean {
    return this.#gone.has(number) || number < this.#first
  }

  /** @param number of one that is not gone. */
  at(number: number): Document {
    return this.#recent.get(number, () => this.#byNumber.get(keyOf(number))!)
  }

  termsOf(number: number, kind: TextKind): Terms {
    return this.#terms[kind].get(number, () => {
      const all = bigrams(this.at(number)[kind])
      return { all, distinct: new Set(all) }
    })
  }

  /** Undefined where the page is no document. */
  numberOf(title: string): number | undefined {
    return this.#numbers.get(termKey(title))
  }

  of(title: string): Document | undefined {
    const number = this.numberOf(title)
    return number === undefined ? undefined : this.at(number)
  }

  /** Numbers in the order of the titles. */
  *numbers(): Iterable<number> {
    for (const { value } of this.#numbers.entries()) yield value
  }

  *[Symbol.iterator](): Iterator<Document> {
    for (const number of this.numbers()) yield this.#byNumber.get(keyOf(number))!
  }

  /** The order of the titles. */
  compare(a: number, b: number): number {
    return compareCodePoints(this.at(a).title, this.at(b).title)
  }

  /**
   * All documents once around a circle on which each has a point of its own, from a point on: an order by chance that one document more or less
   * leaves as it is but for itself.
   */
  *around(from: string): Iterable<number> {
    for (const { value } of this.#circle.entries({ from })) yield value
    for (const { value } of this.#circle.entries({ to: from })) yield value
  }
}

function recentTerms(): Recent<number, Terms> {
  return new Recent(termsInMemory, ({ all }) => 1 + all.length)
}

/** A point of the circle, by chance. */
export function pointOf(text: string): string {
  return hash('sha256', text).slice(0, pointDigits)
}

function keyOf(number: number): string {
  return String(number).padStart(numberDigits, '0')
}
