/** The pages that are judged: of the two languages, with a text of their own, and not too many. */
import { createHash } from 'node:crypto'
import type { LanguagePair } from '../language/pair.ts'
import { foldTitle, splitQualifier } from '../language/title.ts'
import type { ScratchTable } from '../runtime/ports.ts'
import type { DropReason } from '../runtime/service.ts'
import type { Article, ArticleKind } from '../schemas/types.ts'
import { passageOf } from '../search/passage.ts'
import type { Links } from './links.ts'

/** What is kept of an article until all have been read. */
export interface PageRecord {
  readonly language: string
  readonly title: string
  readonly kind: ArticleKind
  readonly passage: string
}

export interface Page {
  readonly language: string
  readonly title: string
  /** The title without its qualifier: the query. */
  readonly name: string
  /** Pages under one key have one name to a reader. */
  readonly nameKey: string
  /** Beginning of the lead; empty where the page has none. */
  readonly passage: string
}

export interface JudgedPages {
  /** By title, in UTF-16 order. */
  of(language: string): readonly Page[]
  readonly dropped: ReadonlyMap<DropReason, number>
}

const judgedKinds: ReadonlySet<ArticleKind> = new Set(['article', 'stub', 'list'])

export function recordOf(
  { language, title, kind, lead }: Pick<Article, 'language' | 'title' | 'kind' | 'lead'>,
  passageCharacters: number,
): PageRecord {
  return { language, title, kind, passage: passageOf(lead, passageCharacters) }
}

export function judgedPages(
  records: ScratchTable<PageRecord>,
  links: Links,
  { languages, maxPages, seed }: { languages: LanguagePair; maxPages: number; seed: number },
): JudgedPages {
  const dropped = new Map<DropReason, number>()
  const drop = (reason: DropReason): void => void dropped.set(reason, (dropped.get(reason) ?? 0) + 1)
  const placeOf = (record: PageRecord): number => placeInDraw(record, links, seed)
  const places = new Map<string, number[]>(languages.map((language) => [language, []]))
  for (const { value } of records.entries()) {
    if (judgedKinds.has(value.kind)) places.get(value.language)?.push(placeOf(value))
  }
  const limits = new Map([...places].map(([language, all]) => [language, limitOf(all, maxPages)]))

  const pages = new Map<string, Page[]>(languages.map((language) => [language, []]))
  for (const { value } of records.entries()) {
    const limit = limits.get(value.language)
    if (limit === undefined) drop('other_language')
    else if (!judgedKinds.has(value.kind)) drop('other_kind_of_page')
    else if (placeOf(value) >= limit) drop('over_limit')
    else pages.get(value.language)!.push(pageOf(value))
  }
  for (const ofLanguage of pages.values()) ofLanguage.sort((a, b) => (a.title < b.title ? -1 : 1))
  return { of: (language) => pages.get(language) ?? [], dropped }
}

function pageOf({ language, title, passage }: PageRecord): Page {
  const { name } = splitQualifier(title)
  return { language, title, name, nameKey: foldTitle(name), passage }
}

/** Below 1 for pages of a cluster, by the cluster, so that mates are drawn together; 1 and more for the others. */
function placeInDraw({ language, title }: PageRecord, links: Links, seed: number): number {
  const cluster = links.clusterOf(language, title)?.cluster
  const digest = createHash('sha256').update(`${seed}:${cluster ?? `${language}:${title}`}`)
  return digest.digest().readUIntBE(0, 6) / 2 ** 48 + (cluster === undefined ? 1 : 0)
}

/** The place from which on pages are left out: at most `count` are before it. */
function limitOf(places: readonly number[], count: number): number {
  return Float64Array.from(places).sort()[count] ?? Number.POSITIVE_INFINITY
}
