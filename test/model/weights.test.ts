import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readSafetensors, safetensorsParts } from '../../model/weights.ts'
import { FatalError } from '../../runtime/errors.ts'
import { weightsReference } from './reference/reference.ts'

const folder = await mkdtemp(join(tmpdir(), 'naru-weights-'))
after(() => rm(folder, { recursive: true }))
const fileFromPython = Buffer.from(weightsReference.fileHex, 'hex')

test('a file of the safetensors package is read as it was written', async () => {
  const file = join(folder, 'python.safetensors')
  await writeFile(file, fileFromPython)
  const tensors = await readSafetensors(file)
  assert.deepEqual(new Set(tensors.keys()), new Set(Object.keys(weightsReference.tensors)))
  for (const [name, { shape, data }] of Object.entries(weightsReference.tensors)) {
    assert.deepEqual(tensors.get(name), { shape, data: Float32Array.from(data) })
  }
})

test('the same tensors in the same order give the bytes of the safetensors package', async () => {
  const file = join(folder, 'again.safetensors')
  await writeFile(file, fileFromPython)
  // The package sorts by name within one type; a Map keeps the order in which the file lists them.
  const parts = [...safetensorsParts(await readSafetensors(file), { format: 'pt' })]
  assert.equal(Buffer.concat(parts).toString('hex'), weightsReference.fileHex)
})

test('a file that is cut short is refused with its place', async () => {
  const file = join(folder, 'short.safetensors')
  await writeFile(file, fileFromPython)
  await truncate(file, fileFromPython.length - 3)
  await assert.rejects(readSafetensors(file), (error: unknown) => {
    assert.ok(error instanceof FatalError)
    assert.equal(error.code, 'WEIGHTS_INVALID')
    assert.equal(error.at.byteOffset, fileFromPython.length - 3)
    return true
  })
})

test('a file of another kind is refused', async () => {
  for (const content of ['', 'short', 'no safetensors file, but long enough for a header']) {
    const file = join(folder, 'other')
    await writeFile(file, content)
    await assert.rejects(readSafetensors(file), { code: 'WEIGHTS_INVALID' })
  }
  assert.equal((await readFile(join(folder, 'other'))).length, 49)
})
