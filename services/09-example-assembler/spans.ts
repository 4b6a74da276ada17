/**
 * Queries out of the passages themselves (the inverse cloze task, Lee et al. 2019, arXiv:1906.00300, on single words): a rare word,
 * and the passage it stands in. They keep a text's own terms active, also those of names that no pair teaches.
 */
import { createHash } from 'node:crypto'
import { inflectionsOf } from '../../language/korean.ts'
import { foldTitle } from '../../language/title.ts'
import { words } from '../../language/tokens.ts'
import { Randomness } from '../../model/randomness.ts'
import type { ExampleKind, TrainingExample } from '../../schemas/types.ts'
import type { Corpus, Document } from './corpus.ts'

export interface SpanSettings {
  readonly languages: readonly [string, string]
  readonly kinds: readonly ExampleKind[]
  readonly spansPerPassage: number
  readonly seed: number
}

/** Words are drawn from this many of the rarest of a passage for each one wanted. */
const choiceOfRarest = 4
const idDigits = 12

/** @param heldOut folded names of the clusters that are judged later: no query may be one of them. */
export function* spanExamples(
  corpus: Corpus,
  heldOut: ReadonlySet<string>,
  settings: SpanSettings,
): Iterable<TrainingExample> {
  if (!settings.kinds.includes('span_lead')) return
  for (const language of settings.languages) {
    const leads = corpus.trainLeads(language)
    const frequencies = documentFrequencies(leads)
    for (const lead of leads) {
      for (const query of spansOf(lead, language, { frequencies, heldOut }, settings)) {
        const cluster = lead.cluster ?? `page:${language}:${lead.title}`
        yield {
          exampleId: `${cluster}:${digest(`span_lead\t${language}\t${lead.title}\t${query}`).toString('hex').slice(0, idDigits)}`,
          kind: 'span_lead',
          cluster,
          split: 'train',
          queryLanguage: language,
          documentLanguage: language,
          query,
          positiveDoc: lead.text,
          negativeDocs: corpus.negatives(language, 'lead', lead.title),
          synonymPairs: [],
          teacherScores: [],
        }
      }
    }
  }
}

function documentFrequencies(leads: readonly Document[]): ReadonlyMap<string, number> {
  const frequencies = new Map<string, number>()
  for (const { text } of leads) {
    for (const word of new Set(words(text))) frequencies.set(word, (frequencies.get(word) ?? 0) + 1)
  }
  return frequencies
}

function spansOf(
  { title, text }: Document,
  language: string,
  {
    frequencies,
    heldOut,
  }: { readonly frequencies: ReadonlyMap<string, number>; readonly heldOut: ReadonlySet<string> },
  { spansPerPassage, seed }: SpanSettings,
): string[] {
  const rarest = [...new Set(words(text))]
    .filter((word) => /\p{L}/u.test(word) && !isForm(word, heldOut))
    .map((word) => ({ word, frequency: frequencies.get(word) ?? 0 }))
    .sort((a, b) => a.frequency - b.frequency || (a.word < b.word ? -1 : 1))
    .slice(0, spansPerPassage * choiceOfRarest)
    .map(({ word }) => word)
  const randomness = new Randomness(digest(`${seed}:span:${language}:${title}`).readUInt32BE(0))
  return randomness.shuffled(rarest).slice(0, spansPerPassage)
}

/** Whether a word is one of the names, with a Korean particle or without. */
function isForm(word: string, names: ReadonlySet<string>): boolean {
  return names.has(foldTitle(word)) || inflectionsOf(word).some(({ stem }) => names.has(foldTitle(stem)))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
