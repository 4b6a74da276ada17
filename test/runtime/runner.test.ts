import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { z } from 'zod'
import { Codec } from '../../runtime/codec.ts'
import type { Surroundings } from '../../runtime/deps.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { BadEventError, RetryableError } from '../../runtime/errors.ts'
import { createLog } from '../../runtime/log.ts'
import { deadTopic, type RunContext } from '../../runtime/runner/context.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { runTransform } from '../../runtime/runner/transform-runner.ts'
import { sealHeaders } from '../../runtime/seal.ts'
import { dropped, emit, rejected, type Transform, transform } from '../../runtime/service.ts'
import { statusOf } from '../../runtime/status.ts'
import type { LogRecord, OutgoingRecord, Transport } from '../../runtime/transport.ts'
import { isEvent } from '../../runtime/update/marks.ts'
import { WorkerPool } from '../../runtime/workers.ts'
import type { DumpChunk, DumpFile } from '../../schemas/types.ts'
import { openWriter, until, Witness } from '../integration/members.ts'

/** The runner of transforms on the embedded transport, with services made for the test under the id dump-planner. */
const id = 'dump-planner'
const root = mkdtempSync(join(tmpdir(), 'naru-runner-'))
after(() => rmSync(root, { recursive: true, force: true }))
const codec = new Codec()
const none = z.strictObject({})

const dump = (address: string): DumpFile => ({
  wiki: 'kowiki',
  language: 'ko',
  date: '20260901',
  kind: 'articles',
  address,
  bytes: 1,
  sha1: null,
  indexAddress: null,
  pageTableAddress: null,
})
const chunk = (address: string, number: number): DumpChunk => ({
  wiki: 'kowiki',
  language: 'ko',
  date: '20260901',
  address,
  chunk: number,
  start: 0,
  end: 1,
  siteinfo: null,
  expectedPages: null,
  maxPages: null,
  blocks: null,
  firstPageId: null,
  nextPageId: null,
})
const seal: OutgoingRecord = {
  topic: 'dump-files',
  partition: 0,
  key: 'seal',
  value: Uint8Array.of(1),
  headers: sealHeaders('dump-downloader', 'all'),
}

interface Ran {
  readonly failures: readonly unknown[]
  /** Records of a topic with their values decoded. */
  events(topic: 'dump-chunks' | 'dump-planner.dead'): readonly LogRecord[]
  readonly status: Awaited<ReturnType<typeof statusOf>>
}

/** Writes the dumps and the seal, runs the service until it is finished or has failed, and answers what became of them. */
async function run(service: Transform, dumps: readonly DumpFile[]): Promise<Ran> {
  const folder = mkdtempSync(join(root, 'run-'))
  const transport = await openEmbeddedTransport({ folder: join(folder, 'log') })
  try {
    await createTopics(transport)
    const writer = await openWriter(transport, [])
    const records = dumps.map((value, n) => ({
      topic: 'dump-files',
      partition: 0,
      key: String(n),
      value: codec.encode('DumpFile', value),
      headers: {},
    }))
    await writer.write([...records, seal])
    const failures: unknown[] = []
    const consumer = await runTransform(service, contextOf(folder, transport, failures))
    let status = await statusOf(id, transport)
    await until(() => {
      void statusOf(id, transport).then((now) => {
        status = now
      })
      return status.figures.finished || failures.length > 0
    }, 'the end of the input')
    await consumer.stop()
    const chunks = await everything(transport, 'dump-chunks')
    const dead = await everything(transport, deadTopic(id))
    return { failures, status, events: (topic) => (topic === 'dump-chunks' ? chunks : dead) }
  } finally {
    await transport.close()
  }
}

function contextOf(folder: string, transport: Transport, failures: unknown[]): RunContext {
  const around: Surroundings = {
    store: { data: folder, models: folder },
    stateFolder: folder,
    logLevel: 'silent',
    logDestination: 2,
    settings: { [id]: {} },
  }
  return {
    transport,
    codec,
    around,
    pool: new WorkerPool(1, around),
    log: createLog('test', 'silent'),
    live: { progress: { report: () => undefined }, signal: new AbortController().signal },
    onFailure: (error) => void failures.push(error),
  }
}

/** The events of a topic without its seals. */
async function everything(transport: Transport, topic: string): Promise<LogRecord[]> {
  const expected = (await transport.ends(topic)).reduce((sum, { offset }) => sum + offset, 0)
  const witness = new Witness()
  const consumer = await witness.consume(transport, `reader-of-${topic}`, [topic])
  await until(() => witness.seen.length === expected, `${expected} records of ${topic}`)
  await consumer.stop()
  return witness.seen.filter(isEvent)
}

test('each event is passed on, dropped or dead, and the figures say which', async () => {
  const service = transform(id, { settings: none }, async function* ({ value }) {
    if (value.address === 'drop') yield dropped('other_kind_of_file')
    else if (value.address === 'bad')
      throw new BadEventError('XML_MALFORMED', 'broken', { at: { file: 'bad', byteOffset: 7 } })
    else if (value.address === 'fault') throw new TypeError('a fault of ours')
    else {
      yield emit.dumpChunks(chunk(value.address, 0))
      yield rejected(new BadEventError('PAGES_MISSING', 'a part is missing'))
    }
  })
  const { status, events, failures } = await run(service, ['good', 'drop', 'bad', 'fault'].map(dump))
  assert.deepEqual(failures, [])
  const { figures } = status
  assert.deepEqual([figures.events, figures.passed, figures.dead, figures.deadParts], [4, 1, 2, 1])
  assert.deepEqual(figures.dropped, { other_kind_of_file: 1 })
  assert.equal(events('dump-chunks').length, 1)
  const letters = events('dump-planner.dead').map(({ value }) => codec.decode('DeadLetter', value!))
  assert.deepEqual(
    letters.map(({ code, topic, partition, offset }) => [code, `${topic}-${partition}@${offset}`]),
    [
      ['PAGES_MISSING', 'dump-files-0@0'],
      ['XML_MALFORMED', 'dump-files-0@2'],
      ['UNEXPECTED', 'dump-files-0@3'],
    ],
  )
  assert.equal(letters[1]?.place, 'file bad, byte 7')
  assert.deepEqual({ ...codec.decode('DumpFile', letters[1]!.value!) }, dump('bad'))
})

test('a service that yields nothing for an event is stopped: that would be a silent loss', async () => {
  const service = transform(id, { settings: none }, async function* () {})
  const { failures, status } = await run(service, [dump('x')])
  assert.deepEqual(
    failures.map((error) => (error instanceof Error && 'code' in error ? error.code : error)),
    ['SILENT_DROP'],
  )
  assert.equal(status.figures.events, 0)
})

test('a passing fault is tried again and leaves no trace in what is written', async () => {
  let attempts = 0
  const service = transform(id, { settings: none }, async function* ({ value }) {
    yield emit.dumpChunks(chunk(value.address, 0))
    if (++attempts < 3) throw new RetryableError('STORE_BUSY', 'not now')
  })
  const { events, failures } = await run(service, [dump('x')])
  assert.deepEqual(failures, [])
  assert.equal(attempts, 3)
  assert.equal(events('dump-chunks').length, 1)
})

test('an event may become more events than a function call takes arguments', async () => {
  const many = 200_000
  const service = transform(id, { settings: none }, async function* ({ value }) {
    for (let number = 0; number < many; number++) yield emit.dumpChunks(chunk(value.address, number))
  })
  const { status, failures } = await run(service, [dump('x')])
  assert.deepEqual(failures, [])
  assert.equal(status.figures.written['dump-chunks'], many)
})

test('events that run side by side are written in the order in which they came', async () => {
  const service = transform(id, { settings: none, concurrency: 8 }, async function* ({ value }) {
    await new Promise((resolve) => setTimeout(resolve, 20 - 2 * Number(value.address)))
    yield emit.dumpChunks({ ...chunk(value.address, 0), wiki: 'kowiki' })
  })
  const { events } = await run(
    service,
    Array.from({ length: 8 }, (_, n) => dump(String(n))),
  )
  const addresses = events('dump-chunks').map(({ value }) => codec.decode('DumpChunk', value!).address)
  assert.deepEqual(addresses, ['0', '1', '2', '3', '4', '5', '6', '7'])
})
