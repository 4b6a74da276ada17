import { z } from 'zod'
import { languagePair } from '../language/pair.ts'

const termLimit = z.int().min(1).nullable().default(null)

/** Of the evaluator service and of `naru evaluate`. */
export const evaluationSettings = z.strictObject({
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
  sentences: z
    .tuple([z.string(), z.string()])
    .nullable()
    .default(null)
    .describe(
      'Two files of sentences, one a line, each the translation of the same line of the other, in the order of the languages; null leaves that task out.',
    ),
  morphemes: z
    .boolean()
    .default(true)
    .describe('Whether BM25 on Korean morphemes is a baseline too: 270 MB, and a second for 60,000 letters of Korean.'),
  pruningTerms: z
    .array(z.int().min(1))
    .default([30, 60, 120])
    .describe('Numbers of terms to which queries and documents are cut, to see what that costs.'),
  resamples: z
    .int()
    .min(100)
    .default(10_000)
    .describe('How often the queries are drawn anew to tell a difference from chance.'),
  seed: z
    .int()
    .min(0)
    .default(1)
    .describe(
      'Draws the random pairs, the queries of each resample, and the pages and aliases where there are too many.',
    ),
})
export type EvaluationSettings = z.output<typeof evaluationSettings>
