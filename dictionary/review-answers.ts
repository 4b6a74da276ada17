/** Answers of another review, such as one that is kept beside a dictionary's sources, for the pairs that this dictionary has. */
import { appendFileSync } from 'node:fs'
import { nameOf, type PairEntry, sourcesOf } from './entries.ts'
import { readReview } from './review-sample.ts'

export interface TakenAnswers {
  readonly taken: number
  /** Answered in this review before. */
  readonly known: number
  /** Of pairs that the dictionary has not, or not from that source. */
  readonly elsewhere: number
}

/**
 * Adds the answers in `from` to the review `to`, each as it stands there, where the dictionary has the pair from that source and
 * it has no answer yet. Throws FatalError REVIEW_LINE.
 */
export async function takeAnswers(entries: AsyncIterable<PairEntry>, from: string, to: string): Promise<TakenAnswers> {
  const offered = new Map(
    (await readReview(from)).map((answer) => [`${answer.fields.source}\t${nameOf(answer)}`, answer]),
  )
  const answered = new Set((await readReview(to)).map((answer) => `${answer.fields.source}\t${nameOf(answer)}`))
  const here = new Set<string>()
  for await (const entry of entries) {
    for (const source of sourcesOf(entry)) {
      const key = `${source}\t${nameOf(entry)}`
      if (offered.has(key)) here.add(key)
    }
  }
  const taken = [...offered].filter(([key]) => here.has(key) && !answered.has(key))
  appendFileSync(to, taken.map(([, answer]) => `${JSON.stringify(answer.fields)}\n`).join(''))
  return { taken: taken.length, known: here.size - taken.length, elsewhere: offered.size - here.size }
}
