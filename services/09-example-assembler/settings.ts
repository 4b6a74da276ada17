import { z } from 'zod'
import { languagePair } from '../../language/pair.ts'

export const settings = z.strictObject({
  languages: languagePair,
  kinds: z
    .array(z.enum(['synonym', 'title_lead', 'alias_lead', 'lead_pair', 'span_lead']))
    .default(['synonym', 'title_lead', 'alias_lead', 'span_lead'])
    .describe('Kinds of example to build.'),
  negatives: z.int().min(0).max(32).default(4).describe('BM25 hard negatives of each example.'),
  searchIndex: z
    .union([z.literal('embedded'), z.url({ protocol: /^https?$/ })])
    .default('embedded')
    .describe(
      'Where the negatives are looked for: embedded, on the disk of this machine, or the address of an OpenSearch, as whom NARU_OPENSEARCH_USERNAME and _PASSWORD say.',
    ),
  maxOverlap: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe(
      'Share of common tokens (Jaccard) above which a document may be a copy of the positive and is no negative.',
    ),
  passageCharacters: z.int().min(50).default(400).describe('Longest document, cut at a space.'),
  maxSynonymPairs: z
    .int()
    .min(1)
    .default(8)
    .describe('Synonym pairs of the cluster given with each example, surest first.'),
  spansPerPassage: z
    .int()
    .min(1)
    .default(1)
    .describe('Rare words of each passage that become queries for it, where the kind span_lead is wanted.'),
  maxAliases: z.int().min(0).default(4).describe('Aliases of each page, beside its title, that become queries.'),
  seed: z.int().min(0).default(1).describe('Draws the negatives where BM25 finds too few.'),
})

export type Settings = z.output<typeof settings>
