/** The pairs that a person is asked about: the same number of each source, drawn by the seed. */
import { appendFileSync, createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { FatalError } from '../runtime/errors.ts'
import { Draw } from './draw.ts'
import { type NamePair, nameFields, nameOf, namesIn, type PairEntry, sourcesOf } from './entries.ts'

export const reviewVerdicts = ['right', 'wrong', 'unsure'] as const
export type ReviewVerdict = (typeof reviewVerdicts)[number]

export interface Question {
  readonly entry: PairEntry
  /** For which the pair was drawn; more than one where several drew it. */
  readonly sources: readonly string[]
}

/** Questions in an order that mixes the sources, so that a review that ends early says something of each. */
export async function drawQuestions(
  entries: AsyncIterable<PairEntry>,
  { perSource, seed }: { readonly perSource: number; readonly seed: number },
): Promise<Question[]> {
  const draws = new Map<string, Draw<PairEntry>>()
  for await (const entry of entries) {
    for (const source of sourcesOf(entry)) {
      const draw = draws.get(source) ?? new Draw<PairEntry>(perSource, seed)
      draws.set(source, draw)
      draw.add(nameOf(entry), entry)
    }
  }
  const drawn = [...draws]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, draw]) => ({ source, entries: draw.values() }))
  const questions = new Map<string, { entry: PairEntry; sources: string[] }>()
  for (let at = 0; at < perSource; at++) {
    for (const { source, entries: ofSource } of drawn) {
      const entry = ofSource[at]
      if (!entry) continue
      const known = questions.get(nameOf(entry))
      if (known) known.sources.push(source)
      else questions.set(nameOf(entry), { entry, sources: [source] })
    }
  }
  return [...questions.values()]
}

const lineShape = z.looseObject({
  source: z.string(),
  verdict: z.enum(reviewVerdicts),
  /** Who judged, where it was not a person at the terminal. */
  by: z.string().optional(),
})
/** Its own fields follow, as they stand in the file, the names of the pair first. */
export type ReviewLine = NamePair & { readonly fields: z.output<typeof lineShape> }

/** What was judged so far; nothing where there is no file. Throws FatalError REVIEW_LINE. */
export async function readReview(file: string): Promise<ReviewLine[]> {
  if (!existsSync(file)) return []
  const lines: ReviewLine[] = []
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    try {
      const raw: Record<string, unknown> = JSON.parse(text)
      // zod puts the fields that it knows first; the names have to stay where they are.
      lines.push({ ...namesIn(raw), fields: { ...raw, ...lineShape.parse(raw) } })
    } catch (cause) {
      throw new FatalError('REVIEW_LINE', 'this line holds no judged pair', {
        at: { file, line: lines.length + 1 },
        cause,
      })
    }
  }
  return lines
}

/** Written at once, so that a review that is broken off keeps every answer. */
export function recordAnswer(file: string, { entry, sources }: Question, verdict: ReviewVerdict): void {
  const { confidence } = entry
  const lines = sources.map((source) => `${JSON.stringify({ ...nameFields(entry), source, verdict, confidence })}\n`)
  appendFileSync(file, lines.join(''))
}

/** Questions of which a source has no answer yet, for these sources. */
export function unanswered(questions: readonly Question[], review: readonly ReviewLine[]): Question[] {
  const answered = new Set(review.map((line) => `${line.fields.source}\t${nameOf(line)}`))
  return questions.flatMap(({ entry, sources }) => {
    const open = sources.filter((source) => !answered.has(`${source}\t${nameOf(entry)}`))
    return open.length > 0 ? [{ entry, sources: open }] : []
  })
}
