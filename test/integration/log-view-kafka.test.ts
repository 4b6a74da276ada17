/** A look at a real broker from outside: ends, positions, records, members; nothing is left behind. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import kafkajs from 'kafkajs'
import { openKafkaLogView } from '../../runtime/kafka/log-view.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll, testLog } from './stores.ts'

const skip = skipWithoutKafka()
let server: Awaited<ReturnType<typeof startKafka>>

before(async () => {
  if (!skip) server = await startKafka()
})
after(async () => {
  await closeAll()
  if (!skip) await server.remove()
})

test('what a service has written and read is seen from outside, and the looking leaves no group', {
  skip,
}, async () => {
  const options = { brokers: server.brokers, namespace: 'seen', log: testLog }
  const transport = await openKafkaTransport({ ...options, clientId: 'writer' })
  const view = await openKafkaLogView({ ...options, clientId: 'view' })
  await transport.createTopics([
    { topic: 'in', partitions: 2, cleanup: 'delete', retentionHours: 1, minInsyncReplicas: 1 },
    { topic: 'out', partitions: 3, cleanup: 'delete', retentionHours: 1, minInsyncReplicas: 1 },
  ])
  const assigned: number[] = []
  await transport.consume({
    ...{ group: 'service', topics: ['in'], assignment: 'sole', unitOf: () => 'all', onFailure: () => undefined },
    handler: {
      assigned: ({ partition }) => void assigned.push(partition),
      records: () => Promise.resolve(),
      revoked: () => undefined,
    },
  })
  while (assigned.length < 2) await new Promise((resolve) => setTimeout(resolve, 50))
  const transaction = await transport.begin('service', 'all')
  const record = (at: number) => ({
    ...{ topic: 'out', partition: 1, key: `key ${at}`, value: Buffer.from(`value ${at}`), headers: { h: 'x' } },
  })
  await transaction.append(Array.from({ length: 30 }, (_, at) => record(at)))
  await transaction.commit([{ topic: 'in', partition: 0, offset: 7, note: 'so far' }])

  // The coordinator marks the end of a transaction a moment after it reports it, and the mark takes an offset.
  let ranges = await view.ranges('out')
  while (ranges[1]!.end < 31) ranges = await view.ranges('out')
  assert.deepEqual(
    ranges.map(({ partition, first, end }) => [partition, first, end]),
    [
      [0, 0, 0],
      [1, 0, 31],
      [2, 0, 0],
    ],
  )
  const positions = await view.positions('service', ['in'])
  assert.deepEqual(positions, [{ topic: 'in', partition: 0, offset: 7, note: 'so far' }])
  const records = await view.read({ topic: 'out', partition: 1 }, 25, 3)
  assert.deepEqual(
    records.map(({ offset, key, headers }) => [offset, key, headers.h]),
    [
      [25, 'key 25', 'x'],
      [26, 'key 26', 'x'],
      [27, 'key 27', 'x'],
    ],
  )
  assert.deepEqual(await view.read({ topic: 'out', partition: 2 }, 0, 5), [])
  const [member] = await view.members('service', ['in'])
  assert.deepEqual(
    member?.partitions.toSorted((a, b) => a.partition - b.partition),
    [
      { topic: 'in', partition: 0 },
      { topic: 'in', partition: 1 },
    ],
  )
  assert.match(member.host, /^\d+\.\d+\.\d+\.\d+$/)
  await view.close()
  await transport.close()
  const admin = new kafkajs.Kafka({ brokers: [...server.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const { groups } = await admin.listGroups()
  await admin.disconnect()
  assert.deepEqual(
    groups.map(({ groupId }) => groupId).filter((id) => id.includes('view-')),
    [],
  )
})
