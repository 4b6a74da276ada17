import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readPublicKey } from '../../../model/export/signature.ts'
import { verifyExport } from '../../../model/export/verify.ts'
import { temporaryFolder } from '../../services/drive.ts'
import { exportToy, toyCheckpoint } from './toy-export.ts'

async function signedExport(t: TestContext) {
  const folder = await temporaryFolder(t)
  const pem = async (name: string) => {
    const { privateKey } = generateKeyPairSync('ed25519')
    await writeFile(join(folder, name), privateKey.export({ format: 'pem', type: 'pkcs8' }))
    return join(folder, name)
  }
  const [signingKey, otherKey] = [await pem('key.pem'), await pem('other.pem')]
  const out = join(folder, 'out')
  await exportToy(await toyCheckpoint(folder), out, { formats: [], signingKey })
  return { out, key: await readPublicKey(signingKey), otherKey: await readPublicKey(otherKey), folder, signingKey }
}

test('a signed export is sound, whoever asks with the key; with another it is not', async (t) => {
  const { out, key, otherKey } = await signedExport(t)
  const found = await verifyExport(out)
  assert.deepEqual([found.signature, found.signedBy, found.isSound], ['valid', key, true])
  assert.deepEqual([found.missing, found.changed, found.unlisted], [[], [], []])
  assert.equal((await verifyExport(out, key)).isSound, true)
  const byOther = await verifyExport(out, otherKey)
  assert.deepEqual([byOther.signature, byOther.isSound], ['by another key', false])
})

test('a changed file, a missing one and a changed manifest are found; what the evaluator adds is unlisted', async (t) => {
  const { out } = await signedExport(t)
  await writeFile(join(out, 'scores.json'), '[]')
  assert.deepEqual((await verifyExport(out)).unlisted, ['scores.json'])
  assert.equal((await verifyExport(out)).isSound, true)
  await appendFile(join(out, 'onnx', 'model.onnx'), 'x')
  await rm(join(out, 'README.md'))
  const found = await verifyExport(out)
  assert.deepEqual([found.changed, found.missing, found.isSound], [['onnx/model.onnx'], ['README.md'], false])
  const manifest = await readFile(join(out, 'manifest.json'), 'utf8')
  await writeFile(join(out, 'manifest.json'), manifest.replace('"step": 0', '"step": 1'))
  assert.equal((await verifyExport(out)).signature, 'invalid')
})

test("openssl finds the manifest's signature good", async (t) => {
  const { out, folder, signingKey } = await signedExport(t)
  const openssl = (...args: readonly string[]) => spawnSync('openssl', args, { encoding: 'utf8' })
  if (openssl('version').status !== 0) return t.skip('there is no openssl')
  const [signature, publicKey] = [join(folder, 'raw.sig'), join(folder, 'key.pub')]
  await writeFile(signature, Buffer.from(await readFile(join(out, 'manifest.json.sig'), 'utf8'), 'base64'))
  openssl('pkey', '-in', signingKey, '-pubout', '-out', publicKey)
  const { stdout, stderr } = openssl(
    ...['pkeyutl', '-verify', '-pubin', '-inkey', publicKey, '-rawin'],
    ...['-in', join(out, 'manifest.json'), '-sigfile', signature],
  )
  assert.match(stdout, /Verified Successfully/, stderr)
})

test('without a key the manifest says that nobody signed, and who expects a signature is not content', async (t) => {
  const folder = await temporaryFolder(t)
  await exportToy(await toyCheckpoint(folder), join(folder, 'out'), { formats: [] })
  const found = await verifyExport(join(folder, 'out'))
  assert.deepEqual([found.signature, found.signedBy, found.isSound], ['unsigned', null, true])
  const key = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  assert.equal((await verifyExport(join(folder, 'out'), key)).isSound, false)
})

test('a key file that holds no Ed25519 key is refused before anything is written', async (t) => {
  const folder = await temporaryFolder(t)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signingKey = join(folder, 'rsa.pem')
  await writeFile(signingKey, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  await assert.rejects(exportToy(await toyCheckpoint(folder), join(folder, 'out'), { signingKey }), {
    name: 'ConfigError',
    code: 'EXPORT_KEY',
    hint: /openssl/,
  })
  await assert.rejects(verifyExport(join(folder, 'out')), { code: 'EXPORT_MISSING' })
})
