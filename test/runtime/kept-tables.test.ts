import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Surroundings } from '../../runtime/deps.ts'
import { openKeptTables } from '../../runtime/embedded/kept-tables.ts'
import { openFolderStore } from '../../runtime/files.ts'
import { filesMade, noteMade } from '../../runtime/update/made-files.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-kept-'))
after(() => rmSync(root, { recursive: true, force: true }))

const id = 'synonym-splitter'
const unit = 'all'

function storeIn(name: string) {
  const data = join(root, name)
  return openFolderStore({ data, models: join(data, 'models') })
}

test('an update finds the tables as the run before left them; until its own are kept, theirs stay as they are', async () => {
  const files = storeIn('handed-on')
  const first = openKeptTables(id, unit, files)
  first.table<number>('counts').put('눈', 1)
  const { address } = (await first.keep())!

  const broken = openKeptTables(id, unit, files, address)
  broken.table<number>('counts').put('눈', 7)
  await broken.dispose()

  const second = openKeptTables(id, unit, files, address)
  const counts = second.table<number>('counts')
  assert.deepEqual([...counts.entries()], [{ key: '눈', value: 1 }])
  counts.put('눈', 2)
  const kept = (await second.keep())!
  await second.dispose()
  const third = openKeptTables(id, unit, files, kept.address)
  assert.equal(third.table<number>('counts').get('눈'), 2)
  await third.dispose()
  assert.equal(readdirSync(files.path(`state/tables/${id}/${unit}`)).length, 1, 'those of before are gone')
})

test('tables that are not as they were left are not gone on from', async () => {
  const data = join(root, 'changed')
  const around: Surroundings = {
    store: { data, models: join(data, 'models') },
    stateFolder: join(data, 'state'),
    logLevel: 'silent',
    logDestination: 2,
    settings: { [id]: {} },
  }
  const places = [{ topic: 'synonym-pairs', partition: 0, offset: 3 }]
  const files = storeIn('changed')
  const tables = openKeptTables(id, unit, files)
  tables.table<number>('counts').put('눈', 1)
  const kept = (await tables.keep())!
  await noteMade(id, unit, around, [kept], places)
  assert.deepEqual(await filesMade(id, unit, around, places), [kept.address])
  appendFileSync(files.path(kept.address), 'x')
  assert.equal(await filesMade(id, unit, around, places), undefined)
})
