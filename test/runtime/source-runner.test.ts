import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { z } from 'zod'
import { Codec } from '../../runtime/codec.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { BadEventError } from '../../runtime/errors.ts'
import { createLog } from '../../runtime/log.ts'
import { deadTopic } from '../../runtime/runner/context.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { runSource } from '../../runtime/runner/source-runner.ts'
import { sealNameOf } from '../../runtime/seal.ts'
import { dropped, emit, rejected, type Source, source } from '../../runtime/service.ts'
import { type ServiceStatus, statusOf } from '../../runtime/status.ts'
import type { Transport } from '../../runtime/transport.ts'
import { WorkerPool } from '../../runtime/workers.ts'
import { until, Witness } from '../integration/members.ts'
import { candidateOf } from '../services/events.ts'

/** The runner of sources on the embedded transport, with a source made for the test under the id list-reader. */
const id = 'list-reader'
const root = mkdtempSync(join(tmpdir(), 'naru-source-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Runs it until it is finished or fails, in a folder that may hold what was committed before. */
async function run(folder: string, service: Source): Promise<{ status: ServiceStatus; failures: unknown[] }> {
  const transport = await openEmbeddedTransport({ folder })
  const failures: unknown[] = []
  const around = {
    store: { data: folder, models: folder },
    stateFolder: folder,
    logLevel: 'silent' as const,
    logDestination: 2 as const,
    settings: { [id]: {} },
  }
  try {
    await createTopics(transport)
    const consumer = await runSource(service, {
      transport,
      codec: new Codec(),
      around,
      pool: new WorkerPool(1, around),
      log: createLog('test', 'silent'),
      live: { progress: { report: () => undefined }, signal: new AbortController().signal },
      onFailure: (error) => void failures.push(error),
    })
    let status = await statusOf(id, transport)
    await until(() => {
      void statusOf(id, transport).then((now) => {
        status = now
      })
      return status.figures.finished || failures.length > 0
    }, 'the end of the source')
    await consumer.stop()
    return { status: await statusOf(id, transport), failures }
  } finally {
    await transport.close()
  }
}

/** Keys of the events of a topic. */
async function keysOf(folder: string, topic: string): Promise<string[]> {
  const transport: Transport = await openEmbeddedTransport({ folder })
  try {
    const expected = (await transport.ends(topic)).reduce((sum, { offset }) => sum + offset, 0)
    const witness = new Witness()
    const consumer = await witness.consume(transport, `reader-of-${topic}`, [topic])
    await until(() => witness.seen.length === expected, `${expected} records of ${topic}`)
    await consumer.stop()
    return witness.seen.filter(({ headers }) => sealNameOf(headers) === undefined).map(({ key }) => key)
  } finally {
    await transport.close()
  }
}

/** Yields so many candidates, a bad row and a drop after each tenth, and fails where it is told to. */
function listOf(count: number, failAt?: number): Source {
  return source(id, { settings: z.strictObject({}) }, async function* () {
    for (let at = 0; at < count; at++) {
      if (at === failAt) throw new Error('the disk is gone')
      yield emit.synonymCandidates(candidateOf(`말${at}`, `word ${at}`))
      if (at % 10 !== 0) continue
      yield rejected(new BadEventError('LIST_ENTRY', 'bad row'))
      yield dropped('not_a_name')
    }
  })
}

test('a source that fails goes on after what was committed: every event once, and the figures are those of one run', async () => {
  const folder = mkdtempSync(join(root, 'failing-'))
  const first = await run(folder, listOf(1_300, 900))
  assert.match(String(first.failures[0]), /the disk is gone/)
  assert.equal(first.status.figures.passed, 900, 'what came before the failure stays')
  const second = await run(folder, listOf(1_300))
  assert.deepEqual(second.failures, [])
  const { events, passed, dead, dropped, finished } = second.status.figures
  assert.deepEqual([events, passed, dead, dropped, finished], [1_560, 1_300, 130, { not_a_name: 130 }, true])
  const keys = await keysOf(folder, 'synonym-candidates')
  assert.equal(keys.length, 1_300)
  assert.equal(new Set(keys).size, 1_300)
  assert.equal((await keysOf(folder, deadTopic(id))).length, 130)
})
