import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({
  languages: languagePair,
  file: z
    .string()
    .nullable()
    .default(null)
    .describe('An existing list to merge, as JSON: {"한국어": ["english", …]}. Null for none.'),
})
