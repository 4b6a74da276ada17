/**
 * What the monitor costs, in CPU seconds: the same phase alone and with `naru monitor` beside it, in turns, in a folder and over Kafka, where
 * the broker's time counts as the pipeline's; then by piece: the page of figures that a run writes every 0.9 s, which is all
 * that is done in the run's own process, a look at the log, which the monitor's process makes each second, and over Kafka what its requests
 * cost the broker each second (monitor/idle.ts), as a share of what a second of the pipeline at work costs.
 *
 *   node --import tsx bench/monitor.ts [--rounds 3] [--limit 500] [--transports embedded,kafka] [--pairs 5] [--stretch 20]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { workspaceOf } from '../cli/workspace.ts'
import { Pipeline } from '../monitor/sampling/pipeline.ts'
import { Reader } from '../monitor/sampling/reading.ts'
import { seriesOf } from '../monitor/sampling/series.ts'
import { openEmbeddedLogView } from '../runtime/embedded/log-view.ts'
import { countTaken, countWritten, eventSeconds, eventsDropped, registry } from '../runtime/metrics.ts'
import { packageRoot } from '../runtime/package-root.ts'
import { dropReasons } from '../runtime/service.ts'
import { startKafka, startRedis } from '../test/integration/servers.ts'
import { serviceIds, specOf } from '../topology.ts'
import { cpuSecondsOf, measure } from './extraction/measure.ts'
import { median } from './median.ts'
import { idleBroker } from './monitor/idle.ts'
import { watched } from './monitor/watched.ts'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    limit: { type: 'string', default: '500' },
    transports: { type: 'string', default: 'embedded,kafka' },
    pairs: { type: 'string', default: '5' },
    /** Seconds. */
    stretch: { type: 'string', default: '20' },
  },
})
const scratch = mkdtempSync(join(tmpdir(), 'naru-bench-monitor-'))

interface Carrier {
  readonly name: string
  /** Flags of the run and of the monitor, in a folder and a namespace of their own. */
  flags(place: string): readonly string[]
  /** CPU seconds of what the pipeline runs on beside its own process. */
  serverSeconds(): number
  close(): Promise<void>
}

const carriers: Readonly<Record<string, () => Promise<Carrier>>> = {
  embedded: () =>
    Promise.resolve({ name: 'embedded', flags: () => [], serverSeconds: () => 0, close: () => Promise.resolve() }),
  kafka: async () => {
    const [kafka, redis] = await Promise.all([startKafka(), startRedis()])
    const pids = [kafka, redis].map(({ folder }) => Number(readFileSync(join(folder, 'pid'), 'utf8')))
    const servers = ['--transport', 'kafka', '--brokers', kafka.brokers.join()]
    return {
      name: 'kafka',
      flags: (place) => [...servers, '--namespace', place, '--redis', redis.url],
      serverSeconds: () => pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0),
      close: async () => {
        await Promise.all([kafka.remove(), redis.remove()])
      },
    }
  },
}

interface Round {
  readonly pipelineCpuSeconds: number
  readonly seconds: number
}

async function phase(carrier: Carrier, place: string, isWatched: boolean): Promise<Round> {
  const given = [...carrier.flags(place), '--out', join(scratch, place)]
  const forMonitor = given.filter((flag, at) => flag !== '--redis' && given[at - 1] !== '--redis')
  const before = carrier.serverSeconds()
  const main = join(packageRoot, 'cli', 'bootstrap.mjs')
  const args = [main, 'synonyms', '--limit', flags.limit, '--quiet', ...given]
  const work = () => measure({ program: process.execPath, args })
  const { cpuSeconds, seconds } = isWatched ? await watched(forMonitor, work) : await work()
  return { pipelineCpuSeconds: cpuSeconds + carrier.serverSeconds() - before, seconds }
}

async function compared(carrier: Carrier) {
  const alone: Round[] = []
  const beside: Round[] = []
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const isWatched of round % 2 === 0 ? [false, true] : [true, false]) {
      const result = await phase(carrier, `${carrier.name}-${round}-${isWatched}`, isWatched)
      ;(isWatched ? beside : alone).push(result)
      console.error(
        `${carrier.name}, ${isWatched ? 'watched' : 'alone'}: ${result.pipelineCpuSeconds.toFixed(2)} CPU s`,
      )
    }
  }
  const cpuOf = (rounds: readonly Round[]) => rounds.map(({ pipelineCpuSeconds }) => pipelineCpuSeconds)
  const ratio = median(cpuOf(beside)) / median(cpuOf(alone))
  return {
    carrier: carrier.name,
    alone: cpuOf(alone),
    watched: cpuOf(beside),
    overheadShare: ratio - 1,
    /** At work, alone: what a second costs the pipeline and its servers. */
    cpuPerSecond: median(alone.map(({ pipelineCpuSeconds, seconds }) => pipelineCpuSeconds / seconds)),
  }
}

/** Every label that a run can have. */
function fillRegistry(): void {
  const value = new Uint8Array(900)
  for (const service of serviceIds) {
    countTaken(
      service,
      specOf(service).reads.map((topic) => ({ topic, value })),
    )
    countWritten(
      service,
      specOf(service).writes.map((topic) => ({ topic, value })),
    )
    eventSeconds.observe({ service }, 0.01)
    for (const reason of dropReasons) eventsDropped.inc({ service, reason })
  }
}

const callsOfEach = 200
const pageIntervalSeconds = 0.9

/** Milliseconds of user and system time of one call, after some that warm up. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  for (let call = 0; call < 20; call++) await work()
  const before = process.cpuUsage()
  for (let call = 0; call < callsOfEach; call++) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / callsOfEach
}

async function pieces(folder: string) {
  fillRegistry()
  const pageMs = await cpuMs(async () => writeFileSync(join(scratch, 'metrics.prom'), await registry.metrics()))
  const log = openEmbeddedLogView(workspaceOf(folder).log)
  const reader = new Reader(log, { read: () => Promise.resolve([]) })
  const pipeline = new Pipeline()
  const lookMs = await cpuMs(async () => seriesOf(pipeline.add(await reader.read(Date.now()))))
  await log.close()
  return {
    pageBytes: (await registry.metrics()).length,
    pageCpuMs: pageMs,
    runOverheadShare: pageMs / 1000 / pageIntervalSeconds,
    lookCpuMs: lookMs,
    monitorCoreShare: lookMs / 1000,
  }
}

const phases = []
for (const name of flags.transports.split(',')) {
  const carrier = await carriers[name]?.()
  if (!carrier) throw new Error(`${name}: give embedded, kafka or both`)
  try {
    phases.push(await compared(carrier))
  } finally {
    await carrier.close()
  }
}
const own = flags.transports.includes('embedded') ? await pieces(join(scratch, 'embedded-0-false')) : undefined
const overKafka = phases.find(({ carrier }) => carrier === 'kafka')
const broker = overKafka && (await brokerShare(overKafka.cpuPerSecond))
rmSync(scratch, { recursive: true, force: true })
console.log(JSON.stringify({ bench: 'monitor', phases, ...own, broker }))

/** @param pipelineCpuPerSecond of the pipeline at work, its servers included. */
async function brokerShare(pipelineCpuPerSecond: number) {
  const idle = await idleBroker(join(scratch, 'idle'), { pairs: Number(flags.pairs), seconds: Number(flags.stretch) })
  const shareOf = (cpuPerSecond: number) => cpuPerSecond / pipelineCpuPerSecond
  const differences = idle.watched.map((value, pair) => value - idle.alone[pair]!)
  return {
    ...idle,
    pipelineCpuPerSecond,
    overheadShare: shareOf(idle.monitorCpuPerSecond),
    overheadShareFrom: shareOf(Math.min(...differences)),
    overheadShareTo: shareOf(Math.max(...differences)),
  }
}
