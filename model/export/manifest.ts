import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { ConfigError } from '../../runtime/errors.ts'
import { formats, layout, partIn } from './layout.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const manifestShape = z.strictObject({
  format: z.literal(1),
  model: z.string(),
  step: z.int().min(0),
  /** SHA-256 of the state of the checkpoint, which holds those of its files. */
  checkpoint: hash,
  formats: z.array(z.enum(formats)),
  /** Formats that were wanted, and why they are not there. */
  leftOut: z.record(z.string(), z.string()),
  /** Every other file of the export, by its path. */
  files: z.record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256: hash })),
  /** Base64 of the Ed25519 public key (SPKI, DER) whose signature lies beside the manifest; null: not signed. */
  signedBy: z.string().nullable(),
})
export type Manifest = z.output<typeof manifestShape>

export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Throws ConfigError EXPORT_MANIFEST for what is no manifest. */
export function parseManifest(text: string, file: string): Manifest {
  try {
    return manifestShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new ConfigError('EXPORT_MANIFEST', 'manifest.json is not that of an export of this version', {
      at: { file },
      hint: 'give the folder of an export, such as models/exports/<name>, or export anew',
      cause,
    })
  }
}

/** Bytes and SHA-256 of every file below a folder by its path, sorted; those of the manifest itself are left out. */
export async function hashFiles(folder: string): Promise<Manifest['files']> {
  const files: [string, Manifest['files'][string]][] = []
  for (const part of await partsBelow(folder)) {
    if (part !== layout.manifest && part !== layout.signature) files.push([part, await hashFile(partIn(folder, part))])
  }
  return Object.fromEntries(files)
}

export async function hashFile(file: string): Promise<Manifest['files'][string]> {
  const sha256 = createHash('sha256')
  let bytes = 0
  await pipeline(createReadStream(file), async (parts: AsyncIterable<Buffer>) => {
    for await (const part of parts) {
      sha256.update(part)
      bytes += part.length
    }
  })
  return { bytes, sha256: sha256.digest('hex') }
}

/** Paths of all files below a folder, as the manifest names them, sorted. */
export async function partsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .sort()
}
