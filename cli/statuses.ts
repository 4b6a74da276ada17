/** How far a run is, asked from outside: from its folder, or from the servers. */
import { existsSync } from 'node:fs'
import { openEmbeddedTransport } from '../runtime/embedded/transport.ts'
import { ConfigError, NaruError } from '../runtime/errors.ts'
import { type ServiceStatus, statusOf } from '../runtime/status.ts'
import type { Transport } from '../runtime/transport.ts'
import { serviceIds } from '../topology.ts'
import { openKafka, type TransportFlags } from './connect.ts'
import { readSnapshot } from './run-state.ts'
import type { Workspace } from './workspace.ts'

export interface FoundStatuses {
  readonly statuses: readonly ServiceStatus[]
  /** Set where a process is at work: its statuses are those that it saw last. */
  readonly working?: { readonly process: number; readonly at: string }
}

/** Throws ConfigError RUN_MISSING where there is no run. */
export function findStatuses(workspace: Workspace, flags: TransportFlags): Promise<FoundStatuses> {
  return flags.transport === 'kafka' ? onServers(workspace, flags) : inFolder(workspace)
}

async function inFolder(workspace: Workspace): Promise<FoundStatuses> {
  if (!existsSync(workspace.runFile)) throw noRun(workspace.state)
  let transport: Transport
  try {
    transport = await openEmbeddedTransport({ folder: workspace.log })
  } catch (error) {
    const snapshot = error instanceof NaruError && error.code === 'STATE_LOCKED' ? readSnapshot(workspace) : undefined
    if (!snapshot) throw error
    return { statuses: snapshot.statuses, working: snapshot }
  }
  return { statuses: await allStatuses(transport, workspace.state) }
}

async function onServers(workspace: Workspace, flags: TransportFlags): Promise<FoundStatuses> {
  return { statuses: await allStatuses(await openKafka(flags, workspace.logFile), `namespace ${flags.namespace}`) }
}

async function allStatuses(transport: Transport, where: string): Promise<ServiceStatus[]> {
  try {
    return await Promise.all(serviceIds.map((id) => statusOf(id, transport)))
  } catch (error) {
    throw error instanceof NaruError && error.code === 'TOPIC_MISSING' ? noRun(where) : error
  } finally {
    await transport.close()
  }
}

/** @param where the folder of its state, or the namespace of its topics. */
export function noRun(where: string): ConfigError {
  return new ConfigError('RUN_MISSING', 'there is no run here', {
    at: { file: where },
    hint: 'naru run begins one; --out names the folder of another.',
  })
}
