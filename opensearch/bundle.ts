/** What the exporter leaves for OpenSearch in an export's folder `opensearch/`: zips, each with a configuration that names its hash. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError, FatalError } from '../runtime/errors.ts'

/** SPARSE_ENCODING runs the model; SPARSE_TOKENIZE looks up a weight for each token, for queries without a model. */
export type ModelFunction = 'SPARSE_ENCODING' | 'SPARSE_TOKENIZE'

export interface Bundle {
  readonly name: string
  readonly function: ModelFunction
  readonly format: string
  readonly zip: Buffer
  /** Of the zip: what a published model is known by. */
  readonly sha256: string
}

const configShape = z.looseObject({
  name: z.string(),
  function_name: z.enum(['SPARSE_ENCODING', 'SPARSE_TOKENIZE']),
  model_format: z.string(),
  model_content_hash_value: z.string(),
})

/**
 * The bundle of a function. Throws ConfigError BUNDLE_MISSING where the export has none, FatalError BUNDLE_DAMAGED where no zip has
 * the hash that its configuration states.
 */
export async function readBundle(exportFolder: string, wanted: ModelFunction): Promise<Bundle> {
  const bundle = await findBundle(exportFolder, wanted)
  if (bundle) return bundle
  throw new ConfigError('BUNDLE_MISSING', `the export has no bundle for ${wanted}`, {
    at: { file: join(exportFolder, 'opensearch') },
    hint: 'Export the model again: naru export.',
  })
}

/** The same, or undefined where the export has none. */
export async function findBundle(exportFolder: string, wanted: ModelFunction): Promise<Bundle | undefined> {
  const folder = join(exportFolder, 'opensearch')
  const names = existsSync(folder) ? (await readdir(folder)).sort() : []
  for (const name of names.filter((name) => name.endsWith('.json'))) {
    const config = configShape.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8')))
    if (!config.success || config.data.function_name !== wanted) continue
    const { model_content_hash_value: sha256, model_format: format } = config.data
    const zip = await zipWith(sha256, folder, names)
    if (zip) return { name: config.data.name, function: wanted, format, zip, sha256 }
    throw new FatalError('BUNDLE_DAMAGED', 'no zip has the hash that the configuration states', {
      at: { file: join(folder, name) },
      hint: 'Export the model again: naru export.',
    })
  }
  return undefined
}

async function zipWith(sha256: string, folder: string, names: readonly string[]): Promise<Buffer | undefined> {
  for (const name of names.filter((name) => name.endsWith('.zip'))) {
    const zip = await readFile(join(folder, name))
    if (createHash('sha256').update(zip).digest('hex') === sha256) return zip
  }
  return undefined
}
