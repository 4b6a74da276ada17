/** Reads pairs of a term out of the dictionary that a run has written. */
import { existsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { foldTitle, splitQualifier } from '../language/title.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { namesIn } from './entries.ts'
import { type IndexedTerm, lookUp, termIndexName } from './term-index.ts'

const evidenceShape = z.looseObject({
  rule: z.string(),
  pages: z.tuple([z.string(), z.string()]),
  count: z.number(),
  share: z.number().optional(),
  wiki: z.string(),
  pageId: z.number(),
  revisionId: z.number(),
  written: z.string().optional(),
  offset: z.number().optional(),
  detail: z.string().optional(),
})

const entryShape = z.looseObject({
  source: z.string(),
  sources: z.array(z.string()),
  confidence: z.number(),
  domain: z.string().optional(),
  cluster: z.string(),
  split: z.string(),
  evidence: z.array(evidenceShape),
})

export type DictionaryEvidence = z.output<typeof evidenceShape>
export type DictionaryEntry = z.output<typeof entryShape>

/** An entry as seen from the term that was asked for. */
export interface FoundEntry {
  /** Of the term. */
  readonly language: string
  readonly translationLanguage: string
  /** In the spelling of the entry. */
  readonly term: string
  readonly translation: string
  readonly entry: DictionaryEntry
}

export interface Found {
  /** Under which it was found, or looked for. */
  readonly folded: string
  readonly entries: readonly FoundEntry[]
}

const entriesName = 'combined_synonyms.json'

/**
 * The entries of a term in either language, the surest first. A term with a qualifier that is none of a name itself, such as
 * 금성 (행성), is looked for without it. Throws ConfigError DICTIONARY_MISSING where the folder has none, FatalError
 * DICTIONARY_INDEX where the index is not of these entries.
 */
export async function findTerm(folder: string, term: string): Promise<Found> {
  const [index, file] = [termIndexFile(folder), join(folder, entriesName)]
  const foldings = [...new Set([foldTitle(term), foldTitle(splitQualifier(term.trim()).name)])]
  for (const folded of foldings) {
    const places = await lookUp(index, folded)
    if (places.length > 0) return { folded, entries: await readEntries(file, places) }
  }
  return { folded: foldings.at(-1)!, entries: [] }
}

/** The index of terms in a folder. Throws ConfigError DICTIONARY_MISSING where there is none. */
export function termIndexFile(folder: string): string {
  const file = join(folder, termIndexName)
  if (existsSync(file)) return file
  throw new ConfigError('DICTIONARY_MISSING', 'there is no dictionary', {
    at: { file },
    hint: 'naru synonyms makes one; --out names the folder of the run.',
  })
}

async function readEntries(file: string, places: readonly IndexedTerm[]): Promise<FoundEntry[]> {
  const handle = await open(file)
  try {
    const found: FoundEntry[] = []
    // A pair of one spelling (DNA, DNA) is in the index for both of its languages.
    const distinct = new Map(places.map((place) => [place.offset, place]))
    for (const place of distinct.values()) found.push(await entryAt(handle, file, place))
    return found.sort((a, b) => b.entry.confidence - a.entry.confidence)
  } finally {
    await handle.close()
  }
}

async function entryAt(handle: FileHandle, file: string, place: IndexedTerm): Promise<FoundEntry> {
  const { offset, bytes, language } = place
  const { buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, offset)
  try {
    const fields: Record<string, unknown> = JSON.parse(buffer.toString('utf8'))
    const { left, right, languages } = namesIn(fields)
    const [term, translation] = language === languages[0] ? [left, right] : [right, left]
    const translationLanguage = language === languages[0] ? languages[1] : languages[0]
    if (foldTitle(term) !== place.folded) throw new Error(`another term is there: ${term}`)
    return { language, translationLanguage, term, translation, entry: entryShape.parse(fields) }
  } catch (cause) {
    throw new FatalError('DICTIONARY_INDEX', 'the index of terms does not fit the entries', {
      at: { file, byteOffset: offset },
      hint: 'One of the files is of another run, or was changed: run naru synonyms again.',
      cause,
    })
  }
}
