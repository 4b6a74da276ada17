import { z } from 'zod'

export const settings = z.strictObject({
  threads: z.int().min(1).default(2).describe('Threads of the engine while the export is compared.'),
})
