/**
 * Queries out of the passages themselves (the inverse cloze task, Lee et al. 2019, arXiv:1906.00300, on single words): a rare word,
 * and the passage it stands in. They keep a text's own terms active, also those of names that no pair teaches.
 */
import { hash } from 'node:crypto'
import { inflectionsOf } from '../../language/korean.ts'
import { foldTitle } from '../../language/title.ts'
import { words } from '../../language/tokens.ts'
import { Randomness } from '../../model/randomness.ts'
import type { ExampleKind } from '../../schemas/types.ts'
import type { Names } from './cluster-pages.ts'
import type { Document } from './documents.ts'
import type { Draft } from './examples.ts'
import type { WordCounts } from './word-counts.ts'

export interface SpanSettings {
  readonly kinds: readonly ExampleKind[]
  readonly spansPerPassage: number
  readonly seed: number
}

export interface SpanSources {
  readonly words: ReadonlyMap<string, WordCounts>
  /** No query may be one of these. */
  readonly heldOut: Names
}

/** Words are drawn from this many of the rarest of a passage for each one wanted. */
const choiceOfRarest = 4
const idDigits = 12

/** Of a page that has no mate too. None of one that is judged later. */
export function spanDraftsOf(
  document: Document,
  language: string,
  { words, heldOut }: SpanSources,
  settings: SpanSettings,
): readonly Draft[] {
  if (!settings.kinds.includes('span_lead') || document.split !== 'train') return []
  const queries = spansOf(document, language, words.get(language)!, heldOut, settings)
  const { title, lead } = document
  const cluster = document.cluster ?? `page:${language}:${title}`
  return queries.map((query) => ({
    exampleId: `${cluster}:${hash('sha256', `span_lead\t${language}\t${title}\t${query}`).slice(0, idDigits)}`,
    kind: 'span_lead',
    cluster,
    split: 'train',
    queryLanguage: language,
    documentLanguage: language,
    query,
    positiveDoc: lead,
    synonymPairs: [],
    teacherScores: [],
    text: { language, kind: 'lead', title },
  }))
}

/** The words of which spans are chosen. */
export function wordsOf({ lead }: Document): ReadonlySet<string> {
  return new Set(words(lead))
}

function spansOf(
  document: Document,
  language: string,
  counts: WordCounts,
  heldOut: Names,
  { spansPerPassage, seed }: SpanSettings,
): string[] {
  const byRarity = [...wordsOf(document)]
    .filter((word) => /\p{L}/u.test(word))
    .map((word) => ({ word, commonness: counts.commonnessOf(word) }))
    .sort((a, b) => a.commonness - b.commonness || (a.word < b.word ? -1 : 1))
  const rarest: string[] = []
  for (const { word } of byRarity) {
    if (rarest.length === spansPerPassage * choiceOfRarest) break
    if (!isForm(word, heldOut)) rarest.push(word)
  }
  const randomness = new Randomness(
    hash('sha256', `${seed}:span:${language}:${document.title}`, 'buffer').readUInt32BE(0),
  )
  return randomness.shuffled(rarest).slice(0, spansPerPassage)
}

/** Whether a word is one of the names, with a Korean particle or without. */
export function isForm(word: string, names: Names): boolean {
  return names.has(foldTitle(word)) || inflectionsOf(word).some(({ stem }) => names.has(foldTitle(stem)))
}
