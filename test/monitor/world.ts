/** A pipeline at work, as the monitor finds one: this process writes its log, in a folder or to Kafka, as a run would. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Codec } from '../../runtime/codec.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { encodeEvent } from '../../runtime/execute.ts'
import { emptyLedger, writeNote } from '../../runtime/ledger.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { deadTopic, outgoing } from '../../runtime/runner/context.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { emit } from '../../runtime/service.ts'
import type { OutgoingRecord, Transport } from '../../runtime/transport.ts'
import { type TopicName, topics } from '../../topology.ts'
import { entry } from '../cli/command-line.ts'
import { articleOf } from '../services/events.ts'

const codec = new Codec()
const extracted = 40

export interface World {
  /** Writes articles, as the article-extractor does. */
  articles(count: number): Promise<void>
  /** The name-finder has read so many of the first partition. */
  reads(count: number): Promise<void>
  /** The name-finder has dead-lettered so many events, of which one has its letter on the topic. */
  dies(count: number): Promise<void>
  /** Figures of the process, as it tells them now. */
  page(): string
  close(): Promise<void>
}

/** In a folder, with the page of figures that a run keeps there. */
export async function openWorld(out: string): Promise<World> {
  const state = join(out, 'state')
  mkdirSync(state, { recursive: true })
  const world = await beginWorld(await openEmbeddedTransport({ folder: join(state, 'log') }))
  const tell = () => writeFileSync(join(state, 'metrics.prom'), world.page())
  tell()
  const articles = async (count: number) => {
    await world.articles(count)
    tell()
  }
  return { ...world, articles }
}

/** Articles and one dead letter lie in the log; the name-finder has read one of them, and the rest is its lag. */
export async function beginWorld(transport: Transport): Promise<World> {
  await createTopics(transport)
  for (const [group, read] of [
    ['article-extractor', ['dump-chunks']],
    ['name-finder', ['articles']],
  ] as const)
    await joined(transport, group, read)
  let written = 0
  let bytes = 0
  const append = async (records: readonly OutgoingRecord[]) => {
    const transaction = await transport.begin('article-extractor', 'all')
    await transaction.append(records)
    const note = writeNote({ ...emptyLedger(), events: 1, passed: 1, written: { articles: written } })
    await transaction.commit([{ topic: 'dump-chunks', partition: 0, offset: 1, note }])
  }
  const articles = async (count: number) => {
    const records = Array.from({ length: count }, (_, at) => {
      const article = articleOf('ko', ++written, `문서 ${written}`, { lead: `서울은 대한민국의 수도이다. ${at}` })
      return outgoing(encodeEvent(codec, emit.articles(article)), {})
    })
    bytes += records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0)
    await append(records)
  }
  const page = () =>
    [
      `naru_events_written_total{service="article-extractor",topic="articles"} ${written}`,
      `naru_bytes_written_total{service="article-extractor",topic="articles"} ${bytes}`,
      `naru_retries_total{service="name-finder",code="TRANSACTION_FENCED"} 2`,
      `naru_tally_total{service="deduplicator",tally="langlink"} ${written}`,
      `process_cpu_seconds_total ${process.cpuUsage().user / 1e6}`,
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '',
    ].join('\n')
  await articles(extracted)
  await append([letter()])
  const stands = async (offset: number, dead: number) => {
    const transaction = await transport.begin('name-finder', 'all')
    const note = writeNote({ ...emptyLedger(), events: 4, passed: 4 - dead, dead, droppedParts: { not_a_name: 5 } })
    await transaction.commit([{ topic: 'articles', partition: 0, offset, note }])
  }
  const reads = (count: number) => stands(count, 1)
  await reads(1)
  return { articles, reads, dies: (count) => stands(1, count), page, close: () => transport.close() }
}

/** A member that takes nothing, once it is assigned every partition. */
async function joined(transport: Transport, group: string, read: readonly TopicName[]): Promise<void> {
  let missing = read.reduce((sum, topic) => sum + topics[topic].partitions, 0)
  await new Promise<void>((resolve, reject) => {
    const assigned = () => {
      if (--missing === 0) resolve()
    }
    const handler = { assigned, records: () => Promise.resolve(), revoked: () => undefined }
    transport
      .consume({ group, topics: read, assignment: 'sole', unitOf: () => 'all', handler, onFailure: reject })
      .catch(reject)
  })
}

function letter(): OutgoingRecord {
  const event = encodeEvent(codec, emit.articles(articleOf('ko', 9, '망가진 문서')))
  const value = codec.encode('DeadLetter', {
    service: 'name-finder',
    code: 'EVENT_INVALID',
    message: 'the infobox ends nowhere',
    hint: 'Look at the page.',
    cause: 'a template is open at byte 12',
    place: 'page 9',
    topic: 'articles',
    partition: 0,
    offset: 3,
    key: event.key,
    value: Buffer.from(event.value!),
  })
  return { topic: deadTopic('name-finder'), partition: 0, key: event.key, value, headers: {} }
}

export interface StartedMonitor {
  readonly url: string
  stop(): Promise<void>
}

/** naru monitor as a process of its own. */
export async function startMonitor(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedMonitor> {
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', entry, '--', 'monitor', '--port', '0', ...args], {
    cwd: packageRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const url = await Promise.race([
    new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))),
    ended.then(() => Promise.reject(new Error(`naru monitor ended: ${said.join('')}`))),
  ])
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
