import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({
  languages: languagePair,
  minLikeness: z
    .number()
    .min(0)
    .max(1)
    .default(0.85)
    .describe('How alike two names must sound, 0 to 1: one consonant in seven may differ.'),
  minConsonants: z
    .int()
    .min(1)
    .default(3)
    .describe(
      'Consonants that a name must have to be known by its sound, ≥ 1; with fewer, too many words sound alike.',
    ),
  minPages: z.int().min(1).default(2).describe('Pairs of linked pages that must speak of both names, ≥ 1.'),
  sureConsonants: z
    .int()
    .min(1)
    .default(4)
    .describe('Names that agree in this many consonants, with none that differs, need one pair of pages only, ≥ 1.'),
})
export type MatchSettings = z.output<typeof settings>
