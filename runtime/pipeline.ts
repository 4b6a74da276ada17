/** Runs services of the topology together, in one process, until all of them are complete. */
import { type ServiceId, serviceIds, specOf, writersOf } from '../topology.ts'
import { Codec } from './codec.ts'
import type { Surroundings } from './deps.ts'
import { ConfigError } from './errors.ts'
import { loadService } from './load.ts'
import { createLog } from './log.ts'
import type { ClaimStore } from './ports.ts'
import type { RunContext } from './runner/context.ts'
import { createTopics, runService } from './runner/run-service.ts'
import type { Progress } from './service.ts'
import { type GatheredSettings, resolveSettings } from './settings.ts'
import { type ServiceStatus, statusOf } from './status.ts'
import type { Consumer, Transport } from './transport.ts'
import { WorkerPool } from './workers.ts'

export interface PipelineOptions {
  /** The services to run; see `withUpstream`. */
  readonly services: readonly ServiceId[]
  readonly transport: Transport
  readonly claims: ClaimStore
  readonly around: Surroundings
  /** Worker threads for CPU-bound transforms, ≥ 1. */
  readonly workers: number
  readonly signal: AbortSignal
  /** Progress that a service reports about its own long work. */
  readonly onProgress?: (service: ServiceId, progress: Parameters<Progress['report']>[0]) => void
  /** Called about twice a second, and once at the end. */
  readonly onStatus?: (statuses: readonly ServiceStatus[]) => void
}

const statusIntervalMs = 500

/** The services and all that they need upstream, in the order of the topology. */
export function withUpstream(targets: readonly ServiceId[]): ServiceId[] {
  const needed = new Set<ServiceId>()
  const visit = (id: ServiceId): void => {
    if (needed.has(id)) return
    needed.add(id)
    for (const topic of specOf(id).reads) for (const writer of writersOf(topic)) visit(writer)
  }
  for (const id of targets) visit(id)
  return serviceIds.filter((id) => needed.has(id))
}

/** Settings of services, checked. */
export async function settingsOf(
  ids: readonly ServiceId[],
  gathered: GatheredSettings,
): Promise<Record<string, unknown>> {
  const resolved: Record<string, unknown> = {}
  for (const id of ids) resolved[id] = resolveSettings(id, (await loadService(id)).settings, gathered[id] ?? [])
  return resolved
}

/**
 * Starts the services and waits until each has finished its input. Rejects with the first error that a service cannot go
 * on after, or with the signal's reason; what was committed until then stays, and the same call goes on from there.
 */
export async function runPipeline(options: PipelineOptions): Promise<readonly ServiceStatus[]> {
  const { services, transport, around, signal } = options
  signal.throwIfAborted()
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  const pool = new WorkerPool(options.workers, around)
  const running: Consumer[] = []
  try {
    await createTopics(transport)
    for (const id of services) {
      const context: RunContext = {
        transport,
        codec: new Codec(),
        around,
        pool,
        log: createLog(id, around.logLevel, around.logDestination),
        live: {
          signal: stop,
          claims: options.claims,
          progress: { report: (progress) => options.onProgress?.(id, progress) },
        },
        onFailure: (error) => failed.abort(error),
      }
      running.push(await runService(id, context))
    }
    return await complete(options, stop)
  } finally {
    await Promise.all(running.map((consumer) => consumer.stop()))
    await pool.close()
  }
}

async function complete(
  { services, transport, around, onStatus }: PipelineOptions,
  stop: AbortSignal,
): Promise<ServiceStatus[]> {
  for (;;) {
    stop.throwIfAborted()
    const statuses = await Promise.all(services.map((id) => statusOf(id, transport, around.update ?? 0)))
    onStatus?.(statuses)
    if (statuses.every(({ figures }) => figures.finished)) return statuses
    await pause(statusIntervalMs, stop)
  }
}

/** Waits, but not longer than until the signal. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

/** Throws where a name is no service, with the names that are. */
export function parseServiceId(name: string): ServiceId {
  const id = serviceIds.find((known) => known === name)
  if (!id)
    throw new ConfigError('SERVICE_UNKNOWN', `there is no service ${name}`, {
      hint: `Services: ${serviceIds.join(', ')}`,
    })
  return id
}
