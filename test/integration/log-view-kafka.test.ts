/** A look at a real broker from outside, and the monitor over it as a process: nothing is left behind. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import kafkajs from 'kafkajs'
import type { EventView } from '../../monitor/browse/topics.ts'
import type { PipelineView } from '../../monitor/sampling/view.ts'
import { openKafkaLogView } from '../../runtime/kafka/log-view.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { naru } from '../cli/command-line.ts'
import { beginWorld, startMonitor } from '../monitor/world.ts'
import { noChromium, openChromium } from './chromium.ts'
import { skipWithoutKafka, startKafka } from './servers.ts'
import { closeAll, testLog } from './stores.ts'

const skip = skipWithoutKafka()
const out = mkdtempSync(join(tmpdir(), 'naru-monitor-kafka-'))
let server: Awaited<ReturnType<typeof startKafka>>

before(async () => {
  if (!skip) server = await startKafka()
})
after(async () => {
  await closeAll()
  if (!skip) await server.remove()
  rmSync(out, { recursive: true, force: true })
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
    groups.map(({ groupId }) => groupId).filter((id) => id.includes('look-')),
    [],
  )
})

test('naru monitor over Kafka shows flows, lags, members, decoded events and dead letters of services that run by themselves', {
  skip,
}, async () => {
  const options = { brokers: server.brokers, namespace: 'watched', log: testLog }
  const world = await beginWorld(await openKafkaTransport({ ...options, clientId: 'writer' }))
  const metrics = createServer(({ url }, answer) => {
    if (url === '/article-extractor') answer.end(world.page())
    else answer.destroy()
  })
  await new Promise<void>((resolve) => metrics.listen(0, '127.0.0.1', resolve))
  const { port } = metrics.address() as AddressInfo
  const monitor = await startMonitor([
    ...['--transport', 'kafka', '--brokers', server.brokers.join(), '--namespace', 'watched', '--out', out],
    ...['--metrics-url', `http://127.0.0.1:${port}/{service}`],
  ])
  try {
    const get = async <T>(path: string) => (await (await fetch(`${monitor.url}api/${path}`)).json()) as T
    await seenBy(monitor.url, (view) => serviceIn(view, 'article-extractor').cpuCores !== undefined)
    await world.articles(60)
    const view = await seenBy(monitor.url, (seen) => (topicIn(seen, 'articles').writers[0]?.bytesPerSecond ?? 0) > 0)
    const articles = topicIn(view, 'articles')
    assert.ok(articles.writers[0]!.recordsPerSecond > 0)
    // A mark of each of two transactions in each of twelve partitions; one article is read.
    assert.ok(articles.records >= 100 && articles.records <= 124, `${articles.records}`)
    const finder = serviceIn(view, 'name-finder')
    assert.equal(finder.lag, articles.records - 1)
    assert.deepEqual([finder.dead, finder.dropped], [1, { not_a_name: 5 }])
    assert.ok(serviceIn(view, 'article-extractor').memoryBytes! > 1e6)

    const groups = await get<{ id: string; members: { host: string; partitions: unknown[] }[] }[]>('groups')
    const [member] = groups.find(({ id }) => id === 'name-finder')!.members
    assert.equal(member!.host, '127.0.0.1')
    assert.equal(member!.partitions.length, 12)

    const { events } = await get<{ events: EventView[] }>('topics/articles/events?partition=0&offset=0')
    assert.match(titleOf(events[0]!), /^문서 \d+$/)
    const searched = await get<{ found: EventView[]; searched: number }>(
      `topics/articles/search?text=${encodeURIComponent('문서 77')}`,
    )
    assert.deepEqual(searched.found.map(titleOf), ['문서 77'])
    assert.equal(searched.searched, articles.records)

    const { letters } = await get<{ letters: { code: string; cause: string; event: { title: string } }[] }>(
      'dead/name-finder',
    )
    assert.deepEqual(
      letters.map(({ code, cause, event }) => [code, cause, event.title]),
      [['EVENT_INVALID', 'a template is open at byte 12', '망가진 문서']],
    )
  } finally {
    await monitor.stop()
    metrics.close()
    await world.close()
  }
})

test('a dead letter over Kafka is put back by its button in the page, and the count of its service moves', {
  skip: skip || noChromium,
}, async () => {
  const options = { brokers: server.brokers, namespace: 'retried', log: testLog }
  const world = await beginWorld(await openKafkaTransport({ ...options, clientId: 'writer' }))
  const kafka = ['--transport', 'kafka', '--brokers', server.brokers.join(), '--namespace', 'retried', '--out', out]
  const monitor = await startMonitor([...kafka, '--token-env', 'T'], { T: 'secret' })
  const browser = await openChromium()
  try {
    const page = await browser.newPage({ locale: 'en-US' })
    await page.goto(`${monitor.url}#/dead/name-finder`)
    await page.getByLabel('Token').fill('secret')
    await page.keyboard.press('Enter')
    await page.getByText('EVENT_INVALID').waitFor()
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.getByText('put back').waitFor()
    await page.getByText('No dead letters').waitFor()
    const listed = await naru(['dead', 'list', ...kafka, '--json'])
    assert.deepEqual(JSON.parse(listed.stdout), [], listed.stderr)
  } finally {
    await browser.close()
    await monitor.stop()
    await world.close()
  }
})

const serviceIn = (view: PipelineView, wanted: string) => view.services.find(({ id }) => id === wanted)!
const topicIn = (view: PipelineView, wanted: string) => view.topics.find(({ name }) => name === wanted)!
const titleOf = (event: EventView) => (event.kind === 'event' ? (event.value as { title: string }).title : event.kind)

/** The first look of the monitor, as it sends them, that holds what is waited for. */
async function seenBy(url: string, holds: (view: PipelineView) => boolean): Promise<PipelineView> {
  const response = await fetch(`${url}api/live`, { signal: AbortSignal.timeout(30_000) })
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const messages = text.split('\n\n')
    text = messages.pop()!
    for (const message of messages) {
      const { view } = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}') as { view?: PipelineView }
      if (view && holds(view)) return view
    }
  }
  throw new Error('the monitor ended')
}
