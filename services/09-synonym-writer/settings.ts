import { z } from 'zod'

export const settings = z.strictObject({
  folder: z.string().default('synonyms').describe('Folder of the files in the file store.'),
})
