/** The entries of a run's synonym files, read back. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { languageKey, languageOfKey } from '../language/pair.ts'
import { FatalError } from '../runtime/errors.ts'

const entryShape = z.looseObject({
  source: z.string(),
  sources: z.array(z.string()).optional(),
  confidence: z.number(),
  cluster: z.string(),
  split: z.enum(['train', 'val', 'test']),
  evidence: z
    .array(z.looseObject({ rule: z.string(), pages: z.array(z.string()).optional(), wiki: z.string().optional() }))
    .default([]),
})

/** Two names of one thing, and the languages that they are of. */
export interface NamePair {
  readonly left: string
  readonly right: string
  /** Codes, such as ko and en. */
  readonly languages: readonly [left: string, right: string]
}

/** An entry of combined_synonyms.json and of the files of the splits. */
export type PairEntry = NamePair & z.output<typeof entryShape>

/** Hears how many bytes of a file were read since it heard last. */
export type BytesRead = (bytes: number) => void

export function linesOf(file: string, read?: BytesRead): AsyncIterable<string> {
  const input = createReadStream(file)
  if (read) input.on('data', (chunk) => read(chunk.length))
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
}

/** Entries of a file, line by line: that of two whole Wikipedias does not fit a string. Throws FatalError PAIR_ENTRY. */
export async function* entriesOf(file: string, read?: BytesRead): AsyncIterable<PairEntry> {
  for await (const { entry } of numberedEntriesOf(file, read)) yield entry
}

/** With the number of the line that each stands on. */
export async function* numberedEntriesOf(
  file: string,
  read?: BytesRead,
): AsyncIterable<{ entry: PairEntry; line: number }> {
  let line = 0
  for await (const text of linesOf(file, read)) {
    line++
    if (!text.startsWith('{')) continue
    let entry: PairEntry
    try {
      const fields: Record<string, unknown> = JSON.parse(text.replace(/,\s*$/, ''))
      entry = { ...entryShape.parse(fields), ...namesIn(fields) }
    } catch (cause) {
      throw new FatalError('PAIR_ENTRY', 'this line holds no synonym pair', {
        at: { file, line },
        hint: 'naru synonyms writes the file anew.',
        cause,
      })
    }
    yield { entry, line }
  }
}

/** The names are the first two fields of a line, under the English names of their languages. Throws TypeError where they are no texts. */
export function namesIn(fields: Readonly<Record<string, unknown>>): NamePair {
  const [[leftKey, left] = ['', undefined], [rightKey, right] = ['', undefined]] = Object.entries(fields)
  if (typeof left !== 'string' || typeof right !== 'string') throw new TypeError('the first two fields are no names')
  return { left, right, languages: [languageOfKey(leftKey), languageOfKey(rightKey)] }
}

/** The first two fields of a line about the pair. */
export function nameFields({ left, right, languages }: NamePair): Record<string, string> {
  return { [languageKey(languages[0])]: left, [languageKey(languages[1])]: right }
}

export function sourcesOf({ sources, source }: PairEntry): readonly string[] {
  return sources ?? [source]
}

/** What a pair is called where it is drawn or looked up. */
export function nameOf({ left, right }: Pick<NamePair, 'left' | 'right'>): string {
  return `${left}\t${right}`
}
