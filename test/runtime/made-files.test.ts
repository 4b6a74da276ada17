import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Surroundings } from '../../runtime/deps.ts'
import { openFolderStore } from '../../runtime/files.ts'
import { filesMade, noteMade } from '../../runtime/update/made-files.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-made-'))
after(() => rmSync(root, { recursive: true, force: true }))

const id = 'example-writer'
const unit = 'all'
const places = [0, 1].map((partition) => ({ topic: 'training-examples', partition, offset: 7 + partition }))
const address = 'training/qd_pairs.jsonl'

let folders = 0

/** A folder in which the service has written a file and noted it. */
async function made(): Promise<Surroundings> {
  const data = join(root, String(folders++))
  const around: Surroundings = {
    store: { data, models: join(data, 'models') },
    stateFolder: join(data, 'state'),
    logLevel: 'silent',
    logDestination: 2,
    settings: { [id]: { folder: 'training' }, 'article-writer': { folder: 'wikipedia' } },
  }
  const written = await openFolderStore(around.store).write(address, 'one\n')
  await noteMade(id, unit, around, [written], places)
  return around
}

test('files are known as long as they are as they were made, of this input and by these settings', async () => {
  assert.deepEqual(await filesMade(id, unit, await made(), places), [address])
})

test('of an input that stood elsewhere nothing is known: a crash before the commit leaves such a note', async () => {
  const [first, second] = places
  const around = await made()
  assert.equal(await filesMade(id, unit, around, [first!, { ...second!, offset: 9 }]), undefined)
  assert.equal(await filesMade(id, unit, around, [first!]), undefined)
  assert.equal(await filesMade(id, unit, around, [...places, { ...second!, partition: 2 }]), undefined)
})

test('a file that is another, or gone, is not gone on from', async () => {
  const around = await made()
  const file = openFolderStore(around.store).path(address)
  writeFileSync(file, 'two\n')
  assert.equal(await filesMade(id, unit, around, places), undefined)
  rmSync(file)
  assert.equal(await filesMade(id, unit, around, places), undefined)
})

test('with other settings, and without a note, all is written anew', async () => {
  const around = await made()
  assert.equal(await filesMade(id, unit, { ...around, settings: { [id]: { folder: 'triplets' } } }, places), undefined)
  assert.equal(await filesMade('article-writer', unit, around, places), undefined)
})
