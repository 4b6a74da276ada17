/** naru replay: one service takes its input again. */
import { ConfigError } from '../../runtime/errors.ts'
import { parseServiceId } from '../../runtime/pipeline.ts'
import { type ReplayFrom, replay } from '../../runtime/redrive/replay.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { downstreamOf, type ServiceId } from '../../topology.ts'
import { connect, type TransportFlags } from '../connect.ts'
import { print, printJson } from '../print.ts'
import { formatCount } from '../quantities.ts'
import { inSteps } from '../steps.ts'
import { workspaceOf } from '../workspace.ts'
import { sayRestarted } from './dead.ts'

export interface ReplayFlags extends TransportFlags {
  readonly out?: string
  readonly from: string
  readonly json?: boolean
}

export async function replayService(name: string, flags: ReplayFlags): Promise<void> {
  const id = parseServiceId(name)
  const from = parsePlace(flags.from)
  const connection = await connect(workspaceOf(flags.out), flags, usesClaims(id, from))
  try {
    await createTopics(connection.transport)
    const { events, downstream } = await inSteps(({ tell }) =>
      replay(connection, id, from, (topic, done, total) => tell(topic, { done, total, unit: 'records' })),
    )
    if (flags.json) printJson({ service: id, events, restarted: downstream })
    else {
      print(`${id} takes ${formatCount(events)} events again`)
      sayRestarted([id, ...downstream])
    }
  } finally {
    await connection.close()
  }
}

/** True where claims are to be forgotten, so that the store must be there. */
function usesClaims(id: ServiceId, from: ReplayFrom): boolean {
  return downstreamOf(id).includes('deduplicator') || (id === 'deduplicator' && from.kind === 'beginning')
}

/** Throws ConfigError REPLAY_FROM. */
function parsePlace(text: string): ReplayFrom {
  if (text === 'beginning') return { kind: 'beginning' }
  const [, topic, partition, offset] = /^(?:([a-z-]+)-(\d+)@)?(\d+)$/.exec(text) ?? []
  if (offset !== undefined) {
    const at = topic === undefined ? {} : { at: { topic, partition: Number(partition) } }
    return { kind: 'offset', offset: Number(offset), ...at }
  }
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(ms)) return { kind: 'time', ms }
  throw new ConfigError('REPLAY_FROM', `"${text}" is no place to replay from`, {
    hint: 'Give beginning, a time such as 2026-11-27T03:00Z, or an offset such as 1200 or articles-3@1200.',
  })
}
