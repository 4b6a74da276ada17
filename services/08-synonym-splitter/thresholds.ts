import { type Voice, voicesOf } from '../../confidence/voices.ts'
import type { Sense, SynonymPair } from '../../schemas/types.ts'
import { evidenceIn } from './names.ts'

export interface Thresholds {
  readonly minConfidence: number
  readonly thresholds: Readonly<Partial<Record<Voice, number>>>
}

/** The senses of a pair that are sure enough: a sense is measured by the lowest threshold of those who speak for it. */
export function sureSenses(pair: SynonymPair, { minConfidence, thresholds }: Thresholds): Sense[] {
  return pair.senses.filter((sense) => {
    const voices = voicesOf(evidenceIn(pair, [sense]))
    return sense.confidence >= Math.min(...voices.map((voice) => thresholds[voice] ?? minConfidence))
  })
}
