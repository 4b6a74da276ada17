/** naru export verify: whether an export is what its manifest says, and who signed that. */
import { resolve } from 'node:path'
import { readPublicKey } from '../../../model/export/signature.ts'
import { type Verification, verifyExport } from '../../../model/export/verify.ts'
import { FatalError } from '../../../runtime/errors.ts'
import { print, printJson } from '../../print.ts'

export interface VerifyFlags {
  readonly publicKey?: string
  readonly json?: boolean
}

/** Throws FatalError EXPORT_UNSOUND where a file is missing or changed, or a signature is not that of the key. */
export async function verify(folder: string, { publicKey, json }: VerifyFlags): Promise<void> {
  const expected = publicKey === undefined ? undefined : await readPublicKey(resolve(publicKey))
  const found = await verifyExport(resolve(folder), expected)
  if (json) printJson(found)
  else print(renderVerification(found))
  if (found.isSound) return
  throw new FatalError('EXPORT_UNSOUND', `the export is not what its manifest says, or not signed by the key`, {
    at: { file: resolve(folder) },
    hint: 'export the checkpoint again, or fetch the folder again from where it came',
  })
}

function renderVerification(found: Verification): string {
  const { model, step, intact, missing, changed, unlisted, signature, signedBy } = found
  return [
    `${model}, step ${step}: ${intact} files are as the manifest says`,
    ...missing.map((file) => `  missing   ${file}`),
    ...changed.map((file) => `  changed   ${file}`),
    ...unlisted.map((file) => `  unlisted  ${file}`),
    signature === 'unsigned' ? 'not signed' : `signature ${signature}, key ${signedBy}`,
  ].join('\n')
}
