import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { z } from 'zod'
import { Codec } from '../../runtime/codec.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { runStream } from '../../runtime/runner/stream-runner.ts'
import { sealsOf } from '../../runtime/seal.ts'
import { dropped, emit, interim, type Stream, stream } from '../../runtime/service.ts'
import { statusOf } from '../../runtime/status.ts'
import type { Transport } from '../../runtime/transport.ts'
import { isEvent } from '../../runtime/update/marks.ts'
import { WorkerPool } from '../../runtime/workers.ts'
import { specOf, topics } from '../../topology.ts'
import { openWriter, until, Witness } from '../integration/members.ts'

/** The runner of streams on the embedded transport, with services made for the test under the id trainer. */
const id = 'trainer'
const root = mkdtempSync(join(tmpdir(), 'naru-stream-runner-'))
after(() => rmSync(root, { recursive: true, force: true }))
const codec = new Codec()

const checkpointAt = (step: number, final: boolean) =>
  emit.checkpoints({ model: 'm', step, address: 'a', sha256: 's', metrics: {}, final })

/** Hands on a checkpoint at each of the steps from `from` on, and stands still after `stopAt`. */
function trainer(series: string, from: number, stopAt: number): Stream {
  return stream(id, { settings: z.strictObject({}) }, async function* (events, { signal }) {
    for await (const _ of events);
    for (let step = from; step <= 4; step++) {
      yield interim(checkpointAt(step, false), { series, number: step })
      if (step === stopAt)
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    yield checkpointAt(9, true)
  })
}

async function withSealedInput(work: (transport: Transport) => Promise<void>): Promise<void> {
  const transport = await openEmbeddedTransport({ folder: mkdtempSync(join(root, 'log-')) })
  try {
    await createTopics(transport)
    const writer = await openWriter(transport, [])
    for (const topic of specOf(id).reads) {
      for (let partition = 0; partition < topics[topic].partitions; partition++) {
        const value = Uint8Array.of(1)
        await writer.write(
          sealsOf(topic).map((seal) => ({ topic, partition, key: seal, value, headers: { 'naru-seal': seal } })),
        )
      }
    }
    await writer.stop()
    await work(transport)
  } finally {
    await transport.close()
  }
}

async function start(transport: Transport, service: Stream) {
  const folder = mkdtempSync(join(root, 'state-'))
  const around = {
    store: { data: folder, models: folder },
    stateFolder: folder,
    logLevel: 'silent' as const,
    logDestination: 2 as const,
    settings: { [id]: {} },
  }
  return runStream(service, {
    ...{ transport, codec, around, pool: new WorkerPool(1, around), log: createLog('test', 'silent') },
    live: { progress: { report: () => undefined }, signal: new AbortController().signal },
    onFailure: (error) => assert.fail(String(error)),
  })
}

/** Steps of the checkpoints that a reader sees so far. */
async function stepsRead(transport: Transport, count: number): Promise<number[]> {
  const witness = new Witness()
  const consumer = await witness.consume(transport, 'reader', ['checkpoints'])
  await until(() => witness.seen.filter(isEvent).length >= count, `${count} checkpoints`)
  await consumer.stop()
  return witness.seen.filter(isEvent).map(({ value }) => codec.decode('Checkpoint', value!).step)
}

test('an interim event is read while the stream goes on, and after a restart it is not written again', async () => {
  await withSealedInput(async (transport) => {
    const first = await start(transport, trainer('run', 1, 2))
    assert.deepEqual(await stepsRead(transport, 2), [1, 2])
    await first.stop()
    assert.equal((await statusOf(id, transport)).figures.finished, false)
    // It goes on from a state between the two: step 2 comes once more, 1 does not.
    const second = await start(transport, trainer('run', 2, 3))
    assert.deepEqual(await stepsRead(transport, 3), [1, 2, 3])
    await second.stop()
    const third = await start(transport, trainer('run', 1, 0))
    assert.deepEqual(await stepsRead(transport, 5), [1, 2, 3, 4, 9])
    let figures = (await statusOf(id, transport)).figures
    await until(() => {
      void statusOf(id, transport).then((now) => {
        figures = now.figures
      })
      return figures.finished
    }, 'the end')
    await third.stop()
    assert.deepEqual(figures.written, { checkpoints: 5 })
  })
})

test('interim events of another series are others, whatever their numbers', async () => {
  await withSealedInput(async (transport) => {
    const first = await start(transport, trainer('run', 1, 4))
    await stepsRead(transport, 4)
    await first.stop()
    const second = await start(transport, trainer('another run', 1, 1))
    assert.deepEqual(await stepsRead(transport, 5), [1, 2, 3, 4, 1])
    await second.stop()
  })
})

test('a stream that never waits leaves the event loop its turn', async () => {
  await withSealedInput(async (transport) => {
    let turns = 0
    const clock = setInterval(() => turns++, 1)
    const seen: number[] = []
    const busy = stream(id, { settings: z.strictObject({}) }, async function* (events) {
      for await (const _ of events);
      for (const until = performance.now() + 400; performance.now() < until; ) {
        seen.push(turns)
        yield dropped('not_a_name', 1)
      }
    })
    const consumer = await start(transport, busy)
    await until(() => turns > 0 && seen.length > 1 && seen.at(-1)! > seen[0]!, 'turns in the midst of the work')
    await consumer.stop()
    clearInterval(clock)
  })
})
