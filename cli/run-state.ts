/** The state of a run in its folder: begun anew, or found again and checked. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { lockFolder } from '../runtime/embedded/folder-lock.ts'
import { ConfigError } from '../runtime/errors.ts'
import { isDiskFull } from '../runtime/files.ts'
import { registry } from '../runtime/metrics.ts'
import { settingsOf } from '../runtime/pipeline.ts'
import { createTopics } from '../runtime/runner/run-service.ts'
import { type ServiceStatus, statusOf } from '../runtime/status.ts'
import type { Transport } from '../runtime/transport.ts'
import { type ServiceId, serviceIds } from '../topology.ts'
import type { InputFlags } from './flags.ts'
import {
  continuedFlags,
  differences,
  type RunRecord,
  readRecord,
  recordOf,
  refuseDifferences,
  refuseForeignDumps,
  writeRecord,
} from './run-record.ts'
import { gatheredFor, updateOf } from './update-intent.ts'
import { stateEntries, type Workspace } from './workspace.ts'

/** new: an earlier state is removed. continue: goes on with the state, or begins where there is none. */
export type RunMode = 'new' | 'continue'

export interface Intent {
  readonly mode: RunMode
  readonly record: RunRecord
  /** The run that is continued; undefined for a new one. */
  readonly before: RunRecord | undefined
}

/** What is asked for, with every setting resolved. Throws ConfigError before anything on disk has changed. */
export async function intentOf(workspace: Workspace, mode: RunMode, given: InputFlags): Promise<Intent> {
  const before = mode === 'continue' ? readRecord(workspace.runFile) : undefined
  const flags = continuedFlags(given, before)
  const update = updateOf(before)
  const settings = await settingsOf(serviceIds, gatheredFor(flags, update))
  const record = recordOf(flags, settings, update?.number)
  refuseForeignDumps(record)
  return { mode, before, record }
}

/** Removes the state of an earlier run. Throws ConfigError STATE_LOCKED where a process is at work in it. */
export function clearState(workspace: Workspace): void {
  mkdirSync(workspace.log, { recursive: true })
  const unlock = lockFolder(workspace.log)
  for (const entry of stateEntries(workspace)) rmSync(entry, { recursive: true, force: true })
  unlock()
}

/**
 * Records the run, once it is clear that it may go on: settings may differ from those it was begun with only for services
 * that have not taken anything in yet.
 */
export async function admit(workspace: Workspace, { record, before }: Intent, transport: Transport): Promise<void> {
  const found = before ? differences(before, record) : []
  if (found.length > 0) {
    await createTopics(transport)
    const begun = await begunServices(transport)
    refuseDifferences(
      found.filter(({ service }) => begun.some((id) => id === service)),
      workspace.runFile,
    )
  }
  writeRecord(workspace.runFile, record)
}

async function begunServices(transport: Transport): Promise<ServiceId[]> {
  const statuses = await Promise.all(serviceIds.map((id) => statusOf(id, transport)))
  return statuses.filter(isBegun).map(({ id }) => id)
}

function isBegun({ figures, partitionsDone }: ServiceStatus): boolean {
  return figures.events > 0 || partitionsDone > 0
}

/** On servers an old run cannot be removed from here: a new one needs a namespace of its own. */
export async function refuseUsedNamespace(transport: Transport, namespace: string): Promise<void> {
  await createTopics(transport)
  if ((await begunServices(transport)).length === 0) return
  throw new ConfigError('NAMESPACE_USED', `there is a run in the namespace ${namespace} already`, {
    hint: 'Continue it with --resume, or give another --namespace.',
  })
}

const timesShape = z.partialRecord(z.enum(serviceIds), z.number())
export type ServiceSeconds = Readonly<Partial<Record<ServiceId, number>>>

/** Seconds at work in earlier processes of the run; nothing where none were kept. */
export function readTimes(workspace: Workspace): ServiceSeconds {
  try {
    return timesShape.parse(JSON.parse(readFileSync(workspace.timesFile, 'utf8')))
  } catch {
    // Times are for people; a run goes on without them.
    return {}
  }
}

export function writeTimes(workspace: Workspace, seconds: ServiceSeconds): void {
  writeState(workspace.timesFile, seconds)
}

export interface StatusSnapshot {
  readonly at: string
  readonly process: number
  readonly statuses: readonly ServiceStatus[]
}

/** The embedded log belongs to one process at a time: this is how others see how far it is. */
export function writeSnapshot(workspace: Workspace, snapshot: StatusSnapshot): void {
  writeState(workspace.statusFile, snapshot)
}

export function readSnapshot(workspace: Workspace): StatusSnapshot | undefined {
  try {
    return JSON.parse(readFileSync(workspace.statusFile, 'utf8')) as StatusSnapshot
  } catch {
    return undefined
  }
}

/** For the monitor: it looks at the log itself, and here for what only the process can tell. */
export async function writeMetrics(workspace: Workspace): Promise<void> {
  const page = await registry.metrics()
  writeStateText(workspace.metricsFile, page)
}

/** Times and snapshots are for people: on a full disk they are left out, so that the run's own DISK_FULL is what is shown. */
function writeState(file: string, content: unknown): void {
  writeStateText(file, `${JSON.stringify(content)}\n`)
}

function writeStateText(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    // Whoever reads meanwhile has the old one or the new one.
    writeFileSync(`${file}.part`, text)
    renameSync(`${file}.part`, file)
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}
