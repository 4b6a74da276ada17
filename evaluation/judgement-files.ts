/**
 * What an evaluation leaves in the folder of a model: scores.json, evaluation.json, and the index that `naru search` uses. That folder goes
 * with its export when the next one takes its place, so the scores stay beside it as well, one file an evaluation.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { FileStore } from '../runtime/ports.ts'
import type { Score } from '../schemas/types.ts'
import { writeLeadIndex } from '../search/lead-index.ts'
import type { Evaluation } from './evaluation.ts'
import type { Judgement } from './judgement.ts'

export const scoresName = 'scores.json'
export const evaluationName = 'evaluation.json'

/** A line of scores.json, which is an event of the topic scores. */
export const scoreShape = z.strictObject({
  model: z.string(),
  task: z.string(),
  system: z.string(),
  direction: z.string(),
  stratum: z.string(),
  metric: z.string(),
  value: z.number(),
  queries: z.number(),
  pool: z.number(),
})

/** What evaluation.json holds beside the scores. */
export const evaluationShape = z.strictObject({
  /** How often the queries were drawn anew for each comparison. */
  resamples: z.number(),
  /** What was not judged, and why. */
  missing: z.array(z.string()),
  comparisons: z.array(
    z.strictObject({
      task: z.string(),
      direction: z.string(),
      stratum: z.string(),
      metric: z.string(),
      baseline: z.string(),
      queries: z.number(),
      difference: z.number(),
      lower: z.number(),
      upper: z.number(),
      p: z.number(),
      pHolm: z.number(),
    }),
  ),
  /** Absent where an earlier naru wrote it. */
  intervals: z
    .array(
      z.strictObject({
        task: z.string(),
        direction: z.string(),
        stratum: z.string(),
        system: z.string(),
        metric: z.string(),
        lower: z.number(),
        upper: z.number(),
      }),
    )
    .default([]),
  frequentTerms: z.array(z.strictObject({ term: z.string(), share: z.number() })),
})
export type EvaluationFile = z.output<typeof evaluationShape>

export function scoresOf(model: string, { figures }: Pick<Judgement, 'figures'>): Score[] {
  return figures.map((figure) => ({ model, ...figure }))
}

/** Where an evaluation of these scores is kept, below the root of the models: the same scores again are the same file. */
export function evaluationFile(model: string, scoresText: string): string {
  const digest = createHash('sha256').update(scoresText).digest('hex').slice(0, 16)
  return join('evaluations', model, `${digest}.json`)
}

export interface JudgementPlaces {
  /** Address of the folder of the model. */
  readonly folder: string
  /** Root of the models and the name of this one, where it is the export of a run. */
  readonly keptAs?: { readonly models: string; readonly model: string }
}

export async function writeJudgement(
  files: Pick<FileStore, 'write'>,
  { folder, keptAs }: JudgementPlaces,
  scores: readonly Score[],
  judgement: Judgement,
  { missing, settings }: Pick<Evaluation, 'missing' | 'settings'>,
): Promise<void> {
  const { comparisons, intervals, frequentTerms, leads } = judgement
  await writeLeadIndex(files, `${folder}/search`, leads)
  const scoresText = `${jsonLines(scores)}\n`
  await files.write(`${folder}/${scoresName}`, scoresText)
  if (keptAs) await files.write(join(keptAs.models, evaluationFile(keptAs.model, scoresText)), scoresText)
  const parts = { missing, comparisons, intervals, frequentTerms }
  const lists = Object.entries(parts).map(([name, values]) => `${JSON.stringify(name)}: ${jsonLines(values)}`)
  const members = [`"resamples": ${settings.resamples}`, ...lists]
  await files.write(`${folder}/${evaluationName}`, `{\n${members.join(',\n')}\n}\n`)
}

/** One value a line: readable by a JSON parser, and by grep and diff. */
function jsonLines(values: readonly unknown[]): string {
  return values.length === 0 ? '[]' : `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`
}
