/** Everything that is known of a term: its pairs, their evidence with addresses, the words around it; or what is spelt like it. */
import { join } from 'node:path'
import { evidenceAddress } from '../wiki/addresses.ts'
import { nearestTerms } from './nearest.ts'
import { type DictionaryEvidence, type FoundEntry, findTerm, termIndexFile } from './reading.ts'
import { type WordsAround, wordsAround } from './words-around.ts'

export interface Explanation {
  /** Under which the term was found, or looked for. */
  readonly folded: string
  /** The surest first. */
  readonly pairs: readonly ExplainedEntry[]
  /** Folded terms that are spelt most like it, where there is no pair. */
  readonly nearest: readonly string[]
}

export interface ExplainedEntry extends FoundEntry {
  /** Of each piece of evidence the words around it, where it is part of a text and the run has written the articles. */
  readonly words: readonly (WordsAround | undefined)[]
}

const suggestionsAtMost = 5

/** @param data root of a data set: synonyms/, wikipedia/. Throws ConfigError DICTIONARY_MISSING, FatalError DICTIONARY_INDEX. */
export async function explainTerm(data: string, term: string): Promise<Explanation> {
  const folder = join(data, 'synonyms')
  const { folded, entries } = await findTerm(folder, term)
  const nearest = entries.length > 0 ? [] : await nearestTerms(termIndexFile(folder), folded, suggestionsAtMost)
  const pairs = await Promise.all(entries.map((entry) => withWords(entry, join(data, 'wikipedia'))))
  return { folded, pairs, nearest }
}

async function withWords(found: FoundEntry, articles: string): Promise<ExplainedEntry> {
  const { entry, term, translation } = found
  const words: (WordsAround | undefined)[] = []
  for (const { wiki, pageId, revisionId, offset, written } of entry.evidence) {
    const names = written === undefined ? [term, translation] : [written]
    words.push(
      offset === undefined ? undefined : await wordsAround(articles, { wiki, pageId, revisionId, offset, names }),
    )
  }
  return { ...found, words }
}

/** A pair as plain data. */
export function pairJson({
  language,
  translationLanguage,
  term,
  translation,
  entry,
  words,
}: ExplainedEntry): Record<string, unknown> {
  const evidence = entry.evidence.map((one, i) => ({
    ...one,
    address: addressOf(one) ?? null,
    ...(words[i] && { text: words[i] }),
  }))
  const { source, sources, confidence, domain = null, cluster, split } = entry
  return {
    language,
    translationLanguage,
    term,
    translation,
    source,
    sources,
    confidence,
    domain,
    cluster,
    split,
    evidence,
  }
}

/** Of the revision that the evidence rests on; undefined for a list. */
export function addressOf({ wiki, pageId, revisionId }: DictionaryEvidence): string | undefined {
  return evidenceAddress(wiki, pageId, revisionId)
}
