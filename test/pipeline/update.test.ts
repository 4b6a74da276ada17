/** The sample's two dumps, a month apart: after an update the data sets are those of the second dump alone, to the byte. */
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { packageRoot } from '../../runtime/package-root.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import { dataSetHashes, dataSetWriters, runStages } from './stages.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-update-'))
after(() => rmSync(root, { recursive: true, force: true }))

const inputsOf = (date: string) =>
  ['ko', 'en'].map((language) => {
    return { language, location: join(packageRoot, 'dataset', 'sample', date, `${language}wiki`) }
  })

/** What the next update compares with: the versions of the pages. */
function keepVersions(out: string, update: number): string {
  const folder = join(out, 'state', 'before', String(update))
  mkdirSync(folder, { recursive: true })
  for (const wiki of ['kowiki', 'enwiki'])
    cpSync(join(out, 'wikipedia', `${wiki}.pages`), join(folder, `${wiki}.pages`))
  return folder
}

async function updateTo(date: string, out: string, update: number): Promise<readonly ServiceStatus[]> {
  const known = keepVersions(out, update)
  return runStages({
    out,
    update,
    targets: dataSetWriters,
    inputs: inputsOf(date),
    settings: { 'article-extractor': { known } },
  })
}

const updated = join(root, 'updated')
const fresh = join(root, 'fresh')
let statuses: readonly ServiceStatus[] = []

before(async () => {
  await runStages({ out: updated, targets: dataSetWriters, inputs: inputsOf('20260901') })
  statuses = await updateTo('20261001', updated, 1)
  await runStages({ out: fresh, targets: dataSetWriters, inputs: inputsOf('20261001') })
})

test('after an update the data sets are those of a run on the second dump alone, to the byte', () => {
  assert.deepEqual(dataSetHashes(updated), dataSetHashes(fresh))
})

test('and an update back to the first dump undoes it, to the byte', async () => {
  const first = join(root, 'first')
  await runStages({ out: first, targets: dataSetWriters, inputs: inputsOf('20260901') })
  await updateTo('20260901', updated, 2)
  assert.deepEqual(dataSetHashes(updated), dataSetHashes(first))
})

test('only pages that have changed are written again', () => {
  const { written, droppedParts } = statuses.find(({ id }) => id === 'article-extractor')!.figures
  assert.ok((droppedParts.unchanged ?? 0) > 5_000, JSON.stringify(droppedParts))
  assert.ok((written.articles ?? 0) < 500, JSON.stringify(written))
})
