/** Proof that nothing of a test cluster is in what is trained on: looked for in the files of a run, not in the code that wrote them. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { foldTitle } from '../language/title.ts'
import { FatalError } from '../runtime/errors.ts'
import { type BytesRead, linesOf, numberedEntriesOf } from './entries.ts'

export interface RunFiles {
  /** Pairs of the test clusters. */
  readonly test: string
  /** Pairs of the other sides: what the dictionary of a baseline is made of, and what is validated on. */
  readonly pairs: readonly string[]
  /** Articles as JSON Lines; for the leads of test pages. */
  readonly articles: readonly string[]
  /** JSON Lines of training examples and of their negatives. */
  readonly examples: readonly string[]
  /** tokenizer.json of the models. */
  readonly vocabularies: readonly string[]
}

export interface Leak {
  readonly what: 'pair' | 'example' | 'lead' | 'vocabulary'
  /** The surface of a test cluster, or the title of its page. */
  readonly surface: string
  readonly file: string
  /** 0 for a file that is not read by lines. */
  readonly line: number
}

export interface LeakCheck {
  readonly leaks: readonly Leak[]
  readonly testSurfaces: number
  readonly testLeads: number
  readonly checked: Readonly<Record<'pairs' | 'examples' | 'texts' | 'vocabularyTerms', number>>
}

/** As many letters of a lead tell it from others, before all of it is compared. */
const leadKeyLength = 40

/** @param read hears of the bytes of all files but the vocabularies, as they are read. */
export async function findLeaks(files: RunFiles, read?: BytesRead): Promise<LeakCheck> {
  const leaks: Leak[] = []
  const checked = { pairs: 0, examples: 0, texts: 0, vocabularyTerms: 0 }
  const { surfaces, pages } = await testSide(files.test, read)
  const leads = await leadsOf(pages, files.articles, read)

  for (const file of files.pairs) {
    for await (const { entry, line } of numberedEntriesOf(file, read)) {
      checked.pairs++
      for (const surface of [entry.left, entry.right]) {
        if (surfaces.has(foldTitle(surface))) leaks.push({ what: 'pair', surface, file, line })
      }
    }
  }

  for (const file of files.examples) {
    for await (const { texts, line } of examplesOf(file, read)) {
      checked.examples++
      for (const text of texts) {
        checked.texts++
        if (surfaces.has(foldTitle(text))) leaks.push({ what: 'example', surface: text, file, line })
        const title = leads.titleOf(text)
        if (title !== undefined) leaks.push({ what: 'lead', surface: title, file, line })
      }
    }
  }

  for (const file of files.vocabularies) {
    for (const term of await vocabularyOf(file)) {
      checked.vocabularyTerms++
      // Also where training texts have the name: a vocabulary is built from them with the names of test clusters left out.
      if (surfaces.has(foldTitle(term))) leaks.push({ what: 'vocabulary', surface: term, file, line: 0 })
    }
  }
  return { leaks, testSurfaces: surfaces.size, testLeads: leads.size, checked }
}

async function testSide(
  file: string,
  read?: BytesRead,
): Promise<{ surfaces: ReadonlySet<string>; pages: ReadonlySet<string> }> {
  const surfaces = new Set<string>()
  const pages = new Set<string>()
  for await (const { entry } of numberedEntriesOf(file, read)) {
    for (const surface of [entry.left, entry.right]) surfaces.add(foldTitle(surface))
    for (const { pages: titles = [] } of entry.evidence) {
      for (const title of titles) if (title !== '') pages.add(title)
    }
  }
  return { surfaces, pages }
}

interface Leads {
  readonly size: number
  /** The page of which a text is the lead, or its beginning. */
  titleOf(text: string): string | undefined
}

const articleShape = z.looseObject({ title: z.string(), lead: z.string() })

async function leadsOf(pages: ReadonlySet<string>, files: readonly string[], read?: BytesRead): Promise<Leads> {
  const byBeginning = new Map<string, { title: string; lead: string }[]>()
  let size = 0
  for (const file of files) {
    for await (const { value } of jsonLines(file, articleShape, read)) {
      if (!pages.has(value.title)) continue
      const lead = oneLine(value.lead)
      if (lead.length < leadKeyLength) continue
      size++
      const key = lead.slice(0, leadKeyLength)
      byBeginning.set(key, [...(byBeginning.get(key) ?? []), { title: value.title, lead }])
    }
  }
  return {
    size,
    titleOf: (text) => {
      const line = oneLine(text)
      return byBeginning.get(line.slice(0, leadKeyLength))?.find(({ lead }) => lead.startsWith(line))?.title
    },
  }
}

function oneLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim()
}

const exampleShape = z.looseObject({
  query: z.string(),
  positive_doc: z.string(),
  negative_docs: z.array(z.string()).default([]),
  negative_doc: z.string().optional(),
  synonym_pairs: z.array(z.tuple([z.string(), z.string()])).default([]),
})

async function* examplesOf(file: string, read?: BytesRead): AsyncIterable<{ texts: readonly string[]; line: number }> {
  for await (const { value, line } of jsonLines(file, exampleShape, read)) {
    const { query, positive_doc, negative_docs, negative_doc, synonym_pairs } = value
    const single = negative_doc === undefined ? [] : [negative_doc]
    yield { texts: [query, positive_doc, ...negative_docs, ...single, ...synonym_pairs.flat()], line }
  }
}

async function* jsonLines<T>(
  file: string,
  shape: z.ZodType<T>,
  read?: BytesRead,
): AsyncIterable<{ value: T; line: number }> {
  let line = 0
  for await (const text of linesOf(file, read)) {
    line++
    let value: T
    try {
      value = shape.parse(JSON.parse(text))
    } catch (cause) {
      throw new FatalError('LINE_UNREADABLE', 'this line is not what the run writes', {
        at: { file, line },
        hint: 'Make the file again by the phase that writes it: naru extract, or naru examples.',
        cause,
      })
    }
    yield { value, line }
  }
}

const tokenizerShape = z.looseObject({ model: z.looseObject({ vocab: z.record(z.string(), z.number()) }) })

/** Whole words of a vocabulary: no continuations (##…), no special terms ([…]). */
async function vocabularyOf(file: string): Promise<string[]> {
  if (!existsSync(file)) return []
  try {
    const { model } = tokenizerShape.parse(JSON.parse(await readFile(file, 'utf8')))
    return Object.keys(model.vocab).filter((term) => !term.startsWith('##') && !/^\[.+\]$/.test(term))
  } catch (cause) {
    throw new FatalError('TOKENIZER_UNREADABLE', 'the vocabulary cannot be read', {
      at: { file },
      hint: 'Export the model again.',
      cause,
    })
  }
}
