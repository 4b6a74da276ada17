/**
 * Hours of continuous traffic over a real Kafka: a producer at a steady rate, a service's copy loop in transactions, a consumer; memory and lag are
 * sampled, and the line through them must not rise.
 *
 *   node --import tsx bench/soak.ts [--minutes 120] [--rate 200] [--sample-seconds 10]
 *
 * Needs java and mvn. Exit code 1 where memory or lag grows, or where what arrived is not what was sent.
 */
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Codec } from '../runtime/codec.ts'
import { openKafkaTransport } from '../runtime/kafka/transport.ts'
import { createLog } from '../runtime/log.ts'
import type { PartitionHandler, Transport } from '../runtime/transport.ts'
import { startKafka } from '../test/integration/servers.ts'
import { articlesOf, recordOf } from './kafka/articles.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '120' },
    rate: { type: 'string', default: '200' },
    'sample-seconds': { type: 'string', default: '10' },
  },
})
const minutes = Number(values.minutes)
/** Articles a second. */
const rate = Number(values.rate)
const sampleSeconds = Number(values['sample-seconds'])
const [from, to] = ['articles', 'copies']
const partitions = 4
/** A rise of the fitted line over the whole soak, warm-up aside, up to which a series is called flat. */
const flatMegabytes = 24
const flatLag = rate * 2

const codec = new Codec()
const payloads = (await articlesOf(2_000)).map((article) => recordOf(codec, article))
const kafka = await startKafka()
const transport = await openKafkaTransport({
  brokers: kafka.brokers,
  namespace: 'soak',
  clientId: 'soak',
  log: createLog('soak', 'silent', 2),
})
const counts = { sent: 0, copied: 0, received: 0 }
let failure: unknown
const samples: { readonly minute: number; readonly megabytes: number; readonly lag: number }[] = []
try {
  await transport.createTopics(
    [from, to].map((topic) => ({ topic, partitions, cleanup: 'delete', retentionHours: 1, minInsyncReplicas: 1 })),
  )
  await copyLoop(transport)
  await countLoop(transport)
  const over = new AbortController()
  const producing = produce(transport, over.signal)
  const began = performance.now()
  while (performance.now() - began < minutes * 60_000 && failure === undefined) {
    await sleep(sampleSeconds * 1_000)
    const { rss } = process.memoryUsage()
    const sample = {
      minute: (performance.now() - began) / 60_000,
      megabytes: rss / 1e6,
      lag: counts.sent - counts.received,
    }
    samples.push(sample)
    if (samples.length % 30 === 0) console.error(JSON.stringify(rounded(sample)))
  }
  over.abort()
  await producing
  for (let waited = 0; counts.received < counts.sent && waited < 60; waited++) await sleep(1_000)
  const settled = samples.slice(Math.floor(samples.length / 4))
  const rise = {
    megabytes: riseOf(settled.map(({ minute, megabytes }) => [minute, megabytes])),
    lag: riseOf(settled.map(({ minute, lag }) => [minute, lag])),
  }
  const holds =
    failure === undefined &&
    counts.received === counts.sent &&
    counts.copied === counts.sent &&
    rise.megabytes < flatMegabytes &&
    rise.lag < flatLag
  console.log(
    JSON.stringify({
      bench: 'soak',
      minutes,
      rate,
      loadAverage: Number((loadavg()[0] ?? Number.NaN).toFixed(2)),
      ...counts,
      firstMegabytes: Math.round(settled[0]?.megabytes ?? Number.NaN),
      lastMegabytes: Math.round(settled.at(-1)?.megabytes ?? Number.NaN),
      greatestLag: Math.max(...settled.map(({ lag }) => lag)),
      rise: rounded(rise),
      failure: failure === undefined ? null : String(failure),
      holds,
    }),
  )
  if (!holds) process.exitCode = 1
} finally {
  await transport.close()
  await kafka.remove()
}

/** A transaction a second, so that what is on its way stays about the same. */
async function produce(on: Transport, signal: AbortSignal): Promise<void> {
  const hold = await on.hold('producer', 'all')
  let next = 0
  const began = performance.now()
  for (let second = 0; !signal.aborted && failure === undefined; second++) {
    const records = Array.from({ length: rate }, () => {
      const { key, value, headers } = payloads[next % payloads.length]!
      return { topic: from, partition: next++ % partitions, key, value, headers }
    })
    const transaction = await on.begin('producer', 'all')
    await transaction.append(records)
    await transaction.commit([])
    counts.sent += rate
    await sleep(Math.max(0, began + (second + 1) * 1_000 - performance.now()))
  }
  await hold.release()
}

/** As a transform does it: outputs and position in one transaction for each batch of a partition. */
async function copyLoop(on: Transport): Promise<void> {
  await consume(on, 'copier', from, async (at, records) => {
    const transaction = await on.begin('copier', `${at.topic}-${at.partition}`)
    await transaction.append(records.map((record) => ({ ...record, topic: to })))
    await transaction.commit([{ ...at, offset: records.at(-1)!.offset + 1, note: '' }])
    counts.copied += records.length
  })
}

async function countLoop(on: Transport): Promise<void> {
  await consume(on, 'counter', to, (_, records) => {
    counts.received += records.length
    return Promise.resolve()
  })
}

async function consume(on: Transport, group: string, topic: string, records: PartitionHandler['records']) {
  return on.consume({
    group,
    topics: [topic],
    assignment: 'shared',
    unitOf: (at) => `${at.topic}-${at.partition}`,
    onFailure: (error) => {
      failure ??= error
    },
    handler: { assigned: () => undefined, revoked: () => undefined, records },
  })
}

/** What the line of least squares rises by from the first point to the last. */
function riseOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length
  const [mx, my] = [mean(0), mean(1)]
  const slope =
    points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return slope * ((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0))
}

function rounded<T extends Readonly<Record<string, number>>>(figures: T): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(1))]))
}
