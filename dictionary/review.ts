/** review.jsonl: what a person has judged of the pairs, as `naru synonyms review` writes it. */
import { createReadStream, existsSync } from 'node:fs'
import { z } from 'zod'
import { FatalError } from '../runtime/errors.ts'
import { linesOf } from '../wiki/lines.ts'
import type { Judged } from './card.ts'

const judgement = z.looseObject({ source: z.string(), verdict: z.string() })

/** Right and wrong pairs by source; verdicts of other kinds (unsure) count as not judged. Throws FatalError REVIEW_LINE. */
export async function judgedIn(file: string): Promise<ReadonlyMap<string, Judged>> {
  const judged = new Map<string, { right: number; wrong: number }>()
  if (!existsSync(file)) return judged
  let line = 0
  for await (const text of linesOf(createReadStream(file))) {
    line++
    const { source, verdict } = parsed(text, file, line)
    const count = judged.get(source) ?? { right: 0, wrong: 0 }
    judged.set(source, count)
    if (verdict === 'right' || verdict === 'wrong') count[verdict]++
  }
  return judged
}

function parsed(text: string, file: string, line: number): z.output<typeof judgement> {
  try {
    return judgement.parse(JSON.parse(text))
  } catch (cause) {
    throw new FatalError('REVIEW_LINE', 'this line holds no judged pair', { at: { file, line }, cause })
  }
}
