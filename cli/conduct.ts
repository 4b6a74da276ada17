/** Carries services of the pipeline out with progress, ctrl-C and records: what `run` and the phase commands share. */
import { availableParallelism } from 'node:os'
import { runPipeline, withUpstream } from '../runtime/pipeline.ts'
import type { ServiceStatus } from '../runtime/status.ts'
import { startTracing } from '../runtime/tracing.ts'
import type { Input } from '../services/01-dump-downloader/settings.ts'
import { type ServiceId, serviceIds } from '../topology.ts'
import { type Connection, connect, type TransportFlags } from './connect.ts'
import { type InputFlags, pickInputFlags } from './flags.ts'
import { listenForInterrupts } from './interrupt.ts'
import { logLevelOf } from './log-level.ts'
import { openProgress } from './progress.ts'
import { type RunRecord, writeRecord } from './run-record.ts'
import {
  admit,
  clearState,
  type Intent,
  intentOf,
  type RunMode,
  readTimes,
  refuseUsedNamespace,
  type ServiceSeconds,
  writeMetrics,
  writeSnapshot,
  writeTimes,
} from './run-state.ts'
import { StageBoard } from './stage-board.ts'
import { finishedServices, keepBefore, runToUpdate, type Sides, updateIntent } from './update-intent.ts'
import { type Workspace, workspaceOf } from './workspace.ts'

export interface ConductFlags extends InputFlags, TransportFlags {
  readonly out?: string
  readonly workers?: number
  readonly json?: boolean
  readonly quiet?: boolean
}

export interface Conducted {
  readonly workspace: Workspace
  readonly record: RunRecord
  readonly statuses: readonly ServiceStatus[]
  /** Seconds at work by service, earlier processes included. */
  readonly seconds: ServiceSeconds
  /** Of this process. */
  readonly wallSeconds: number
}

const snapshotIntervalMs = 2_000
/** A little less than a second, for the statuses come every half. */
const metricsIntervalMs = 900

/** Runs the targets and what they need upstream until all of it is complete. */
export async function conduct(
  targets: readonly ServiceId[],
  mode: RunMode,
  flags: ConductFlags,
  say: (message: string) => void,
): Promise<Conducted> {
  const workspace = workspaceOf(flags.out)
  const services = targets.length === serviceIds.length ? serviceIds : withUpstream(targets)
  const intent = await intentOf(workspace, mode, pickInputFlags(flags))
  const startedMs = Date.now()
  const interrupts = listenForInterrupts(say)
  try {
    const isNew = intent.before === undefined
    if (isNew && flags.transport === 'embedded') clearState(workspace)
    const connection = await connect(workspace, flags)
    const endTracing = await startTracing(process.env, 'naru')
    try {
      if (mode === 'new' && flags.transport === 'kafka') {
        await refuseUsedNamespace(connection.transport, flags.namespace)
      }
      await admit(workspace, intent, connection.transport)
      const done = await runWatched(services, workspace, intent, connection, flags, interrupts.signal)
      return { workspace, record: intent.record, ...done, wallSeconds: (Date.now() - startedMs) / 1000 }
    } finally {
      await endTracing()
      await connection.close()
    }
  } finally {
    interrupts.release()
  }
}

export interface UpdateConductFlags extends TransportFlags {
  readonly out?: string
  readonly workers?: number
  readonly json?: boolean
  readonly quiet?: boolean
  readonly sides: Sides
}

/** Brings the finished services of the run in the folder to other dumps. */
export async function conductUpdate(
  inputs: readonly Input[],
  flags: UpdateConductFlags,
  say: (message: string) => void,
): Promise<Conducted> {
  const workspace = workspaceOf(flags.out)
  const { record, before } = await updateIntent(workspace, runToUpdate(workspace), inputs, flags.sides)
  const startedMs = Date.now()
  const interrupts = listenForInterrupts(say)
  try {
    const connection = await connect(workspace, flags)
    try {
      const services = await finishedServices(connection.transport, before.update ?? 0)
      keepBefore(workspace, record.update ?? 0, say)
      writeRecord(workspace.runFile, record)
      const intent: Intent = { mode: 'continue', record, before: undefined }
      const done = await runWatched(services, workspace, intent, connection, flags, interrupts.signal)
      return { workspace, record, ...done, wallSeconds: (Date.now() - startedMs) / 1000 }
    } finally {
      await connection.close()
    }
  } finally {
    interrupts.release()
  }
}

async function runWatched(
  services: readonly ServiceId[],
  workspace: Workspace,
  { record, before }: Intent,
  { transport, claims }: Connection,
  flags: Pick<ConductFlags, 'quiet' | 'workers'>,
  signal: AbortSignal,
): Promise<{ statuses: readonly ServiceStatus[]; seconds: ServiceSeconds }> {
  const board = new StageBoard(services, Date.now, before ? readTimes(workspace) : {})
  const display = openProgress({
    stream: process.stderr,
    quiet: flags.quiet ?? false,
    environment: process.env,
    nowMs: Date.now,
  })
  let snapshotMs = 0
  let metricsMs = 0
  const onStatus = (statuses: readonly ServiceStatus[]): void => {
    board.statuses(statuses)
    display.update(board.views())
    if (Date.now() - metricsMs >= metricsIntervalMs) {
      metricsMs = Date.now()
      // Figures are for people; a run goes on without them.
      void writeMetrics(workspace).catch(() => undefined)
    }
    if (Date.now() - snapshotMs < snapshotIntervalMs) return
    snapshotMs = Date.now()
    writeSnapshot(workspace, { at: new Date(snapshotMs).toISOString(), process: process.pid, statuses })
  }
  try {
    const statuses = await runPipeline({
      services,
      transport,
      claims,
      around: {
        store: { data: workspace.data, models: workspace.models },
        stateFolder: workspace.state,
        logLevel: logLevelOf(process.env),
        logDestination: workspace.logFile,
        settings: record.settings,
        update: record.update ?? 0,
      },
      workers: flags.workers ?? availableParallelism(),
      signal,
      onProgress: (service, progress) => board.report(service, progress),
      onStatus,
    })
    return { statuses, seconds: board.seconds() }
  } finally {
    display.stop()
    writeTimes(workspace, board.seconds())
  }
}
