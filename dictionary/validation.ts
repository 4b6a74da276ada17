/** What dictionaries that were no source say of the pairs, by source, and how far confidence can be believed. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type JudgedEntry, judged, judgeRecallsOn, recallFor } from '../confidence/entries.ts'
import type { Judge, Verdict } from '../confidence/judge.ts'
import { reliabilityOf } from '../confidence/reliability.ts'
import { FatalError } from '../runtime/errors.ts'
import { type PairEntry, sourcesOf } from './entries.ts'

/** Lies beside the synonyms, for the report and the data card. */
export const validationName = 'validation.json'

const counts = { agree: z.int().min(0), disagree: z.int().min(0), unknown: z.int().min(0) }
const share = z.number().min(0).max(1)

const validationShape = z.strictObject({
  dictionaries: z.array(z.strictObject({ name: z.string(), sha256: z.string(), pairs: z.number() })),
  pairs: z.number(),
  all: z.strictObject(counts),
  /** A pair counts for every source that says it; most pairs first. */
  sources: z.array(z.strictObject({ source: z.string(), ...counts })),
  judgeRecalls: z.strictObject({ titles: share, aliases: share }),
  reliability: z.strictObject({
    judged: z.number(),
    bins: z.array(
      z.strictObject({
        from: share,
        to: share,
        judged: z.number(),
        meanConfidence: share,
        right: share,
        lower: share,
        upper: share,
      }),
    ),
    brier: share,
    expectedCalibrationError: share,
  }),
})

export type Validation = z.output<typeof validationShape>
export type VerdictCounts = Readonly<Record<Verdict, number>>

/** Undefined where the dictionaries were not asked. Throws FatalError VALIDATION. */
export async function readValidation(file: string): Promise<Validation | undefined> {
  if (!existsSync(file)) return undefined
  try {
    return validationShape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new FatalError('VALIDATION', 'what the dictionaries said cannot be read', {
      at: { file },
      hint: 'Run naru synonyms validate again.',
      cause,
    })
  }
}

export async function validate(entries: AsyncIterable<PairEntry>, judges: readonly Judge[]): Promise<Validation> {
  const all = noVerdicts()
  const sources = new Map<string, Record<Verdict, number>>()
  const known: JudgedEntry[] = []
  let pairs = 0
  for await (const entry of entries) {
    pairs++
    const verdict = judged(entry, judges)
    all[verdict.verdict]++
    for (const source of sourcesOf(entry)) {
      const counts = sources.get(source) ?? noVerdicts()
      sources.set(source, counts)
      counts[verdict.verdict]++
    }
    if (verdict.verdict !== 'unknown') known.push(verdict)
  }
  const judgeRecalls = judgeRecallsOn(known)
  return {
    dictionaries: judges.map(({ name, sha256, pairs }) => ({ name, sha256, pairs })),
    pairs,
    all,
    sources: [...sources]
      .map(([source, counts]) => ({ source, ...counts }))
      .sort((a, b) => total(b) - total(a) || (a.source < b.source ? -1 : 1)),
    judgeRecalls,
    reliability: reliabilityOf(
      known.map((entry) => ({
        confidence: entry.confidence,
        right: entry.verdict === 'agree',
        judgeRecall: recallFor(entry, judgeRecalls),
      })),
    ),
  }
}

function noVerdicts(): Record<Verdict, number> {
  return { agree: 0, disagree: 0, unknown: 0 }
}

function total({ agree, disagree, unknown }: VerdictCounts): number {
  return agree + disagree + unknown
}
