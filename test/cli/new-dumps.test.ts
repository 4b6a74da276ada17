/** Which dumps an update is to read. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { httpOf } from '../../cli/commands/update.ts'
import { dumpDate } from '../../cli/dump-date.ts'
import { newDumps } from '../../cli/new-dumps.ts'
import { workspaceOf } from '../../cli/workspace.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-new-dumps-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('the date of a dump is that of its folder, and what is none is refused', () => {
  assert.deepEqual(['2026-09-01', '20260901', 'latest'].map(dumpDate), ['20260901', '20260901', 'latest'])
  for (const text of ['2026-9-1', 'september', '']) assert.throws(() => dumpDate(text), { code: 'DATE_INVALID' })
})

test('how many wikis were looked for is told before each, so that a mirror that is slow is not silence', async () => {
  const before = ['ko', 'en'].map((language) => ({ language, location: `/dumps/${language}` }))
  const told: number[] = []
  const found = await newDumps(
    before,
    { dump: before.map(({ language }) => ({ language, location: folder })) },
    httpOf(workspaceOf(folder), new AbortController().signal),
    (wikis) => told.push(wikis),
  )
  assert.deepEqual(told, [0, 1])
  assert.deepEqual(
    found.map(({ location }) => location),
    [folder, folder],
  )
})
