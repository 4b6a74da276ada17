import { z } from 'zod'

export const settings = z.strictObject({
  streamsPerChunk: z
    .int()
    .min(1)
    .max(1000)
    .default(1)
    .describe('Streams of about 100 pages each in one chunk; smaller spreads and resumes finer.'),
  blocksPerChunk: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(16)
    .describe(
      'Blocks of 0.9 MB each in one chunk of a file without streams to cut at; each chunk decodes one block more. Null for one chunk a file, which the reference decoder of bz2 needs.',
    ),
  limit: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('Pages of each wiki to read, from the beginning; null for all.'),
})
