import { z } from 'zod'

export const settings = z.strictObject({
  streamsPerChunk: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe('Streams of about 100 pages each in one chunk; smaller spreads and resumes finer.'),
  limit: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('Pages of each wiki to read, from the beginning; null for all.'),
})
