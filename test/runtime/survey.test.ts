/** Which records of a topic count, before an update and after it, on the log itself. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { partitionOf } from '../../runtime/partition.ts'
import type { OutgoingRecord, Transport } from '../../runtime/transport.ts'
import { keptRecords, retractionOf } from '../../runtime/update/marks.ts'
import { type Row, survey } from '../../runtime/update/survey.ts'
import { Voids } from '../../runtime/voids.ts'
import type { TopicName } from '../../topology.ts'

const event = (topic: TopicName, key: string, value: string | null): OutgoingRecord => {
  return { topic, partition: 0, key, value: value === null ? null : Buffer.from(value), headers: {} }
}

async function withLog(t: TestContext): Promise<Transport> {
  const folder = mkdtempSync(join(tmpdir(), 'naru-survey-'))
  const transport = await openEmbeddedTransport({ folder })
  t.after(async () => {
    await transport.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return transport
}

/** Writes a run and its updates; answers with the values that count after each of them, and those that did before it. */
async function countingIn(t: TestContext, topic: TopicName, runs: readonly (readonly OutgoingRecord[])[]) {
  const transport = await withLog(t)
  await transport.createTopics([{ topic, partitions: 1, cleanup: 'delete', retentionHours: 1, minInsyncReplicas: 1 }])
  const handler = { assigned: () => undefined, revoked: () => undefined, records: () => Promise.resolve() }
  const unitOf = () => 'all'
  const onFailure = (error: unknown) => assert.fail(String(error))
  await transport.consume({ group: 'writer', topics: [topic], assignment: 'sole', unitOf, handler, onFailure })
  const voids = await Voids.read(transport, [topic])
  const begins: number[] = []
  const found: { is: string[]; was: string[] }[] = []
  let end = 0
  for (const [number, records] of runs.entries()) {
    if (number > 0) begins.push(end)
    const transaction = await transport.begin('writer', 'all')
    await transaction.append(records)
    await transaction.commit([])
    end += records.length
    const rows: Row[] = []
    for await (const row of survey(transport, { at: { topic, partition: 0 }, begins: [...begins], end, voids }))
      rows.push(row)
    const values = (some: typeof rows) => some.map(({ record }) => Buffer.from(record.value ?? []).toString()).sort()
    found.push({ is: values(rows.filter(({ is }) => is)), was: values(rows.filter(({ was }) => was)) })
  }
  return found
}

test('of rows, a retraction takes back one of its like, and only from the update on that brings it', async (t) => {
  const a = event('anchors', 'k', 'a')
  const b = event('anchors', 'k', 'b')
  const found = await countingIn(t, 'anchors', [[a, a, b], [retractionOf(a)], [retractionOf(a), retractionOf(b), a]])
  assert.deepEqual(found, [
    { is: ['a', 'a', 'b'], was: [] },
    { is: ['a', 'b'], was: ['a', 'a', 'b'] },
    { is: ['a'], was: ['a', 'b'] },
  ])
})

test('of latest events the last of a key counts, and a null takes it back', async (t) => {
  const put = (key: string, value: string | null) => event('synonyms', key, value)
  const found = await countingIn(t, 'synonyms', [
    [put('x', 'x1'), put('y', 'y1')],
    [put('x', 'x2'), put('y', null)],
    [put('y', 'y3')],
  ])
  assert.deepEqual(
    found.map(({ is }) => is),
    [['x1', 'y1'], ['x2'], ['x2', 'y3']],
  )
  assert.deepEqual(
    found.map(({ was }) => was),
    [[], ['x1', 'y1'], ['x2']],
  )
})

test('of kept events what is neither written again nor named is gone, and may come again', async (t) => {
  const page = (key: string, value: string) => event('articles', key, value)
  const kept = (...keys: string[]) => {
    return keptRecords(
      keys.map((key) => ({ topic: 'articles', key })),
      'chunk',
    ).map((record) => ({ ...record, partition: 0 }))
  }
  const runs = [
    [page('w:1', 'one'), page('w:2', 'two'), page('w:3', 'three')],
    [...kept('w:1'), page('w:2', 'two anew')],
    [...kept('w:2'), page('w:3', 'three again')],
    kept('w:2', 'w:3'),
    [...kept('w:2'), event('articles', 'w:3', null)],
    [...kept('w:2'), page('w:3', 'back')],
  ]
  const found = await countingIn(t, 'articles', runs)
  assert.deepEqual(
    found.map(({ is }) => is),
    [
      ['one', 'three', 'two'],
      ['one', 'two anew'],
      ['three again', 'two anew'],
      ['three again', 'two anew'],
      ['two anew'],
      ['back', 'two anew'],
    ],
  )
  assert.deepEqual(
    found.slice(1).map(({ was }) => was),
    found.slice(0, -1).map(({ is }) => is),
  )
})

test('of what updates write anew, the last of them counts', async (t) => {
  const found = await countingIn(t, 'dump-files', [[event('dump-files', 'k', 'a')], [event('dump-files', 'k', 'b')]])
  assert.deepEqual(found[1], { is: ['b'], was: ['a'] })
})

test('kept events are named in the partitions where they lie, under a key of their own', () => {
  const keys = Array.from({ length: 40 }, (_, page) => `kowiki:${page}`)
  const records = keptRecords(
    keys.map((key) => ({ topic: 'articles', key })),
    '1/kowiki:7',
  )
  for (const { partition, value, key } of records) {
    const named: string[] = JSON.parse(Buffer.from(value ?? []).toString())
    assert.ok(named.every((one) => partitionOf('articles', one) === partition))
    assert.equal(key, 'kept/1/kowiki:7')
  }
})
