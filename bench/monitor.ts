/**
 * What the monitor costs: CPU time of the page of figures that a run writes every 0.9 s, which is all that is done in the run's own
 * process, and of a look at the log, which the monitor's process makes each second. As shares of one core.
 *
 *   node --import tsx bench/monitor.ts <folder of a run>
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { workspaceOf } from '../cli/workspace.ts'
import { Pipeline } from '../monitor/sampling/pipeline.ts'
import { Reader } from '../monitor/sampling/reading.ts'
import { seriesOf } from '../monitor/sampling/series.ts'
import { openEmbeddedLogView } from '../runtime/embedded/log-view.ts'
import { countTaken, countWritten, eventSeconds, eventsDropped, registry } from '../runtime/metrics.ts'
import { dropReasons } from '../runtime/service.ts'
import { serviceIds, specOf } from '../topology.ts'

const rounds = 200
const pageIntervalSeconds = 0.9

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the folder of a run: naru run --out makes one')

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

/** Milliseconds of user and system time of one call, after some that warm up. */
async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < 20; round++) await work()
  const before = process.cpuUsage()
  for (let round = 0; round < rounds; round++) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / rounds
}

const scratch = mkdtempSync(join(tmpdir(), 'naru-bench-monitor-'))
fillRegistry()
const pageMs = await cpuMs(async () => writeFileSync(join(scratch, 'metrics.prom'), await registry.metrics()))
const log = openEmbeddedLogView(workspaceOf(folder).log)
const reader = new Reader(log, { read: () => Promise.resolve([]) })
const pipeline = new Pipeline()
const lookMs = await cpuMs(async () => seriesOf(pipeline.add(await reader.read(Date.now()))))
await log.close()
rmSync(scratch, { recursive: true, force: true })
console.log(
  JSON.stringify({
    bench: 'monitor',
    pageBytes: (await registry.metrics()).length,
    pageCpuMs: pageMs,
    runOverheadShare: pageMs / 1000 / pageIntervalSeconds,
    lookCpuMs: lookMs,
    monitorCoreShare: lookMs / 1000,
  }),
)
