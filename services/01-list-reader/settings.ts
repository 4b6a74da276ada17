import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({
  languages: languagePair,
  files: z
    .array(z.string())
    .default([])
    .describe(
      'Existing lists to merge: JSON {"한국어": ["english", …]}, or lines of two terms parted by a tab or, as MUSE has them, by spaces.',
    ),
})
