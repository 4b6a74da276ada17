import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openFolderStore } from '../../runtime/files.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-files-'))
after(() => rmSync(root, { recursive: true }))
const store = openFolderStore({ data: join(root, 'data'), models: join(root, 'models') })

test('addresses under models/ lie in the models folder, others in the data folder, and lead back', () => {
  assert.equal(store.path('models/exports/a'), join(root, 'models/exports/a'))
  assert.equal(store.path('wikipedia/ko.jsonl'), join(root, 'data/wikipedia/ko.jsonl'))
  for (const address of ['models/exports/a', 'wikipedia/ko.jsonl'])
    assert.equal(store.address(store.path(address)), address)
})

test('an address cannot leave the store', () => {
  for (const address of ['../secret', 'models/../../secret', 'a/../../b']) {
    assert.throws(() => store.path(address), { code: 'ADDRESS_OUTSIDE_STORE' })
  }
})

test('a file is written whole, with its size and hash', async () => {
  async function* parts() {
    yield 'one '
    yield Buffer.from('둘')
  }
  const written = await store.write('deep/er/file.txt', parts())
  const content = readFileSync(store.path('deep/er/file.txt'))
  assert.equal(content.toString(), 'one 둘')
  assert.deepEqual(written, {
    address: 'deep/er/file.txt',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  })
})

test('a write that fails half way leaves the old file and no other', async () => {
  await store.write('kept.txt', 'old')
  async function* failing() {
    yield 'new'
    throw new Error('source broke')
  }
  await assert.rejects(store.write('kept.txt', failing()), /source broke/)
  assert.equal(readFileSync(store.path('kept.txt'), 'utf8'), 'old')
  assert.deepEqual(
    readdirSync(store.path('.')).filter((name) => name.endsWith('.part')),
    [],
  )
})

test('what a killed writer left of a file goes with the next writing of it, and nothing else does', async () => {
  await store.write('swept/a.txt', 'old')
  for (const name of ['.a.txt.1f.part', '.b.txt.1f.part']) writeFileSync(join(store.path('swept'), name), 'half')
  await store.write('swept/a.txt', 'new')
  assert.deepEqual(readdirSync(store.path('swept')).sort(), ['.b.txt.1f.part', 'a.txt'])
  assert.equal(readFileSync(store.path('swept/a.txt'), 'utf8'), 'new')
})
