/** The questions that every system is asked: a page's name as the query, and a pool of all names or leads of a language. */
import { type LanguagePair, mateLanguage } from '../../language/pair.ts'
import type { Links } from './links.ts'
import { type NounKind, NounKinds, nounLanguage } from './nouns.ts'
import type { JudgedPages, Page } from './pages.ts'

export type TaskName = 'synonyms' | 'title-lead' | 'own-lead'
export type PoolKind = 'name' | 'lead'

/** Documents of one language that are searched together. */
export interface Pool {
  readonly language: string
  readonly kind: PoolKind
  readonly pages: readonly Page[]
  /** The document of each page. */
  readonly texts: readonly string[]
}

export interface Query {
  readonly text: string
  /** Numbers in the pool of the documents that answer. */
  readonly relevant: ReadonlySet<number>
  /** Parts of the queries that it counts in, `all` among them. */
  readonly strata: readonly string[]
}

export interface Task {
  readonly name: TaskName
  /** Language of the queries. */
  readonly from: string
  readonly pool: Pool
  readonly queries: readonly Query[]
}

/** In the order in which they are reported. */
export const strata = [
  'all',
  'train',
  'val',
  'test',
  'unseen',
  'unseen names',
  'unseen common nouns',
] as const satisfies readonly (string | `unseen ${NounKind}`)[]

/** Synonyms and title → lead across the languages, then title → own lead, each in both directions. */
export function tasksOf(pages: JudgedPages, links: Links, languages: LanguagePair): Task[] {
  const [left, right] = languages
  const pools = new Map(
    languages.map((language) => [language, { name: namePool(pages, language), lead: leadPool(pages, language) }]),
  )
  const strataOf = strataBy(pages, links, languages)
  const task = (name: TaskName, from: string, pool: Pool, answersOf: (page: Page) => readonly number[]): Task => ({
    name,
    from,
    pool,
    queries: pages.of(from).flatMap((page) => {
      const relevant = new Set(answersOf(page))
      return relevant.size === 0 ? [] : [{ text: page.name, relevant, strata: strataOf(page) }]
    }),
  })
  const across = [
    [left, right],
    [right, left],
  ] as const
  return [
    ...across.map(([from, to]) => {
      const pool = pools.get(to)!.name
      const numbersOf = numbersBy(pool, ({ title }) => title)
      const namesakesOf = numbersBy(pool, ({ nameKey }) => nameKey)
      // 수성 asks for Mercury, and two pages are called so: nothing in the query says which.
      return task('synonyms', from, pool, ({ language, title }) =>
        links
          .matesOf(language, title)
          .flatMap(numbersOf)
          .flatMap((mate) => namesakesOf(pool.pages[mate]!.nameKey)),
      )
    }),
    ...across.map(([from, to]) => {
      const pool = pools.get(to)!.lead
      const numbersOf = numbersBy(pool, ({ title }) => title)
      return task('title-lead', from, pool, ({ language, title }) => links.matesOf(language, title).flatMap(numbersOf))
    }),
    ...languages.map((language) => {
      const pool = pools.get(language)!.lead
      const numbersOf = numbersBy(pool, ({ title }) => title)
      return task('own-lead', language, pool, ({ title }) => numbersOf(title))
    }),
  ]
}

/** Languages of query and pool: `ko→en`. */
export function directionOf({ from, pool }: Task): string {
  return `${from}→${pool.language}`
}

/** What the log says of a task. */
export function sizeOf(task: Task): Record<string, unknown> {
  const { name, pool, queries } = task
  return { task: name, direction: directionOf(task), queries: queries.length, pool: pool.texts.length }
}

function namePool(pages: JudgedPages, language: string): Pool {
  const all = pages.of(language)
  return { language, kind: 'name', pages: all, texts: all.map(({ name }) => name) }
}

function leadPool(pages: JudgedPages, language: string): Pool {
  const withLead = pages.of(language).filter(({ passage }) => passage !== '')
  return { language, kind: 'lead', pages: withLead, texts: withLead.map(({ passage }) => passage) }
}

/** Looks up the pool's documents by a key of their pages. */
function numbersBy(pool: Pool, keyOf: (page: Page) => string): (key: string) => readonly number[] {
  const numbers = new Map<string, number[]>()
  for (const [number, page] of pool.pages.entries()) {
    const known = numbers.get(keyOf(page))
    if (known) known.push(number)
    else numbers.set(keyOf(page), [number])
  }
  return (key) => numbers.get(key) ?? []
}

function strataBy(pages: JudgedPages, links: Links, languages: LanguagePair): (page: Page) => string[] {
  const kinds = new NounKinds(pages.of(nounLanguage).map(({ passage }) => passage))
  const nameByTitle = new Map(pages.of(nounLanguage).map(({ title, name }) => [title, name]))
  const englishNameOf = ({ language, title, name }: Page): string | undefined => {
    if (language === nounLanguage) return name
    if (mateLanguage(languages, language) !== nounLanguage) return undefined
    return links
      .matesOf(language, title)
      .map((mate) => nameByTitle.get(mate))
      .find((mate) => mate !== undefined)
  }
  return (page) => {
    const split = links.clusterOf(page.language, page.title)?.split
    if (split === undefined) return ['all']
    if (split === 'train') return ['all', split]
    const english = englishNameOf(page)
    return ['all', split, 'unseen', ...(english === undefined ? [] : [`unseen ${kinds.of(english)}`])]
  }
}
