import { z } from 'zod'

export const settings = z.strictObject({
  threads: z.int().min(1).default(2).describe('Threads of the engine while the export is compared.'),
  signingKey: z
    .string()
    .default('')
    .describe('PEM file of an Ed25519 private key that signs the manifest; without it the export is not signed.'),
})
