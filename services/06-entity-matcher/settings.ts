import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({
  languages: languagePair,
  minLikeness: z
    .number()
    .min(0)
    .max(1)
    .default(0.85)
    .describe('How alike the consonants of two names must be, 0 to 1: one in seven may differ.'),
  minSound: z
    .number()
    .min(0)
    .max(1)
    .default(0.85)
    .describe(
      'How alike two names must sound, vowels included, 0 to 1. Of names with the same consonants it keeps 93 % that are one and 8 % that are not (docs/synonyms.md).',
    ),
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
