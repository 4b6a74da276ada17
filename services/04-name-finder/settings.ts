import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({
  languages: languagePair,
  koreanNouns: z
    .enum(['words', 'morphemes'])
    .default('words')
    .describe(
      'What may be a named entity in a Korean lead: every word, whose particle its sound will show, or the proper nouns of a morpheme analyser (fewer and surer; 270 MB and 60 k characters a second).',
    ),
})
