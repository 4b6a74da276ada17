/** naru service: one service of the pipeline as a process of its own, over Kafka. */
import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { Codec } from '../../runtime/codec.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { loadService } from '../../runtime/load.ts'
import { createLog } from '../../runtime/log.ts'
import { parseServiceId } from '../../runtime/pipeline.ts'
import { createTopics, runService } from '../../runtime/runner/run-service.ts'
import { statusOf } from '../../runtime/status.ts'
import { startTracing } from '../../runtime/tracing.ts'
import type { Consumer, Transport } from '../../runtime/transport.ts'
import { WorkerPool } from '../../runtime/workers.ts'
import type { ServiceId } from '../../topology.ts'
import type { ConductFlags } from '../conduct.ts'
import { connect } from '../connect.ts'
import { pickInputFlags } from '../flags.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { logLevelOf } from '../log-level.ts'
import { intentOf } from '../run-state.ts'
import { serveService } from '../service-server.ts'
import { workspaceOf } from '../workspace.ts'

export interface ServiceFlags extends ConductFlags {
  readonly untilSealed?: boolean
  readonly metricsPort?: number
  readonly metricsHost: string
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
    update: record.update ?? 0,
    logLevel: level,
    logDestination: 1 as const,
    settings: record.settings,
  }
  const interrupts = listenForInterrupts((message) => log.info(message))
  const failed = new AbortController()
  const signal = AbortSignal.any([interrupts.signal, failed.signal])
  const { transport, claims, close } = await connect(workspace, flags, ports.includes('claims'), 1)
  const pool = new WorkerPool(flags.workers ?? availableParallelism(), around)
  const endTracing = await startTracing(process.env, `naru-${id}`)
  let consumer: Consumer | undefined
  const { metricsPort: port, metricsHost: host } = flags
  const server =
    port === undefined ? undefined : await serveService({ port, host, ready: () => consumer?.ready() ?? false })
  try {
    await createTopics(transport)
    log.info({ settings: record.settings[id] }, 'service starts')
    consumer = await runService(id, {
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
    server?.close()
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
