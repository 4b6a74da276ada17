/** naru replay: a service takes its input again, wholly or from a place on, and everything after it starts again. */
import { downstreamOf, type ServiceId, specOf, type TopicName } from '../../topology.ts'
import { ConfigError } from '../errors.ts'
import { type LedgerState, readNote, writeNote } from '../ledger.ts'
import type { ClaimStore } from '../ports.ts'
import { partitionName, sealNumber } from '../seal.ts'
import type { Commit, LogRecord, Position, TopicPartition, Transport } from '../transport.ts'
import { replaysGroup, Voids } from '../voids.ts'
import { forgetClaims, inputsOf, outputsOf, refuseRunning, refuseUpdated, sendBack } from './restart.ts'
import { scan, type TopicRead } from './scan.ts'

export type ReplayFrom =
  | { readonly kind: 'beginning' }
  /** Records that were written then or later. */
  | { readonly kind: 'time'; readonly ms: number }
  /** Of one input partition, or of each. */
  | { readonly kind: 'offset'; readonly offset: number; readonly at?: TopicPartition }

export interface Replayed {
  /** Events of the service that will be taken again. */
  readonly events: number
  /** Services that start again because of it. */
  readonly downstream: readonly ServiceId[]
}

/**
 * Throws ConfigError SERVICE_RUNNING; REPLAY_PLACE for a place in the middle where the service is no transform; REPLAY_NOTHING
 * where nothing has been read from there on.
 */
export async function replay(
  { transport, claims }: { readonly transport: Transport; readonly claims: ClaimStore },
  id: ServiceId,
  from: ReplayFrom,
  told?: TopicRead,
): Promise<Replayed> {
  const downstream = downstreamOf(id)
  if (from.kind !== 'beginning' && specOf(id).kind !== 'transform') {
    throw new ConfigError('REPLAY_PLACE', `${id} sees its whole input before it writes: it can only begin again`, {
      hint: 'Give --from beginning.',
    })
  }
  await refuseRunning(transport, [id, ...downstream])
  const hold = await transport.hold(replaysGroup, 'all')
  try {
    const voids = await Voids.read(
      transport,
      [id, ...downstream].flatMap((one) => [...inputsOf(one), ...outputsOf(one)]),
    )
    const whole = from.kind === 'beginning'
    const stretches = whole ? [] : await stretchesOf(transport, id, from, voids, told)
    if (!whole && stretches.length === 0) {
      throw new ConfigError('REPLAY_NOTHING', `${id} has taken nothing from there on`, {
        hint: 'naru status shows what it has taken; --from beginning takes all of it again.',
      })
    }
    const events = whole ? await eventsOf(transport, id) : stretches.reduce((sum, { events }) => sum + events, 0)
    const commits = [
      ...stretches.map((stretch) => back(id, stretch)),
      ...(await sendBack(transport, whole ? [id, ...downstream] : downstream, voids)),
    ]
    for (const { at, from: offset } of stretches) {
      for (const topic of outputsOf(id)) {
        for (const end of await transport.ends(topic)) {
          voids.add(end, { service: id, before: end.offset, only: { unit: partitionName(at), from: offset } })
        }
      }
    }
    await forgetClaims(claims, whole ? [id, ...downstream] : downstream)
    const transaction = await transport.begin(replaysGroup, 'all')
    await transaction.commit([...voids.changes(), ...commits])
    return { events, downstream }
  } finally {
    await hold.release()
  }
}

async function eventsOf(transport: Transport, id: ServiceId): Promise<number> {
  const positions = await transport.positions(id, inputsOf(id))
  return positions.reduce((sum, { note }) => sum + readNote(note).events, 0)
}

/** What of an input partition is taken again. */
interface Stretch {
  readonly at: TopicPartition & Position
  readonly from: number
  /** Events and seals in it. */
  events: number
  readonly seals: Set<number>
}

async function stretchesOf(
  transport: Transport,
  id: ServiceId,
  from: Exclude<ReplayFrom, { kind: 'beginning' }>,
  voids: Voids,
  told: TopicRead | undefined,
): Promise<Stretch[]> {
  const stretches = new Map<string, Stretch>()
  for (const topic of specOf(id).reads) {
    const byTime = from.kind === 'time' ? await transport.offsetsAt(topic, from.ms) : []
    for (const at of await transport.positions(id, [topic])) {
      const start =
        from.kind === 'time' ? byTime.find(({ partition }) => partition === at.partition)?.offset : from.offset
      const isMeant = from.kind === 'time' || !from.at || partitionName(from.at) === partitionName(at)
      if (!isMeant || start === undefined || start >= at.offset) continue
      stretches.set(partitionName(at), { at, from: start, events: 0, seals: new Set() })
    }
  }
  const take = (record: LogRecord): void => {
    const stretch = stretches.get(partitionName(record))
    if (!stretch || record.offset < stretch.from || record.offset >= stretch.at.offset || voids.has(record)) return
    const seal = sealNumber(record.topic as TopicName, record.headers)
    if (seal === undefined) stretch.events++
    else stretch.seals.add(seal)
  }
  await scan(transport, specOf(id).reads, take, told)
  return [...stretches.values()]
}

function back(id: ServiceId, { at, from, events, seals }: Stretch): Commit {
  refuseUpdated(id, at)
  const before = readNote(at.note)
  const ledger: LedgerState = {
    ...before,
    again: before.again + events,
    seals: before.seals.filter((seal) => !seals.has(seal)),
    finished: false,
  }
  return { topic: at.topic, partition: at.partition, offset: from, note: writeNote(ledger), group: id }
}
