/** naru service: one service of the pipeline as a process of its own, over Kafka. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { Codec } from '../../runtime/codec.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { loadService } from '../../runtime/load.ts'
import { createLog } from '../../runtime/log.ts'
import { registry } from '../../runtime/metrics.ts'
import { parseServiceId } from '../../runtime/pipeline.ts'
import { createTopics, runService } from '../../runtime/runner/run-service.ts'
import { statusOf } from '../../runtime/status.ts'
import { startTracing } from '../../runtime/tracing.ts'
import type { Transport } from '../../runtime/transport.ts'
import { WorkerPool } from '../../runtime/workers.ts'
import type { ServiceId } from '../../topology.ts'
import type { ConductFlags } from '../conduct.ts'
import { connect } from '../connect.ts'
import { pickInputFlags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { logLevelOf } from '../log-level.ts'
import { intentOf } from '../run-state.ts'
import { workspaceOf } from '../workspace.ts'

export interface ServiceFlags extends ConductFlags {
  readonly untilSealed?: boolean
  readonly metricsPort?: number
}

const statusIntervalMs = 1_000

/** Runs until a signal stops it, or with --until-sealed until its input is complete. Logs go to standard output. */
export async function service(name: string, flags: ServiceFlags): Promise<void> {
  const id = parseServiceId(name)
  if (flags.transport === 'embedded') {
    throw new ConfigError(
      'TRANSPORT',
      'a service on its own needs --transport kafka: the embedded log has one process',
      {
        hint: 'naru run and the phase commands run services without servers.',
      },
    )
  }
  const workspace = workspaceOf(flags.out)
  const level = logLevelOf(process.env)
  const log = createLog(id, level)
  const { record } = await intentOf(workspace, 'continue', pickInputFlags(flags))
  const { ports } = await loadService(id)
  const around = {
    store: { data: workspace.data, models: workspace.models },
    stateFolder: workspace.state,
    logLevel: level,
    logDestination: 1 as const,
    settings: record.settings,
  }
  const interrupts = listenForInterrupts((message) => log.info(message))
  const failed = new AbortController()
  const signal = AbortSignal.any([interrupts.signal, failed.signal])
  const { transport, claims, close } = await connect(workspace, flags, ports.includes('claims'))
  const pool = new WorkerPool(flags.workers ?? availableParallelism(), around)
  const endTracing = await startTracing(process.env, `naru-${id}`)
  const metrics = flags.metricsPort === undefined ? undefined : await serveMetrics(flags.metricsPort)
  try {
    await createTopics(transport)
    log.info({ settings: record.settings[id] }, 'service starts')
    const consumer = await runService(id, {
      transport,
      codec: new Codec(),
      around,
      pool,
      log,
      live: { signal, claims, progress: { report: (progress) => log.info(progress, 'progress') } },
      onFailure: (error) => failed.abort(error),
    })
    try {
      await stopped(id, transport, signal, flags.untilSealed ?? false)
    } finally {
      await consumer.stop()
    }
    if (failed.signal.aborted) throw failed.signal.reason
    log.info({ sealed: !signal.aborted }, 'service stops')
  } finally {
    metrics?.close()
    await endTracing()
    await pool.close()
    await close()
    interrupts.release()
  }
}

/** Resolves when the signal says so or, if asked, the service has written its last seal. */
async function stopped(id: ServiceId, transport: Transport, signal: AbortSignal, untilSealed: boolean): Promise<void> {
  while (!signal.aborted) {
    if (untilSealed && (await statusOf(id, transport)).figures.finished) return
    await delay(statusIntervalMs, undefined, { signal }).catch(() => undefined)
  }
}

/** /metrics for Prometheus, and /health. */
async function serveMetrics(port: number): Promise<Server> {
  const answer = async (path: string | undefined): Promise<{ status: number; type: string; body: string }> => {
    if (path === '/metrics') return { status: 200, type: registry.contentType, body: await registry.metrics() }
    if (path === '/health') return { status: 200, type: 'text/plain', body: 'ok\n' }
    return { status: 404, type: 'text/plain', body: 'here are /metrics and /health\n' }
  }
  const server = createServer((request, response) => {
    answer(request.url).then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const listening = once(server, 'listening')
  server.listen(port)
  try {
    await listening
  } catch (cause) {
    throw new ConfigError('METRICS_PORT', `metrics cannot be served on port ${port}`, {
      hint: 'Give another --metrics-port; 0 takes any that is free.',
      cause,
    })
  }
  return server
}
