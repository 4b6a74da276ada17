import { z } from 'zod'
import { defaultLicence } from '../../model/export/export-model.ts'
import { formats } from '../../model/export/layout.ts'

export const settings = z.strictObject({
  threads: z.int().min(1).default(2).describe('Threads of the engine while the export is compared.'),
  formats: z
    .array(z.enum(formats))
    .default([])
    .describe('What the export is made of; empty: all that the tokenizer allows, and the log says what it does not.'),
  rounded: z
    .array(z.enum(['fp16', 'int8']))
    .default([])
    .describe('ONNX files with fewer bits a weight, beside the exact one; parity.json says what that costs.'),
  openSearchRuntimes: z
    .boolean()
    .default(true)
    .describe('Compare on libtorch and onnxruntime of OpenSearch as well, where deploy/djl/djl.sh has fetched them.'),
  licence: z
    .string()
    .min(1)
    .default(defaultLicence)
    .describe('Licence of the model for its card, as the hub of Hugging Face writes it.'),
  signingKey: z
    .string()
    .default('')
    .describe('PEM file of an Ed25519 private key that signs the manifest; without it the export is not signed.'),
})
