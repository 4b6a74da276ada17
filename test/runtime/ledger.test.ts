import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addTo, emptyLedger, readNote, sumLedgers, writeNote } from '../../runtime/ledger.ts'
import { sealsOf } from '../../runtime/seal.ts'
import { dropReasons } from '../../runtime/service.ts'
import { topicNames } from '../../topology.ts'

test('a ledger survives its note', () => {
  const ledger = {
    ...emptyLedger(),
    events: 12,
    passed: 9,
    dead: 1,
    dropped: { no_mate: 2 },
    seals: [3, 0],
    finished: true,
  }
  assert.deepEqual(readNote(writeNote(ledger)), ledger)
})

test('the fullest note possible fits what Kafka keeps of a position', () => {
  const ledger = emptyLedger()
  ledger.events = ledger.passed = ledger.dead = ledger.deadParts = 999_999_999
  for (const reason of dropReasons) {
    addTo(ledger.dropped, reason, 999_999_999)
    addTo(ledger.droppedParts, reason, 999_999_999)
  }
  for (const topic of topicNames) addTo(ledger.written, topic, 999_999_999)
  ledger.seals = Array.from(
    { length: Math.max(...topicNames.map((topic) => sealsOf(topic).length)) },
    (_, number) => number,
  )
  const kafkaMetadataBytes = 4096
  assert.ok(Buffer.byteLength(writeNote(ledger)) < kafkaMetadataBytes, `${Buffer.byteLength(writeNote(ledger))} bytes`)
})

test('a note of another form is refused with what to do', () => {
  assert.throws(() => readNote('[7]'), { name: 'FatalError', code: 'POSITION_NOTE' })
})

test('ledgers add up, and are finished when all of them are', () => {
  const one = { ...emptyLedger(), events: 3, passed: 2, dropped: { no_mate: 1 }, finished: true }
  const two = { ...emptyLedger(), events: 1, dead: 1, written: { articles: 5 }, finished: false }
  const sum = sumLedgers([one, two])
  assert.equal(sum.events, 4)
  assert.deepEqual(sum.dropped, { no_mate: 1 })
  assert.deepEqual(sum.written, { articles: 5 })
  assert.equal(sum.finished, false)
  assert.equal(sumLedgers([one, one]).finished, true)
})
