/** Figures of processes, as the monitor finds them: in the folder of a run, over Kafka too, or at the addresses of services. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { metricsPagesOf } from '../../cli/metrics-pages.ts'
import { writeMetrics, writeSnapshot } from '../../cli/run-state.ts'
import { workspaceOf } from '../../cli/workspace.ts'
import type { MetricsPage } from '../../monitor/sampling/metrics-pages.ts'
import { countWritten } from '../../runtime/metrics.ts'

const folder = mkdtempSync(join(tmpdir(), 'naru-metrics-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const figureOf = ({ figures }: MetricsPage, wanted: string): number =>
  figures.find(({ name }) => name === wanted)?.value ?? Number.NaN

test('a run over Kafka is read by the page in its folder while its process is there', async () => {
  const workspace = workspaceOf(join(folder, 'run'))
  mkdirSync(workspace.state, { recursive: true })
  const pages = metricsPagesOf(workspace, { transport: 'kafka' })
  assert.deepEqual(await pages.read(), [])

  countWritten('name-finder', [{ topic: 'anchors', value: new Uint8Array(5) }])
  await writeMetrics(workspace)
  writeSnapshot(workspace, { at: new Date().toISOString(), process: process.pid, statuses: [] })
  const [page] = await pages.read()
  assert.equal(page!.service, undefined)
  assert.ok(figureOf(page!, 'process_cpu_seconds_total') > 0)
  assert.ok(figureOf(page!, 'process_resident_memory_bytes') > 1e6)
  assert.ok(figureOf(page!, 'naru_bytes_written_total') >= 5)

  const { pid: ended } = spawnSync(process.execPath, ['-e', '0'])
  writeSnapshot(workspace, { at: new Date().toISOString(), process: ended, statuses: [] })
  assert.deepEqual(await pages.read(), [])
})

test('services that run by themselves are asked at their addresses; one that does not answer is left out', async () => {
  const server = createServer(({ url = '' }, answer) => {
    const isThere = url === '/name-finder' || url === '/trainer'
    if (url === '/trainer') answer.writeHead(500).end()
    else if (isThere) answer.end('naru_retries_total{service="name-finder",code="X"} 3\n')
    else answer.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const pages = metricsPagesOf(workspaceOf(folder), {
    transport: 'kafka',
    metricsUrl: `http://127.0.0.1:${port}/{service}`,
  })
  const read = await pages.read()
  server.close()
  assert.equal(new Set(read.map(({ instance }) => instance)).size, read.length, 'behind one address, two processes')
  assert.deepEqual(
    read.map(({ service, figures }) => [service, figures]),
    [
      ['name-finder', [{ name: 'naru_retries_total', labels: { service: 'name-finder', code: 'X' }, value: 3 }]],
      ['trainer', []],
    ],
  )
})

test('what is no address is refused', () => {
  for (const metricsUrl of ['{service}:9464', 'http://{service}:metrics/']) {
    assert.throws(() => metricsPagesOf(workspaceOf(folder), { transport: 'kafka', metricsUrl }), {
      code: 'METRICS_URL',
    })
  }
})
