/**
 * The fault bench: the pipeline as processes over a real Kafka and a real Redis, killed, paused, cut off, put out of time and
 * out of space by a schedule from a seed; then its data set beside that of an undisturbed run. Rounds follow one another until
 * every fault has been done; each is judged.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openKafkaTransport } from '../runtime/kafka/transport.ts'
import { createLog } from '../runtime/log.ts'
import { withUpstream } from '../runtime/pipeline.ts'
import { createTopics } from '../runtime/runner/run-service.ts'
import { type ServiceStatus, statusOf } from '../runtime/status.ts'
import type { ServiceId } from '../topology.ts'
import { strike } from './assault.ts'
import { type Fault, type FaultKind, faultKinds, scheduleOf } from './faults.ts'
import { Fleet } from './fleet.ts'
import { type ChaosServers, startServers } from './servers.ts'
import { dataSetFiles, differingFiles, type LedgerLine, ledgerLines } from './verdict.ts'

export interface ChaosOptions {
  readonly seed: number
  readonly faults: number
  /** Seconds between two faults in the mean. */
  readonly paceSeconds: number
  /** Where the undisturbed run lies, or is to lie and to stay; absent for one that is made and goes with the bench. */
  readonly reference?: string
  /** Makes the undisturbed data set in a folder, where it is not there. Answers with its flags of `naru run`: --ko, --en, --limit, --config. */
  readonly undisturbed: (folder: string) => Promise<readonly string[]>
  readonly roundMinutes: number
  readonly targets: readonly ServiceId[]
  /** Ends the bench; what it started is ended with it. */
  readonly signal: AbortSignal
  readonly say: (message: string) => void
}

export interface Round {
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>
  readonly seconds: number
  readonly started: number
  readonly endings: Readonly<Record<string, number>>
  /** False where the time was up before every service was done. */
  readonly finished: boolean
  readonly differing: readonly string[]
  readonly ledger: readonly LedgerLine[]
}

export interface ChaosResult {
  readonly seed: number
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>
  readonly leftOut: readonly FaultKind[]
  readonly rounds: readonly Round[]
  readonly holds: boolean
}

/** The lowest that a broker allows by default. */
const sessionTimeoutMs = 6_000
/** Of the disk that is filled, beside what the undisturbed run takes. */
const spareBytes = 512 * 1024 * 1024

export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const root = mkdtempSync(join(tmpdir(), 'naru-chaos-'))
  let disk: string | undefined
  let servers: ChaosServers | undefined
  try {
    const reference = options.reference ?? join(root, 'undisturbed')
    const inputs = await options.undisturbed(reference)
    const expected = await dataSetFiles(reference)
    disk = mountDisk(join(root, 'disk'), bytesBelow(reference) + spareBytes)
    const possible = faultKinds.filter((kind) => kind !== 'disk' || disk !== undefined)
    const schedule = scheduleOf(options.seed, options.faults, options.paceSeconds, possible)
    servers = await startServers()
    const rounds: Round[] = []
    while (schedule.length > 0) {
      const out = join(disk ?? root, `round-${rounds.length}`)
      const field = { inputs, out, number: rounds.length, root }
      const round = await disturb(options, servers, disk, field, schedule, expected)
      rounds.push(round)
      options.say(`round ${rounds.length}: ${describe(round)}; ${schedule.length} faults to go`)
      rmSync(out, { recursive: true, force: true })
      if (!holds(round)) break
    }
    return {
      seed: options.seed,
      faults: total(rounds),
      leftOut: faultKinds.filter((kind) => !possible.includes(kind)),
      rounds,
      holds: rounds.every(holds) && schedule.length === 0,
    }
  } finally {
    await servers?.close()
    if (disk !== undefined) spawnSync('umount', ['-l', disk])
    rmSync(root, { recursive: true, force: true })
  }
}

function holds({ finished, differing, ledger }: Round): boolean {
  return finished && differing.length === 0 && ledger.every((line) => line.holds)
}

/** A file system of its own, in memory; undefined where none may be mounted. */
function mountDisk(folder: string, bytes: number): string | undefined {
  mkdirSync(folder)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'naru-chaos', folder])
  return status === 0 ? folder : undefined
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

interface RoundField {
  readonly inputs: readonly string[]
  readonly out: string
  readonly number: number
  readonly root: string
}

async function disturb(
  options: ChaosOptions,
  servers: ChaosServers,
  disk: string | undefined,
  { inputs, out, number, root }: RoundField,
  schedule: Fault[],
  expected: ReadonlyMap<string, string>,
): Promise<Round> {
  const began = performance.now()
  const namespace = `chaos${number}`
  const services = withUpstream(options.targets)
  const log = createLog('chaos', 'silent', 2)
  const brokers = [`127.0.0.1:${servers.kafka.proxy.port}`]
  const transport = await openKafkaTransport({ brokers, namespace, clientId: 'chaos', log })
  await createTopics(transport)
  await transport.close()
  const flags = [...servers.flags, '--namespace', namespace, '--out', out, '--workers', '1', ...inputs]
  const fleet = new Fleet({
    services,
    flags: [...flags, '--session-timeout', String(sessionTimeoutMs)],
    folder: join(root, `processes-${number}`),
  })
  const faults: Partial<Record<FaultKind, number>> = {}
  let over = false
  const deadline = sleep(options.roundMinutes * 60_000, undefined, { ref: false }).then(() => {
    over = true
  })
  try {
    const field = { fleet, servers, sessionTimeoutMs, disk }
    const aborted = once(options.signal, 'abort').then(() => undefined)
    while (schedule.length > 0 && !fleet.isDone() && !over) {
      options.signal.throwIfAborted()
      const fault = schedule[0]!
      await Promise.race([sleep(fault.afterSeconds * 1_000), fleet.finished, aborted])
      if (!(await strike(field, fault))) continue
      schedule.shift()
      faults[fault.kind] = (faults[fault.kind] ?? 0) + 1
      options.say(`${fault.kind}; ${fleet.left().length} services at work`)
    }
    await Promise.race([fleet.finished, deadline, aborted])
    options.signal.throwIfAborted()
    const finished = fleet.isDone()
    const { started, endings } = fleet.record()
    const seconds = (performance.now() - began) / 1_000
    if (!finished) options.say(`not done: ${fleet.left().join(', ')}`)
    const statuses = await statusesOf(services, brokers, namespace)
    const differing = differingFiles(await dataSetFiles(out), expected)
    return { faults, seconds, started, endings, finished, differing, ledger: ledgerLines(statuses) }
  } finally {
    await fleet.close()
  }
}

async function statusesOf(
  services: readonly ServiceId[],
  brokers: readonly string[],
  namespace: string,
): Promise<ServiceStatus[]> {
  const log = createLog('chaos', 'silent', 2)
  const transport = await openKafkaTransport({ brokers, namespace, clientId: 'chaos', log })
  try {
    return await Promise.all(services.map((id) => statusOf(id, transport)))
  } finally {
    await transport.close()
  }
}

function total(rounds: readonly Round[]): Partial<Record<FaultKind, number>> {
  const sum: Partial<Record<FaultKind, number>> = {}
  for (const { faults } of rounds) {
    for (const kind of faultKinds) if (faults[kind]) sum[kind] = (sum[kind] ?? 0) + faults[kind]
  }
  return sum
}

function describe({ finished, differing, ledger, seconds, started }: Round): string {
  const files = differing.length === 0 ? 'the same bytes' : `other bytes in ${differing.join(', ')}`
  const wrong = ledger.filter((line) => !line.holds).map(({ service }) => service)
  const events = wrong.length === 0 ? 'every event accounted for' : `the ledger is wrong at ${wrong.join(', ')}`
  return `${finished ? 'done' : 'not done'} in ${Math.round(seconds)} s, ${started} processes, ${files}, ${events}`
}
