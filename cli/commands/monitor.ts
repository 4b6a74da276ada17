/** naru monitor: a page over a run in a folder, or over a namespace on servers; at work, at rest or yet to come. */
import { once } from 'node:events'
import { History } from '../../monitor/history/history.ts'
import { Sampler } from '../../monitor/sampling/sampler.ts'
import { serveMonitor } from '../../monitor/web/server.ts'
import { openEmbeddedLogView } from '../../runtime/embedded/log-view.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { createLog } from '../../runtime/log.ts'
import type { LogView } from '../../runtime/log-view.ts'
import { kafkaOptions, type TransportFlags } from '../connect.ts'
import { listenForInterrupts } from '../interrupt.ts'
import { logLevelOf } from '../log-level.ts'
import { metricsPagesOf } from '../metrics-pages.ts'
import { monitorSources } from '../monitor-sources.ts'
import { print, printJsonLine, say } from '../print.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'

export interface MonitorFlags extends TransportFlags {
  readonly out?: string
  readonly port: number
  readonly host: string
  readonly tokenEnv?: string
  readonly metricsUrl?: string
  readonly model?: string
  readonly json?: boolean
}

/** A look asks the broker for some fifty things: each second that would be more than the 2 % of a pipeline that watching it may cost (docs/monitor.md). */
const kafkaIntervalMs = 3_000

/** Until ctrl-C, or where naru run started it, until that ends. Throws ConfigError TOKEN_EMPTY, MONITOR_OPEN, MONITOR_PORT. */
export async function monitor(flags: MonitorFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const token = tokenOf(flags)
  const logger = createLog('monitor', logLevelOf(process.env), workspace.logFile)
  const interrupts = listenForInterrupts(() => undefined)
  const log = await openLogView(workspace, flags)
  const history = await History.open(workspace.monitor)
  const intervalMs = flags.transport === 'kafka' ? kafkaIntervalMs : undefined
  const pages = metricsPagesOf(workspace, flags)
  const sampler = new Sampler({ log, pages, history, logger, nowMs: Date.now, ...(intervalMs && { intervalMs }) })
  const sources = monitorSources(workspace, flags)
  try {
    await sampler.start()
    const server = await serveMonitor({ ...flags, token, sampler, history, log, sources })
    try {
      await announce(server.url, interrupts.signal, flags.json ?? false)
    } finally {
      await server.close()
    }
  } finally {
    await sampler.stop()
    await sources.close()
    await log.close()
    interrupts.release()
  }
}

/** Tells the address to the process that started this one, or to the person, and waits for the end of either. */
async function announce(url: string, signal: AbortSignal, json: boolean): Promise<void> {
  const parent = process.send?.bind(process)
  if (parent) parent({ url })
  else {
    if (json) printJsonLine({ url })
    else print(url)
    say('ctrl-C ends the monitor')
  }
  const ends = [once(signal, 'abort')]
  if (parent) ends.push(once(process, 'disconnect'))
  if (!signal.aborted) await Promise.race(ends)
}

function tokenOf({ tokenEnv }: MonitorFlags): string | undefined {
  if (tokenEnv === undefined) return undefined
  const token = process.env[tokenEnv]
  if (token) return token
  throw new ConfigError('TOKEN_EMPTY', `the variable ${tokenEnv}, which is to hold the token, is empty`, {
    hint: `Such as ${tokenEnv}="$(openssl rand -hex 16)" naru monitor --token-env ${tokenEnv}`,
  })
}

async function openLogView(workspace: Workspace, flags: MonitorFlags): Promise<LogView> {
  if (flags.transport === 'embedded') return openEmbeddedLogView(workspace.log)
  const { openKafkaLogView } = await import('../../runtime/kafka/log-view.ts')
  const options = kafkaOptions(flags, workspace.logFile)
  return openKafkaLogView({ ...options, namespace: flags.namespace, clientId: `naru-monitor-${process.pid}` })
}
