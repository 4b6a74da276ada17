import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

const entryFormats = ['json', 'jsonl', 'parquet'] as const

export const settings = z.strictObject({
  languages: languagePair,
  folder: z.string().default('synonyms').describe('Folder of the files in the file store.'),
  formats: z
    .array(z.enum(entryFormats))
    .refine((formats) => formats.includes('json'), 'json is always written: naru synonyms explain reads it')
    .default(['json', 'jsonl', 'parquet'])
    .describe('What each file of entries is written as; json is always among them.'),
  search: z
    .strictObject({
      minConfidence: z.number().min(0).max(1).default(0.9).describe('Pairs below this probability are no rules.'),
      maxExpansions: z
        .int()
        .min(1)
        .max(1000)
        .default(10)
        .describe('Translations of a term at most, the surest first: each makes every query for the term longer.'),
    })
    .prefault({})
    .describe('Synonym rules for search engines.'),
  card: z
    .strictObject({
      name: z.string().default('Korean-English synonyms from Wikipedia').describe('Title of the data card.'),
      licence: z
        .string()
        .default('cc-by-sa-4.0')
        .describe('Licence of the data as Hugging Face writes it; that of Wikipedia for what is mined from it.'),
      note: z.string().default('').describe('A sentence for the data card.'),
    })
    .prefault({})
    .describe('The data card, README.md.'),
})
