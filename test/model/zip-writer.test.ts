import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ZipArchive } from '../../model/pretrained/zip.ts'
import { writeZip } from '../../model/zip-writer.ts'
import { temporaryFolder } from '../services/drive.ts'

const withoutPython = spawnSync('python3', ['--version']).status !== 0 && 'there is no python3'

const members = [
  { name: 'a/data.pkl', parts: () => [Buffer.from('one'), Buffer.from('two')] },
  { name: 'empty', parts: () => [] },
  ...Array.from({ length: 70 }, (_, i) => ({ name: `많은/${'x'.repeat(i)}`, parts: () => [Buffer.alloc(i, i)] })),
]

test("python's zipfile finds every member whole, by its name", { skip: withoutPython }, async (t) => {
  const file = join(await temporaryFolder(t), 'a.zip')
  const { bytes, sha256 } = await writeZip(file, members, { alignment: 64 })
  assert.equal(bytes, (await stat(file)).size)
  assert.equal(
    sha256,
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  )
  const program = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: archive.read(name).hex() for name in archive.namelist()}))`
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program, file], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const expected = members.map(({ name, parts }) => [name, Buffer.concat(parts()).toString('hex')])
  assert.deepEqual(JSON.parse(stdout), Object.fromEntries(expected))
})

test('the content of every member begins at a multiple of the alignment', async (t) => {
  const file = join(await temporaryFolder(t), 'a.zip')
  await writeZip(file, members, { alignment: 64 })
  const bytes = await readFile(file)
  const handle = await open(file)
  try {
    const archive = await ZipArchive.open(file, handle)
    assert.equal(archive.members.size, members.length)
    for (const { name, headerOffset } of archive.members.values()) {
      const place = headerOffset + 30 + bytes.readUInt16LE(headerOffset + 26) + bytes.readUInt16LE(headerOffset + 28)
      assert.equal(place % 64, 0, name)
    }
  } finally {
    await handle.close()
  }
})
