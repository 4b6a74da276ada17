/** The entries of a run's synonym files, read back. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { FatalError } from '../runtime/errors.ts'

const entryShape = z.looseObject({
  korean: z.string(),
  english: z.string(),
  source: z.string(),
  sources: z.array(z.string()).optional(),
  confidence: z.number(),
  cluster: z.string(),
  split: z.enum(['train', 'val', 'test']),
  evidence: z
    .array(z.looseObject({ rule: z.string(), pages: z.array(z.string()).optional(), wiki: z.string().optional() }))
    .default([]),
})

/** An entry of combined_synonyms.json and of the files of the splits. */
export type PairEntry = z.output<typeof entryShape>

/** Entries of a file, line by line: that of two whole Wikipedias does not fit a string. Throws FatalError PAIR_ENTRY. */
export async function* entriesOf(file: string): AsyncIterable<PairEntry> {
  for await (const { entry } of numberedEntriesOf(file)) yield entry
}

/** With the number of the line that each stands on. */
export async function* numberedEntriesOf(file: string): AsyncIterable<{ entry: PairEntry; line: number }> {
  let line = 0
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (!text.startsWith('{')) continue
    let entry: PairEntry
    try {
      entry = entryShape.parse(JSON.parse(text.replace(/,\s*$/, '')))
    } catch (cause) {
      throw new FatalError('PAIR_ENTRY', 'this line holds no synonym pair', { at: { file, line }, cause })
    }
    yield { entry, line }
  }
}

export function sourcesOf({ sources, source }: PairEntry): readonly string[] {
  return sources ?? [source]
}

/** What a pair is called where it is drawn or looked up. */
export function nameOf({ korean, english }: Pick<PairEntry, 'korean' | 'english'>): string {
  return `${korean}\t${english}`
}
