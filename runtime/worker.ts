/** Entry of a worker thread: runs events of CPU-bound transforms, one at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ServiceId } from '../topology.ts'
import { Codec } from './codec.ts'
import { openDeps, type Surroundings } from './deps.ts'
import { FatalError, RetryableError } from './errors.ts'
import { type Executed, execute, failureOf } from './execute.ts'
import { loadService } from './load.ts'
import type { PortName } from './ports.ts'
import type { Deps, Transform } from './service.ts'
import type { Answer, Job } from './workers.ts'

const around: Surroundings = workerData
const codec = new Codec()
const ready = new Map<ServiceId, Promise<{ service: Transform; deps: Deps<unknown, PortName> }>>()
const port = parentPort
if (!port) throw new FatalError('NOT_A_WORKER', 'runtime/worker runs on a worker thread only')

async function prepare(id: ServiceId): Promise<{ service: Transform; deps: Deps<unknown, PortName> }> {
  const service = await loadService(id)
  if (service.kind !== 'transform') throw new FatalError('NOT_A_TRANSFORM', `${id} cannot run on a worker thread`)
  const { deps } = openDeps(service, 'worker', around, {
    progress: { report: () => undefined },
    signal: new AbortController().signal,
  })
  return { service, deps }
}

async function answer({ id, service: serviceId, record }: Job): Promise<Answer> {
  try {
    const prepared = ready.get(serviceId) ?? prepare(serviceId)
    ready.set(serviceId, prepared)
    const { service, deps } = await prepared
    const startedMs = performance.now()
    const executed = await execute(service, record, codec, deps)
    return { id, executed, seconds: (performance.now() - startedMs) / 1000 }
  } catch (error) {
    const { code, message, hint } = failureOf(error)
    return {
      id,
      thrown: { fatal: !(error instanceof RetryableError), code, message, ...(hint === null ? {} : { hint }) },
    }
  }
}

/** Puts the values into one buffer, which is handed over; posted as they are, each would be copied by itself. */
function inOneBuffer(executed: Executed): { readonly executed: Executed; readonly buffer: ArrayBuffer } {
  const bytes = executed.events.reduce((sum, { value }) => sum + (value?.length ?? 0), 0)
  const buffer = new ArrayBuffer(bytes)
  let end = 0
  const events = executed.events.map(({ topic, key, value }) => {
    if (value === null) return { topic, key, value }
    const packed = new Uint8Array(buffer, end, value.length)
    packed.set(value)
    end += value.length
    return { topic, key, value: packed }
  })
  return { executed: { ...executed, events }, buffer }
}

function post(result: Answer): void {
  if ('executed' in result) {
    const { executed, buffer } = inOneBuffer(result.executed)
    port?.postMessage({ ...result, executed } satisfies Answer, [buffer])
  } else port?.postMessage(result)
}

port.on('message', (job: Job) => {
  void answer(job).then(post)
})
