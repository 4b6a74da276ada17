/** What is searched: all names, all leads or all sentences of a language, or of both. */
import { foldTitle } from '../language/title.ts'
import type { JudgedPages, Page } from './pages.ts'
import type { AlignedSentences } from './sentences.ts'

export type PoolKind = 'name' | 'lead' | 'sentence'

/** Documents that are searched together. */
export interface Pool {
  readonly kind: PoolKind
  readonly languages: readonly string[]
  /** Names of the documents in TREC files: distinct, without white space. */
  readonly ids: readonly string[]
  readonly texts: readonly string[]
}

/** A pool of names or leads, and whose they are. */
export interface PagePool extends Pool {
  readonly pages: readonly Page[]
}

export function namePool(pages: JudgedPages, languages: readonly string[]): PagePool {
  const all = languages.flatMap((language) => pages.of(language))
  return poolOf('name', languages, all, ({ name }) => name)
}

export function leadPool(pages: JudgedPages, language: string): PagePool {
  const withLead = pages.of(language).filter(({ passage }) => passage !== '')
  return poolOf('lead', [language], withLead, ({ passage }) => passage)
}

export function sentencePool({ lines }: AlignedSentences, language: string): Pool {
  const texts = lines.map((line) => line.get(language) ?? '')
  return {
    kind: 'sentence',
    languages: [language],
    ids: texts.map((_, at) => documentId(language, `${at + 1}`)),
    texts,
  }
}

/** `ko:인공_지능`. */
export function documentId(language: string, name: string): string {
  return `${language}:${name.replace(/\s+/gu, '_')}`
}

/** Looks up the pool's documents by a key of their pages. */
export function numbersBy(pool: PagePool, keyOf: (page: Page) => string): (key: string) => readonly number[] {
  const numbers = new Map<string, number[]>()
  for (const [number, page] of pool.pages.entries()) {
    const known = numbers.get(keyOf(page))
    if (known) known.push(number)
    else numbers.set(keyOf(page), [number])
  }
  return (key) => numbers.get(key) ?? []
}

/** The key under which a page of a language is found by its title, or by its name. */
export function titleKey(language: string, title: string): string {
  return `${language}\t${title}`
}

export function nameKeyOf(language: string, name: string): string {
  return `${language}\t${foldTitle(name)}`
}

function poolOf(
  kind: PoolKind,
  languages: readonly string[],
  pages: readonly Page[],
  textOf: (page: Page) => string,
): PagePool {
  const ids = pages.map(({ language, title }) => documentId(language, title))
  return { kind, languages, pages, ids, texts: pages.map(textOf) }
}
