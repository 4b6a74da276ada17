/** Reads what the exporter leaves for ml-commons: a zip, and beside it the body of the request that registers it. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Bundle as BundleKind, bundleFiles } from '../model/export/opensearch.ts'
import { ConfigError, FatalError } from '../runtime/errors.ts'

/** SPARSE_ENCODING runs the model; SPARSE_TOKENIZE looks up a weight for each token, for queries without a model. */
export type ModelFunction = 'SPARSE_ENCODING' | 'SPARSE_TOKENIZE'

export interface Bundle {
  readonly name: string
  readonly function: ModelFunction
  readonly format: 'TORCH_SCRIPT' | 'ONNX'
  readonly zip: Buffer
  /** Of the zip: what a published model is known by. */
  readonly sha256: string
}

const configShape = z.looseObject({
  name: z.string(),
  function_name: z.enum(['SPARSE_ENCODING', 'SPARSE_TOKENIZE']),
  model_format: z.enum(['TORCH_SCRIPT', 'ONNX']),
  model_content_hash_value: z.string(),
})

/** Throws ConfigError BUNDLE_MISSING where the export has none of the kind, FatalError BUNDLE_DAMAGED for a zip of another hash. */
export async function readBundle(exportFolder: string, kind: BundleKind): Promise<Bundle> {
  const configFile = join(exportFolder, bundleFiles('', kind).config)
  if (!existsSync(configFile)) {
    throw new ConfigError('BUNDLE_MISSING', `the export has no bundle for OpenSearch (${kind})`, {
      at: { file: configFile },
      hint: 'Export the model again, with opensearch among the formats; its tokenizer must be a WordPiece.',
    })
  }
  const config = configShape.parse(JSON.parse(await readFile(configFile, 'utf8')))
  const file = join(exportFolder, 'opensearch', `${config.name}.zip`)
  const zip = await readFile(file)
  const sha256 = createHash('sha256').update(zip).digest('hex')
  if (sha256 !== config.model_content_hash_value) {
    throw new FatalError('BUNDLE_DAMAGED', 'the zip has not the hash that its configuration states', {
      at: { file },
      hint: 'Export the model again.',
    })
  }
  return { name: config.name, function: config.function_name, format: config.model_format, zip, sha256 }
}
