import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

const termLimit = z.int().min(1).nullable().default(null)

export const settings = z.strictObject({
  languages: languagePair,
  passageCharacters: z
    .int()
    .min(50)
    .default(400)
    .describe('Longest lead, cut at a space; as in example-assembler, so that what is judged is what was trained.'),
  maxPages: z
    .int()
    .min(2)
    .default(20_000)
    .describe('Pages of each language at most, those with a mate first, drawn by the seed; bounds memory and time.'),
  maxQueryTerms: termLimit.describe('Heaviest terms kept of a query; null keeps all.'),
  maxDocumentTerms: termLimit.describe('Heaviest terms kept of a document; null keeps all.'),
  batchTexts: z
    .int()
    .min(1)
    .default(64)
    .describe('Texts of like length encoded at once; another number changes weights in their last bits.'),
  threads: z
    .int()
    .min(1)
    .default(2)
    .describe('Threads of the encoder; another number changes weights in their last bits.'),
  cosinePairs: z.int().min(1).default(1000).describe('Random pairs of texts whose mean cosine is taken.'),
  seed: z.int().min(0).default(1).describe('Draws the random pairs, and the pages where there are too many.'),
})
