/** What becomes of an event that a transform was run on: counted in the ledger, and the records that say so. */
import type { ServiceId } from '../../topology.ts'
import type { Codec } from '../codec.ts'
import type { EncodedEvent, Executed } from '../execute.ts'
import { addTo, type LedgerState } from '../ledger.ts'
import type { Logger } from '../log.ts'
import { eventsDead, eventsDropped } from '../metrics.ts'
import { partitionName } from '../seal.ts'
import type { LogRecord, OutgoingRecord } from '../transport.ts'
import { keptRecords } from '../update/marks.ts'
import { deadLetter, namesOf, outgoing } from './context.ts'

/** With the headers of its trace, where there is one. */
export type Traced = Executed & { readonly headers?: OutgoingRecord['headers'] }

export interface Settling {
  readonly codec: Codec
  readonly log: Logger
  /** 0 for a run from the beginning, n for the n-th update of it. */
  readonly update: number
}

export function settle(
  settling: Settling,
  id: ServiceId,
  record: LogRecord,
  executed: Traced,
  ledger: LedgerState,
): OutgoingRecord[] {
  const { codec, log } = settling
  const name = namesOf(id, partitionName(record), record.offset)
  ledger.events++
  if (executed.failure) {
    ledger.dead++
    eventsDead.inc({ service: id, code: executed.failure.code })
    log.warn({ failure: executed.failure, key: record.key }, 'event dead-lettered')
    return [deadLetter({ codec }, id, record, executed.failure, true, name('dead'))]
  }
  const deadParts = executed.rejected.map((failure, n) => {
    eventsDead.inc({ service: id, code: failure.code })
    log.warn({ failure, key: record.key }, 'part of an event dead-lettered')
    return deadLetter({ codec }, id, record, failure, false, name(`dead${n}`))
  })
  ledger.deadParts += deadParts.length
  for (const { reason, count } of executed.dropped) eventsDropped.inc({ service: id, reason }, count)
  const kept = settleKept(settling, id, record, executed, ledger)
  const tombstones = settleGone(id, executed, ledger)
  const { events, rejected, dropped } = executed
  const others = events.length + rejected.length + kept.length + tombstones.length
  const whole = others === 0 && dropped.length === 1
  if (whole) {
    addTo(ledger.dropped, executed.dropped[0]!.reason, 1)
    return []
  }
  ledger.passed++
  for (const { reason, count } of executed.dropped) addTo(ledger.droppedParts, reason, count)
  for (const { topic } of executed.events) addTo(ledger.written, topic, 1)
  return [
    ...[...executed.events, ...tombstones].map((event, n) => outgoing(event, { ...name(n), ...executed.headers })),
    ...kept,
    ...deadParts,
  ]
}

/** What is as it was before the update counts as left out, for nothing is written of it but that. */
function settleKept(
  { update }: Settling,
  id: ServiceId,
  record: LogRecord,
  { kept }: Executed,
  ledger: LedgerState,
): OutgoingRecord[] {
  if (kept.length === 0) return []
  addTo(ledger.droppedParts, 'unchanged', kept.length)
  eventsDropped.inc({ service: id, reason: 'unchanged' }, kept.length)
  return keptRecords(kept, `${update}/${record.key}`)
}

/** A tombstone each, which counts as left out, not as written: it is the end of an event. */
function settleGone(id: ServiceId, { gone }: Executed, ledger: LedgerState): EncodedEvent[] {
  if (gone.length === 0) return []
  addTo(ledger.droppedParts, 'vanished', gone.length)
  eventsDropped.inc({ service: id, reason: 'vanished' }, gone.length)
  return gone.map(({ topic, key }) => ({ topic, key, value: null }))
}
