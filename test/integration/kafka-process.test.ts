/** A process and its group: an event loop that is busy keeps its place in it, and what is closed leaves no connection behind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kafkaWorld } from './kafka-faults/world.ts'
import { openWriter, plan, record, until, Witness } from './members.ts'
import { openTransport, sessionTimeoutMs } from './stores.ts'

const { skip, fresh } = kafkaWorld()
const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

for (const ms of [0, 10]) {
  void test(`kafka: a write that ${ms} ms later loses its producer leaves no connection`, {
    skip,
    timeout: 60_000,
  }, async () => {
    const before = sockets()
    const transport = await openTransport(fresh())
    await openWriter(transport, [plan('a', 1)], 'writer')
    const transaction = await transport.begin('writer', 'all')
    const write = transaction
      .append(Array.from({ length: 2_000 }, (_, n) => record('a', 0, `${n}`)))
      .catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, ms))
    await transport.close()
    await write
    await until(() => sockets() === before, 'all connections are closed')
  })
}

void test('kafka: an event loop that is busy for longer than a session keeps its place', {
  skip,
  timeout: 90_000,
}, async () => {
  const transport = await openTransport(fresh())
  const writer = await openWriter(transport, [plan('a', 1)])
  let busy = 0
  const witness = new Witness(() => {
    // As a sort, or a walk through a table, would: nothing else of this thread goes on.
    if (busy++ === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1.5 * sessionTimeoutMs)
    return Promise.resolve()
  })
  let assigned = 0
  const told = witness.assigned.bind(witness)
  witness.assigned = (at, position) => {
    assigned++
    told(at, position)
  }
  const consumer = await witness.consume(transport, 'busy', ['a'], 'sole')
  await writer.write([record('a', 0, 'one')])
  await until(() => witness.seen.length === 1, 'the first record')
  await new Promise((resolve) => setTimeout(resolve, 3_000)) // a heartbeat of its own comes first
  await writer.write([record('a', 0, 'two')])
  await until(() => witness.seen.length === 2, 'the second record')
  await new Promise((resolve) => setTimeout(resolve, 3_000)) // in which a lost place would show
  await writer.write([record('a', 0, 'three')])
  await until(() => witness.seen.length === 3, 'the third record')
  assert.equal(assigned, 1)
  assert.deepEqual(witness.failures, [])
  await consumer.stop()
  await transport.close()
})
