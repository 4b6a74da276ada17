/**
 * Queries out of the passages themselves (the inverse cloze task, Lee et al. 2019, arXiv:1906.00300, on single words): a rare word,
 * and the passage it stands in. They keep a text's own terms active, also those of names that no pair teaches.
 */
import { createHash } from 'node:crypto'
import { inflectionsOf } from '../../language/korean.ts'
import { foldTitle } from '../../language/title.ts'
import { words } from '../../language/tokens.ts'
import { Randomness } from '../../model/randomness.ts'
import type { Scratch } from '../../runtime/ports.ts'
import type { ExampleKind, TrainingExample } from '../../schemas/types.ts'
import type { HeldOutNames } from './cluster-pages.ts'
import type { Corpus, Document } from './corpus.ts'
import { inGroups } from './groups.ts'
import type { Negatives } from './negatives.ts'
import { WordCounts } from './word-counts.ts'

export interface SpanSettings {
  readonly languages: readonly [string, string]
  readonly kinds: readonly ExampleKind[]
  readonly spansPerPassage: number
  readonly seed: number
}

/** Words are drawn from this many of the rarest of a passage for each one wanted. */
const choiceOfRarest = 4
const idDigits = 12

/** @param heldOut no query may be one of these names. */
export async function* spanExamples(
  corpus: Corpus,
  negatives: Negatives,
  heldOut: HeldOutNames,
  settings: SpanSettings,
  scratch: Pick<Scratch, 'table'>,
): AsyncIterable<TrainingExample> {
  if (!settings.kinds.includes('span_lead')) return
  for (const language of settings.languages) {
    const frequencies = new WordCounts(scratch.table(`words/${language}`))
    for (const { lead } of trainedOn(corpus, language)) frequencies.add(new Set(words(lead)))
    for await (const group of inGroups(trainedOn(corpus, language))) {
      const examples = group.map((page) =>
        examplesOfPage(page, language, spansOf(page, language, frequencies, heldOut, settings), negatives),
      )
      for (const ofPage of await Promise.all(examples)) yield* ofPage
    }
  }
}

/** Those of pages without a mate are among them. */
function* trainedOn(corpus: Corpus, language: string): Iterable<Document> {
  for (const document of corpus.documents(language)) if (document.split === 'train') yield document
}

async function examplesOfPage(
  { title, lead, cluster: ownCluster }: Document,
  language: string,
  queries: readonly string[],
  negatives: Negatives,
): Promise<readonly TrainingExample[]> {
  if (queries.length === 0) return []
  const cluster = ownCluster ?? `page:${language}:${title}`
  const negativeDocs = await negatives.of(language, 'lead', title)
  return queries.map((query) => ({
    exampleId: `${cluster}:${digest(`span_lead\t${language}\t${title}\t${query}`).toString('hex').slice(0, idDigits)}`,
    kind: 'span_lead',
    cluster,
    split: 'train',
    queryLanguage: language,
    documentLanguage: language,
    query,
    positiveDoc: lead,
    negativeDocs,
    synonymPairs: [],
    teacherScores: [],
  }))
}

function spansOf(
  { title, lead }: Document,
  language: string,
  frequencies: WordCounts,
  heldOut: HeldOutNames,
  { spansPerPassage, seed }: SpanSettings,
): string[] {
  const byRarity = [...new Set(words(lead))]
    .filter((word) => /\p{L}/u.test(word))
    .map((word) => ({ word, frequency: frequencies.of(word) }))
    .sort((a, b) => a.frequency - b.frequency || (a.word < b.word ? -1 : 1))
  const rarest: string[] = []
  for (const { word } of byRarity) {
    if (rarest.length === spansPerPassage * choiceOfRarest) break
    if (!isForm(word, heldOut)) rarest.push(word)
  }
  const randomness = new Randomness(digest(`${seed}:span:${language}:${title}`).readUInt32BE(0))
  return randomness.shuffled(rarest).slice(0, spansPerPassage)
}

/** Whether a word is one of the names, with a Korean particle or without. */
function isForm(word: string, names: HeldOutNames): boolean {
  return names.has(foldTitle(word)) || inflectionsOf(word).some(({ stem }) => names.has(foldTitle(stem)))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
