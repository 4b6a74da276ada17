/**
 * Throughput by number of containers: every service up to the data set as a process of its own over a real Kafka and Redis, one stage after the
 * other on what those before it have written, those that can be parted with 1, 2, … processes of one thread each. What is measured of a
 * stage begins when all its processes are members of their group, so that starting them is no part of it.
 *
 *   node --import tsx bench/containers.ts [--times 6] [--containers 1] [--rounds 1]
 *
 * The dump is the sample under TIMES sets of names (synthetic-dump.ts). CPU seconds are those of the processes in that stretch, and of the broker.
 * Prints one line of JSON last: events a second and microseconds an event by stage, and what one page costs in all. Needs java, mvn,
 * redis-server and bzip2.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openKafkaTransport } from '../runtime/kafka/transport.ts'
import { createLog } from '../runtime/log.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { withUpstream } from '../runtime/pipeline.ts'
import { createTopics } from '../runtime/runner/run-service.ts'
import { statusOf } from '../runtime/status.ts'
import type { Transport } from '../runtime/transport.ts'
import { startKafka, startRedis } from '../test/integration/servers.ts'
import { dataSetWriters } from '../test/pipeline/stages.ts'
import { type ServiceId, specOf } from '../topology.ts'
import { cpuSecondsOf } from './extraction/measure.ts'
import { median } from './median.ts'
import { writeSyntheticDumps } from './synthetic-dump.ts'

interface Stretch {
  readonly events: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly brokerCpuSeconds: number
}

const { values: flags } = parseArgs({
  options: {
    times: { type: 'string', default: '6' },
    containers: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '1' },
  },
})
const counts = flags.containers.split(',').map(Number)
const pollMs = 20
const root = mkdtempSync(join(tmpdir(), 'naru-bench-containers-'))
const log = createLog('bench', 'silent', 2)
writeSyntheticDumps(root, Number(flags.times))
const [kafka, redis] = [await startKafka(), await startRedis()]
const brokerPid = Number(readFileSync(join(kafka.folder, 'pid'), 'utf8'))
const services = withUpstream(dataSetWriters)
/** By service, then by number of containers: one stretch a round. */
const stretches = new Map<ServiceId, Map<number, Stretch[]>>()
let pages = 0
try {
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const count of counts) await chain(`bench${round}x${count}`, count)
  }
  console.log(JSON.stringify(summary()))
} finally {
  await Promise.all([kafka.remove(), redis.remove()])
  rmSync(root, { recursive: true, force: true })
}

/** The whole way from dumps to the data set in a namespace of its own. */
async function chain(namespace: string, count: number): Promise<void> {
  const out = join(root, namespace)
  const transport = await openKafkaTransport({ brokers: kafka.brokers, namespace, clientId: 'bench', log })
  const dumps = ['ko', 'en'].flatMap((language) => [`--${language}`, join(root, '20260901', `${language}wiki`)])
  const servers = [
    '--transport',
    'kafka',
    '--brokers',
    kafka.brokers[0]!,
    '--redis',
    redis.url,
    '--namespace',
    namespace,
  ]
  const rest = ['--out', out, '--workers', '1', '--until-sealed', '--quiet', ...servers, ...dumps]
  try {
    await createTopics(transport)
    for (const id of services) {
      const stretch = await stage(transport, id, isParted(id) ? count : 1, rest)
      const byCount = stretches.get(id) ?? new Map<number, Stretch[]>()
      byCount.set(count, [...(byCount.get(count) ?? []), stretch])
      stretches.set(id, byCount)
      const { events, seconds, cpuSeconds } = stretch
      console.error(`${namespace} ${id}: ${events} events in ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s`)
    }
    pages = (await statusOf('article-extractor', transport)).figures.written.articles ?? 0
  } finally {
    await transport.close()
    rmSync(out, { recursive: true, force: true })
  }
}

/** Transforms and streams of one partition can be in several processes at once. */
function isParted(id: ServiceId): boolean {
  const { kind } = specOf(id)
  return kind === 'transform' || kind === 'partition-stream'
}

async function stage(transport: Transport, id: ServiceId, count: number, rest: readonly string[]): Promise<Stretch> {
  const main = join(packageRoot, 'cli', 'bootstrap.mjs')
  const processes = Array.from({ length: count }, () =>
    spawn(process.execPath, [main, 'service', id, ...rest], { stdio: ['ignore', 'ignore', 'inherit'] }),
  )
  const pids = processes.map(({ pid }) => pid!)
  const ended = Promise.all(
    processes.map(async (child) => {
      const [code] = (await once(child, 'exit')) as [number | null]
      if (code !== 0) throw new Error(`${id} ended with ${code}`)
    }),
  )
  const sample = async () => ({
    events: (await statusOf(id, transport)).figures.events,
    ms: performance.now(),
    cpuSeconds: pids.reduce((sum, pid) => sum + (cpuSecondsOf(pid) || 0), 0),
    brokerCpuSeconds: cpuSecondsOf(brokerPid),
  })
  let running = true
  const over = ended.finally(() => {
    running = false
  })
  over.catch(() => undefined)
  while (running && (await transport.membersOf(id)) < count) await sleep(pollMs)
  const first = await sample()
  let last = first
  for (;;) {
    const { figures } = await statusOf(id, transport)
    if (figures.finished || !running) break
    last = await sample()
    await sleep(pollMs)
  }
  const end = { ...(await sample()) }
  await over
  return {
    events: end.events - first.events,
    seconds: (end.ms - first.ms) / 1_000,
    // A process that has ended is no longer asked: what it had used a moment before stands for it.
    cpuSeconds: Math.max(end.cpuSeconds, last.cpuSeconds) - first.cpuSeconds,
    brokerCpuSeconds: end.brokerCpuSeconds - first.brokerCpuSeconds,
  }
}

function summary() {
  const middle = (id: ServiceId, count: number, of: (stretch: Stretch) => number) =>
    median((stretches.get(id)?.get(count) ?? []).map(of))
  const stages = Object.fromEntries(
    services.map((id) => [
      id,
      Object.fromEntries(
        (isParted(id) ? counts : counts.slice(0, 1)).map((count) => [
          count,
          {
            events: middle(id, count, ({ events }) => events),
            eventsPerSecond: Math.round(middle(id, count, ({ events, seconds }) => events / seconds)),
            cpuMicroseconds: Math.round(middle(id, count, ({ events, cpuSeconds }) => (cpuSeconds / events) * 1e6)),
            brokerMicroseconds: Math.round(
              middle(id, count, ({ events, brokerCpuSeconds }) => (brokerCpuSeconds / events) * 1e6),
            ),
          },
        ]),
      ),
    ]),
  )
  const total = (count: number, of: (stretch: Stretch) => number) =>
    services.reduce((sum, id) => sum + middle(id, count, of), 0)
  const parted = (count: number) =>
    services.filter(isParted).reduce((sum, id) => sum + middle(id, count, ({ seconds }) => seconds), 0)
  const [one] = counts
  return {
    bench: 'containers',
    node: process.version,
    processor: cpus()[0]?.model,
    cores: cpus().length,
    loadAverage: Math.round((loadavg()[0] ?? Number.NaN) * 100) / 100,
    pages,
    stages,
    microsecondsAPage: Math.round((total(one!, ({ cpuSeconds }) => cpuSeconds) / pages) * 1e6),
    brokerMicrosecondsAPage: Math.round((total(one!, ({ brokerCpuSeconds }) => brokerCpuSeconds) / pages) * 1e6),
    /** Time of the stages that can be parted: with one container of each, over with so many. */
    speedUp: Object.fromEntries(counts.map((count) => [count, Math.round((parted(one!) / parted(count)) * 100) / 100])),
  }
}
