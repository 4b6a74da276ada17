import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  continuedFlags,
  differences,
  readRecord,
  recordOf,
  refuseDifferences,
  refuseForeignDumps,
  writeRecord,
} from '../../cli/run-record.ts'
import { admit, clearState } from '../../cli/run-state.ts'
import { workspaceOf } from '../../cli/workspace.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { emptyLedger, writeNote } from '../../runtime/ledger.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import type { Transport } from '../../runtime/transport.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-record-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const settings = { 'dump-planner': { limit: null }, trainer: { seed: 1, training: { epochs: 10, lengths: [16, 32] } } }

test('a record that was written reads back equal, whatever the order of the keys was', () => {
  const file = join(folder, 'equal', 'run.json')
  const record = recordOf({ seed: 1 }, settings)
  writeRecord(file, record)
  assert.deepEqual(readRecord(file), record)
  const turned = recordOf(
    { seed: 1 },
    { trainer: { training: { lengths: [16, 32], epochs: 10 }, seed: 1 }, 'dump-planner': { limit: null } },
  )
  assert.deepEqual(differences(record, turned), [])
})

test('settings that differ are refused by their paths, with both values', () => {
  const now = { ...settings, trainer: { seed: 1, training: { epochs: 3, lengths: [16, 32] } } }
  const found = differences(recordOf({}, settings), recordOf({}, now))
  assert.deepEqual(found, [{ service: 'trainer', key: 'training.epochs', before: '10', now: '3' }])
  assert.throws(() => refuseDifferences(found, '/run.json'), /trainer\.training\.epochs was 10, is now 3/)
})

test('dumps in a language that is not of the pair are refused, for nothing would come of them', () => {
  const of = (languages: readonly string[], ...dumps: readonly string[]) =>
    recordOf(
      {},
      {
        'synonym-writer': { languages },
        'dump-downloader': { inputs: dumps.map((language) => ({ language, location: `/dumps/${language}` })) },
      },
    )
  assert.throws(() => refuseForeignDumps(of(['ja', 'en'], 'ko', 'en')), {
    code: 'LANGUAGES_DIFFER',
    message: 'a dump is in ko, the run is of ja and en',
    at: { file: '/dumps/ko' },
  })
  for (const dumps of [['ja', 'en'], ['en'], []]) refuseForeignDumps(of(['ja', 'en'], ...dumps))
})

test('flags of the first call hold for later ones, unless they are given again', () => {
  const record = recordOf({ ko: '/ko', en: '/en', limit: 5 }, settings)
  assert.deepEqual(continuedFlags({ limit: 6 }, record), { ko: '/ko', en: '/en', limit: 6 })
  assert.deepEqual(continuedFlags({ seed: 2 }, undefined), { seed: 2 })
})

test('a record that cannot be read is an error, not a new run', () => {
  const file = join(folder, 'broken.json')
  writeFileSync(file, '{"version": 1')
  assert.throws(() => readRecord(file), FatalError)
})

test('a service that has not begun may change its settings, one that has may not', async () => {
  const workspace = workspaceOf(join(folder, 'admit'))
  const before = recordOf({}, settings)
  const otherEpochs = recordOf({}, { ...settings, trainer: { seed: 1, training: { epochs: 3, lengths: [16, 32] } } })
  const otherLimit = recordOf({}, { ...settings, 'dump-planner': { limit: 5 } })
  const transport = await openEmbeddedTransport({ folder: workspace.log })
  try {
    await begin(transport, 'dump-planner', 'dump-files')
    await admit(workspace, { mode: 'continue', before, record: otherEpochs }, transport)
    assert.equal(readRecord(workspace.runFile)?.hash, otherEpochs.hash)
    await assert.rejects(admit(workspace, { mode: 'continue', before, record: otherLimit }, transport), (error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, /dump-planner\.limit was null, is now 5/)
      return true
    })
  } finally {
    await transport.close()
  }
})

test('a new run removes the state of the old one and nothing else', () => {
  const workspace = workspaceOf(join(folder, 'clear'))
  mkdirSync(workspace.claims, { recursive: true })
  writeFileSync(workspace.runFile, '{}')
  writeFileSync(join(workspace.state, 'letters.txt'), 'mine')
  clearState(workspace)
  assert.ok(!existsSync(workspace.runFile) && !existsSync(workspace.claims) && !existsSync(workspace.log))
  assert.ok(existsSync(join(workspace.state, 'letters.txt')))
})

test('a state in which a process is at work is not removed', () => {
  const workspace = workspaceOf(join(folder, 'locked'))
  mkdirSync(workspace.log, { recursive: true })
  writeFileSync(join(workspace.log, 'process.lock'), '1')
  assert.throws(() => clearState(workspace), /process 1 is working/)
  assert.ok(existsSync(workspace.log))
})

async function begin(transport: Transport, group: string, topic: string): Promise<void> {
  await createTopics(transport)
  const consumer = await transport.consume({
    group,
    topics: [topic],
    assignment: 'sole',
    unitOf: () => 'all',
    onFailure: () => undefined,
    handler: { assigned: () => undefined, records: () => Promise.resolve(), revoked: () => undefined },
  })
  const transaction = await transport.begin(group, 'all')
  const note = writeNote({ ...emptyLedger(), events: 1, passed: 1 })
  await transaction.commit([{ topic, partition: 0, offset: 1, note }])
  await consumer.stop()
}
