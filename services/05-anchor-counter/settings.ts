import { z } from 'zod'

export const settings = z.strictObject({
  minShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("P(page | surface): share of a text's links that must lead to the page for the text to name it."),
  minCount: z.int().min(1).default(3).describe('Links from the text to the page that are needed, ≥ 1.'),
})
