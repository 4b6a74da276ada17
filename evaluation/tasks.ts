/** The questions that every system is asked. */
import type { LanguagePair } from '../language/pair.ts'
import type { Alias } from './aliases.ts'
import type { Links } from './links.ts'
import type { JudgedPages, Page } from './pages.ts'
import {
  documentId,
  leadPool,
  nameKeyOf,
  namePool,
  numbersBy,
  type PagePool,
  type Pool,
  sentencePool,
  titleKey,
} from './pools.ts'
import { type AlignedSentences, answersByLine } from './sentences.ts'
import { type StrataOf, type Stratum, strataBy } from './strata.ts'

/**
 * synonyms: a title finds the name of its mate. aliases: another name of the page does. sentences: a sentence finds its
 * translation. title-lead and alias-lead: the same names find the lead of the mate. own-lead: a title finds its own lead.
 */
export type TaskName = 'synonyms' | 'aliases' | 'sentences' | 'title-lead' | 'alias-lead' | 'own-lead'

export interface Query {
  /** Its name in TREC files: distinct in its task, without white space. */
  readonly id: string
  readonly text: string
  /** Numbers in the pool of the documents that answer; at least one. */
  readonly relevant: ReadonlySet<number>
  /** Documents that are neither right nor wrong, such as the query itself. */
  readonly ignored: readonly number[]
  /** Parts of the queries that it counts in, `all` among them. */
  readonly strata: readonly Stratum[]
}

export interface Task {
  readonly name: TaskName
  /** Language of the queries. */
  readonly from: string
  /** Language of the answers; in a mixed pool that of the queries is there too. */
  readonly to: string
  readonly pool: Pool
  readonly queries: readonly Query[]
}

export interface TaskInputs {
  readonly pages: JudgedPages
  readonly links: Links
  readonly languages: LanguagePair
  readonly aliases: ReadonlyMap<string, readonly Alias[]>
  readonly sentences?: AlignedSentences | undefined
}

/** All tasks in each direction, in the order in which they are reported. Those without queries are left out. */
export function tasksOf(inputs: TaskInputs): Task[] {
  const { pages, links, languages, aliases, sentences } = inputs
  const [left, right] = languages
  const across = [
    [left, right],
    [right, left],
  ] as const
  const asking = new Asking(links, strataBy(pages, links, languages))
  const leads = new Map(languages.map((language) => [language, leadPool(pages, language)]))
  const names = new Map(languages.map((language) => [language, namePool(pages, [language])]))
  const mixed = namePool(pages, languages)
  const titlesOf = (language: string) => pages.of(language).map((page): Alias => ({ text: page.name, pages: [page] }))
  const aliasesOf = (language: string) => aliases.get(language) ?? []
  return [
    ...across.map(([from, to]) => asking.forNames('synonyms', from, to, titlesOf(from), names.get(to)!)),
    ...across.map(([from, to]) => asking.forNames('synonyms', from, to, titlesOf(from), mixed)),
    ...across.map(([from, to]) => asking.forNames('aliases', from, to, aliasesOf(from), names.get(to)!)),
    ...(sentences ? across.map(([from, to]) => sentenceTask(sentences, from, to)) : []),
    ...across.map(([from, to]) => asking.forLeads('title-lead', from, to, titlesOf(from), leads.get(to)!)),
    ...across.map(([from, to]) => asking.forLeads('alias-lead', from, to, aliasesOf(from), leads.get(to)!)),
    ...languages.map((language) =>
      asking.forLeads('own-lead', language, language, titlesOf(language), leads.get(language)!),
    ),
  ].filter(({ queries }) => queries.length > 0)
}

/** Languages of query and pool: `ko→en`, or `ko→ko+en` where both are searched. */
export function directionOf({ from, pool }: Task): string {
  return `${from}→${pool.languages.join('+')}`
}

/** What the log says of a task. */
export function sizeOf(task: Task): Record<string, unknown> {
  const { name, pool, queries } = task
  return { task: name, direction: directionOf(task), queries: queries.length, pool: pool.texts.length }
}

/** Names as queries. */
class Asking {
  private readonly links: Links
  private readonly strataOf: StrataOf

  constructor(links: Links, strataOf: StrataOf) {
    this.links = links
    this.strataOf = strataOf
  }

  forNames(name: TaskName, from: string, to: string, asked: readonly Alias[], pool: PagePool): Task {
    const numbersOf = numbersBy(pool, ({ language, title }) => titleKey(language, title))
    const namesakesOf = numbersBy(pool, ({ language, name }) => nameKeyOf(language, name))
    // 수성 asks for Mercury, and two pages are called so: nothing in the query says which.
    const answersOf = (page: Page) =>
      this.matesOf(page, to)
        .flatMap((mate) => numbersOf(titleKey(to, mate)))
        .flatMap((mate) => namesakesOf(nameKeyOf(to, pool.pages[mate]!.name)))
    // In a mixed pool the name itself and the title of its page are no translation, and no mistake.
    const ignoredOf = ({ text, pages }: Alias) =>
      [text, ...pages.map((page) => page.name)].flatMap((own) => namesakesOf(nameKeyOf(from, own)))
    return this.task({ name, from, to, pool }, asked, answersOf, ignoredOf)
  }

  forLeads(name: TaskName, from: string, to: string, asked: readonly Alias[], pool: PagePool): Task {
    const numbersOf = numbersBy(pool, ({ title }) => title)
    const answersOf = (page: Page) =>
      (from === to ? [page.title] : this.matesOf(page, to)).flatMap((title) => numbersOf(title))
    return this.task({ name, from, to, pool }, asked, answersOf, () => [])
  }

  private matesOf({ language, title }: Page, to: string): readonly string[] {
    return language === to ? [] : this.links.matesOf(language, title)
  }

  private task(
    frame: Omit<Task, 'queries'>,
    asked: readonly Alias[],
    answersOf: (page: Page) => readonly number[],
    ignoredOf: (asked: Alias) => readonly number[],
  ): Task {
    const queries = asked.flatMap((alias): Query[] => {
      const { text, pages } = alias
      const relevant = new Set(pages.flatMap(answersOf))
      if (relevant.size === 0) return []
      // Names that share a spelling share a side of the split, so any of the pages tells the strata.
      const strata = this.strataOf(text, pages[0]!)
      const id = documentId(frame.from, pages.length === 1 && pages[0]!.name === text ? pages[0]!.title : text)
      return [{ id, text, relevant, ignored: [...new Set(ignoredOf(alias))], strata }]
    })
    return { ...frame, queries }
  }
}

function sentenceTask(sentences: AlignedSentences, from: string, to: string): Task {
  const pool = sentencePool(sentences, to)
  const answers = answersByLine(sentences, from, to)
  const queries = sentencePool(sentences, from).texts.map((text, at): Query => {
    return { id: documentId(from, `${at + 1}`), text, relevant: answers[at]!, ignored: [], strata: ['all'] }
  })
  return { name: 'sentences', from, to, pool, queries }
}

/** `title-lead.ko-en`: names the files of a task. */
export function stemOf(task: Task): string {
  return `${task.name}.${directionOf(task).replace('→', '-')}`
}
