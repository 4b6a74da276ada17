/** card.json: what synonym-writer counted, from which the data card is written, and written again after a review. */
import { z } from 'zod'

/** Lower bounds of the bands of confidence that pairs are counted in. */
export const confidenceBands = [0, 0.5, 0.8, 0.9, 0.95, 0.99] as const

const count = z.int().min(0)

const sourceCount = z.strictObject({
  source: z.string(),
  /** Pairs that it says, alone or with others. */
  pairs: count,
  /** Pairs that no other source says. */
  alone: count,
  /** Of its pairs, those in each of `confidenceBands`. */
  bands: z.array(count).length(confidenceBands.length),
})

const dump = z.strictObject({
  wiki: z.string(),
  date: z.string(),
  kind: z.string(),
  /** Name of the file. */
  file: z.string(),
  bytes: count,
  sha1: z.string().nullable(),
})

const file = z.strictObject({
  name: z.string(),
  bytes: count,
  sha256: z.string(),
  /** Pairs, terms or rules. */
  rows: count,
})

export const cardFacts = z.strictObject({
  name: z.string(),
  languages: z.tuple([z.string(), z.string()]),
  licence: z.string(),
  note: z.string(),
  dumps: z.array(dump),
  lists: z.array(z.string()),
  pairs: count,
  splits: z.strictObject({ train: count, val: count, test: count }),
  sources: z.array(sourceCount),
  search: z.strictObject({
    minConfidence: z.number(),
    maxExpansions: count,
    /** Pairs too unsure, pairs with symbols that tokenizers drop, translations that surer ones crowd out. */
    leftOut: z.strictObject({ unsure: count, symbols: count, beyondLimit: count }),
  }),
  files: z.array(file),
})

export type SourceCount = z.output<typeof sourceCount>
export type CardDump = z.output<typeof dump>
export type CardFile = z.output<typeof file>
export type CardFacts = z.output<typeof cardFacts>

export const cardFactsName = 'card.json'
export const cardName = 'README.md'
export const reviewName = 'review.jsonl'
