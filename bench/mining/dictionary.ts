/** Reads what a run has left: the titles of its input, and its dictionary. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { linesOf } from '../../wiki/lines.ts'
import { nameKey } from './recall.ts'

/** An entry of combined_synonyms.jsonl, as far as a bench looks. */
export interface Entry {
  readonly korean: string
  readonly english: string
  readonly sources: readonly string[]
  readonly confidence: number
}

export async function* entriesOf(run: string): AsyncIterable<Entry> {
  for await (const line of linesOf(createReadStream(join(run, 'synonyms', 'combined_synonyms.jsonl')))) {
    yield JSON.parse(line)
  }
}

/** Keys of the titles of the articles of a wiki: no redirects, no lists, no pages about ambiguous names. */
export async function titlesOf(run: string, language: string): Promise<ReadonlySet<string>> {
  const titles = new Set<string>()
  for await (const line of linesOf(createReadStream(join(run, 'wikipedia', `${language}_articles.jsonl`)))) {
    const { kind, title }: { kind: string; title: string } = JSON.parse(line)
    if (kind === 'article' || kind === 'stub') titles.add(nameKey(title))
  }
  return titles
}
