/** Four gigabytes of a zip archive, as python's zipfile reads them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeZip } from '../../model/zip-writer.ts'
import { temporaryFolder } from '../services/drive.ts'
import { skipWithout } from './servers.ts'

test('a member of over 4 GiB, and the one behind it, are found by the sizes of zip64', {
  skip: skipWithout('python3'),
}, async (t) => {
  const file = join(await temporaryFolder(t), 'large.zip')
  const piece = Buffer.alloc(2 ** 28)
  const large = function* () {
    for (let i = 0; i < 16; i++) yield piece
    yield Buffer.from('end')
  }
  await writeZip(file, [
    { name: 'large', parts: large },
    { name: 'behind', parts: () => [Buffer.from('found')] },
  ])
  // Not read through zipfile, which would add up the checksum of four gigabytes again; test/model does so for small ones.
  const program = `
import struct, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
info = archive.getinfo('large')
with open(sys.argv[1], 'rb') as file:
    file.seek(info.header_offset + 26)
    name_length, extra_length = struct.unpack('<HH', file.read(4))
    file.seek(name_length + extra_length + 16 * 2**28, 1)
    print(info.file_size, file.read(3).decode(), archive.read('behind').decode())`
  const { stdout, stderr } = spawnSync('python3', ['-c', program, file], { encoding: 'utf8' })
  assert.equal(stdout.trim(), `${16 * 2 ** 28 + 3} end found`, stderr)
})
