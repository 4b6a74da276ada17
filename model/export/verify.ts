import { readFile } from 'node:fs/promises'
import { ConfigError } from '../../runtime/errors.ts'
import { layout, partIn } from './layout.ts'
import { hashFile, type Manifest, parseManifest, partsBelow } from './manifest.ts'
import { isSignedBy } from './signature.ts'

/** What an export is worth beside its manifest. */
export interface Verification {
  readonly model: string
  readonly step: number
  /** Files that are as the manifest says. */
  readonly intact: number
  readonly missing: readonly string[]
  /** Files with other bytes than the manifest says. */
  readonly changed: readonly string[]
  /** Files of which the manifest says nothing, such as what the evaluator adds. */
  readonly unlisted: readonly string[]
  readonly signature: 'valid' | 'invalid' | 'by another key' | 'unsigned'
  /** Base64 of the key that the manifest names. */
  readonly signedBy: string | null
  readonly isSound: boolean
}

/**
 * Hashes every file again. expectedKey: base64 of the public key that must have signed; without it a valid signature proves
 * only that nothing changed since. Throws ConfigError EXPORT_MISSING or EXPORT_MANIFEST where there is no export.
 */
export async function verifyExport(folder: string, expectedKey?: string): Promise<Verification> {
  const file = partIn(folder, layout.manifest)
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ConfigError('EXPORT_MISSING', `${layout.manifest} cannot be read`, {
      at: { file },
      hint: 'give the folder of an exported model, such as models/exports/<name>',
      cause,
    })
  })
  const manifest = parseManifest(bytes.toString('utf8'), file)
  const { model, step, signedBy, files } = manifest
  const present = new Set(await partsBelow(folder))
  const listed = Object.keys(files)
  const missing = listed.filter((part) => !present.has(part))
  const changed: string[] = []
  for (const part of listed.filter((part) => present.has(part))) {
    const { sha256 } = await hashFile(partIn(folder, part))
    if (sha256 !== files[part]!.sha256) changed.push(part)
  }
  const own = new Set<string>([...listed, layout.manifest, layout.signature])
  const signature = await signatureOf(folder, bytes, manifest, expectedKey)
  return {
    model,
    step,
    intact: listed.length - missing.length - changed.length,
    missing,
    changed,
    unlisted: [...present].filter((part) => !own.has(part)),
    signature,
    signedBy,
    isSound:
      missing.length === 0 &&
      changed.length === 0 &&
      (signature === 'valid' || (signature === 'unsigned' && expectedKey === undefined)),
  }
}

async function signatureOf(
  folder: string,
  bytes: Buffer,
  { signedBy }: Manifest,
  expectedKey: string | undefined,
): Promise<Verification['signature']> {
  if (signedBy === null) return 'unsigned'
  const signature = await readFile(partIn(folder, layout.signature), 'utf8').catch(() => '')
  if (!isSignedBy(bytes, signature, signedBy)) return 'invalid'
  return expectedKey === undefined || expectedKey === signedBy ? 'valid' : 'by another key'
}
