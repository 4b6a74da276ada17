import { z } from 'zod'
import { type Voice, voices } from '../../confidence/voices.ts'

const threshold = z.number().min(0).max(1)

export const settings = z.strictObject({
  minConfidence: threshold.default(0.5).describe('Pairs below this probability are left out.'),
  thresholds: z
    .strictObject(
      Object.fromEntries(voices.map((voice) => [voice, threshold.exactOptional()])) as Record<
        Voice,
        z.ZodExactOptional<z.ZodNumber>
      >,
    )
    .prefault({})
    .describe(
      'Other thresholds for the pairs that a source speaks for; of several sources the lowest threshold counts.',
    ),
  valShare: z.number().min(0).max(0.5).default(0.05).describe('Share of the groups of clusters in val.'),
  testShare: z.number().min(0).max(0.5).default(0.05).describe('Share of the groups of clusters in test.'),
  maxHeldOutClusters: z
    .int()
    .min(1)
    .default(100)
    .describe('A new group of more clusters than this is in train: so many names are no sample of the others.'),
  seed: z.int().min(0).default(1).describe('Another seed puts other groups into val and test.'),
  earlier: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'clusters.jsonl of the run before, whose clusters keep their side; an address in the file store. Null for none.',
    ),
  folder: z.string().default('synonyms').describe('Folder of clusters.jsonl in the file store.'),
})
