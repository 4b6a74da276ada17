import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigError } from '../../runtime/errors.ts'

/** Ed25519 (RFC 8032) over the bytes of the manifest. Keys are PEM files, as `openssl genpkey -algorithm ed25519` makes them. */
export interface Signer {
  /** Base64 of the public key (SPKI, DER). */
  readonly publicKey: string
  /** Base64. */
  sign(bytes: Uint8Array): string
}

const hint =
  'make one with: openssl genpkey -algorithm ed25519 -out export.pem, and its public half with: openssl pkey -in export.pem -pubout'

/** Throws ConfigError EXPORT_KEY where the file is no private key of that kind. */
export async function readSigner(file: string): Promise<Signer> {
  const key = await readKey(file, createPrivateKey)
  return {
    publicKey: encoded(createPublicKey(key)),
    sign: (bytes) => sign(null, bytes, key).toString('base64'),
  }
}

/** Base64 of a public key, from its PEM file or from that of the private one. Throws ConfigError EXPORT_KEY. */
export async function readPublicKey(file: string): Promise<string> {
  return encoded(await readKey(file, createPublicKey))
}

/** Whether the signature is that of the key; false also where one of them is none at all. */
export function isSignedBy(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

async function readKey(file: string, create: (pem: Buffer) => KeyObject): Promise<KeyObject> {
  try {
    const key = create(await readFile(file))
    if (key.asymmetricKeyType === 'ed25519') return key
    throw new TypeError(`it is a key of ${key.asymmetricKeyType}`)
  } catch (cause) {
    throw new ConfigError('EXPORT_KEY', 'the key file holds no Ed25519 key', { at: { file }, hint, cause })
  }
}

function encoded(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64')
}
