/** review.jsonl: what was judged of the pairs, as `naru synonyms review` writes it. */
import { createReadStream, existsSync } from 'node:fs'
import { z } from 'zod'
import { FatalError } from '../runtime/errors.ts'
import { linesOf } from '../wiki/lines.ts'
import { aPerson, type Judged } from './card.ts'

const judgement = z.looseObject({ source: z.string(), verdict: z.string(), by: z.string().default(aPerson) })

/** Right and wrong pairs by source; verdicts of other kinds (unsure) count as not judged. Throws FatalError REVIEW_LINE. */
export async function judgedIn(file: string): Promise<ReadonlyMap<string, Judged>> {
  const judged = new Map<string, { right: number; wrong: number; by: Set<string> }>()
  if (!existsSync(file)) return judged
  let line = 0
  for await (const text of linesOf(createReadStream(file))) {
    line++
    const { source, verdict, by } = parsed(text, file, line)
    const count = judged.get(source) ?? { right: 0, wrong: 0, by: new Set() }
    judged.set(source, count)
    if (verdict !== 'right' && verdict !== 'wrong') continue
    count[verdict]++
    count.by.add(by)
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
