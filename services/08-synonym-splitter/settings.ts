import { z } from 'zod'

export const settings = z.strictObject({
  minConfidence: z.number().min(0).max(1).default(0.5).describe('Pairs below this probability are left out.'),
  valShare: z.number().min(0).max(0.5).default(0.05).describe('Share of the clusters in val.'),
  testShare: z.number().min(0).max(0.5).default(0.05).describe('Share of the clusters in test.'),
  seed: z.int().min(0).default(1).describe('Another seed puts other clusters into val and test.'),
})
