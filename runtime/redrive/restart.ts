/** Sends services back to the beginning of their inputs: positions, ledgers, and what they have written until now. */
import { type ServiceId, specOf } from '../../topology.ts'
import { ConfigError } from '../errors.ts'
import { readNote } from '../ledger.ts'
import type { ClaimStore } from '../ports.ts'
import { deadTopic } from '../runner/context.ts'
import { type Commit, type Position, sourcesTopic, type Transport } from '../transport.ts'
import type { Voids } from '../voids.ts'

/** Topics that a service writes, its dead letters among them. */
export function outputsOf(id: ServiceId): string[] {
  return [...specOf(id).writes, deadTopic(id)]
}

export function inputsOf(id: ServiceId): readonly string[] {
  return specOf(id).kind === 'source' ? [sourcesTopic] : specOf(id).reads
}

/** Throws ConfigError SERVICE_RUNNING where one of the services is at work: it would not notice that its position moved. */
export async function refuseRunning(transport: Transport, ids: readonly ServiceId[]): Promise<void> {
  const running: ServiceId[] = []
  for (const id of ids) if ((await transport.membersOf(id)) > 0) running.push(id)
  if (running.length === 0) return
  throw new ConfigError('SERVICE_RUNNING', `these services are at work: ${running.join(', ')}`, {
    hint: 'Stop them first, every instance of each; started afterwards they begin where they are sent.',
  })
}

/** Throws ConfigError REPLAY_OF_UPDATE: what an update wrote is the difference to the run before, which cannot be said again alone. */
export function refuseUpdated(id: ServiceId, { note }: Position): void {
  if (readNote(note).begins.length === 0) return
  throw new ConfigError('REPLAY_OF_UPDATE', `${id} has been updated since the run`, {
    hint: 'Start a new run with naru run, or bring it to the dumps again with naru update.',
  })
}

/** The positions to commit so that the services begin again; what they wrote is marked in `voids`. */
export async function sendBack(transport: Transport, ids: readonly ServiceId[], voids: Voids): Promise<Commit[]> {
  const commits: Commit[] = []
  for (const id of ids) {
    for (const position of await transport.positions(id, inputsOf(id))) {
      refuseUpdated(id, position)
      const { topic, partition } = position
      commits.push({ topic, partition, offset: 0, note: '', group: id })
    }
    for (const topic of outputsOf(id)) {
      for (const at of await transport.ends(topic)) voids.add(at, { service: id, before: at.offset })
    }
  }
  return commits
}

/**
 * What was claimed in the name of events that are now void would make their successors duplicates. Before the commit, not after: a
 * crash between the two is mended by the same command, whereas a deduplicator that begins with old claims loses pairs.
 */
export async function forgetClaims(claims: ClaimStore, ids: readonly ServiceId[]): Promise<void> {
  if (ids.includes('deduplicator')) await claims.clear()
}
