/** What a look at the pipeline asks for. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Reader } from '../../monitor/sampling/reading.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { deadTopic } from '../../runtime/runner/context.ts'
import { serviceIds } from '../../topology.ts'
import { beginWorld } from './world.ts'

test('a topic of dead letters is asked for where its service counts another one, and all of them every fifth look', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'naru-reading-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const transport = await openEmbeddedTransport({ folder })
  const world = await beginWorld(transport)
  const deadTopics = new Set(serviceIds.map(deadTopic))
  const asked: string[] = []
  const log = {
    positions: transport.positions.bind(transport),
    ends: (topic: string) => {
      if (deadTopics.has(topic)) asked.push(topic)
      return transport.ends(topic)
    },
  }
  const reader = new Reader(log, { read: () => Promise.resolve([]) })
  const looks: number[] = []
  const look = async () => {
    const { deadLetters } = await reader.read(0)
    assert.equal(deadLetters.get('name-finder'), 1)
    assert.equal(deadLetters.size, serviceIds.length)
    looks.push(asked.splice(0).length)
  }
  for (let n = 0; n < 6; n++) await look()
  await world.dies(2)
  await look()
  assert.deepEqual(looks, [serviceIds.length, 0, 0, 0, 0, serviceIds.length, 1])
  await world.close()
})
