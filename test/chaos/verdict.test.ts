import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differingFiles, ledgerLines } from '../../chaos/verdict.ts'
import { emptyLedger, type LedgerState } from '../../runtime/ledger.ts'
import type { ServiceId } from '../../topology.ts'

const status = (id: ServiceId, figures: Partial<LedgerState>) => ({
  id,
  figures: { ...emptyLedger(), ...figures },
  partitionsDone: 1,
  partitions: 1,
  lag: 0,
})
const planner = (figures: Partial<LedgerState>) =>
  ledgerLines([
    status('dump-downloader', { events: 4, written: { 'dump-files': 4 } }),
    status('dump-planner', figures),
  ])[0]

test('a service that took, and has accounted for, what it was sent holds', () => {
  assert.equal(planner({ events: 4, passed: 1, dropped: { other_kind_of_file: 2 }, dead: 1 })?.holds, true)
})

test('an event lost, taken twice or not accounted for is seen', () => {
  assert.equal(planner({ events: 3, passed: 3 })?.holds, false)
  assert.equal(planner({ events: 5, passed: 5 })?.holds, false)
  assert.equal(planner({ events: 4, passed: 3 })?.holds, false)
})

test('files that differ or are missing on either side are named', () => {
  const a = new Map([
    ['x', '1'],
    ['y', '2'],
    ['z', '3'],
  ])
  const b = new Map([
    ['x', '1'],
    ['y', '9'],
    ['w', '4'],
  ])
  assert.deepEqual(differingFiles(a, b), ['w', 'y', 'z'])
})
