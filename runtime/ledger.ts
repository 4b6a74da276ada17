/**
 * What became of the events of one input partition: counted in the same transaction that moves the position, as the
 * position's note, so that the figures are exact whatever crashes. In = passed + dropped + dead, always.
 */
import { ConfigError, FatalError } from './errors.ts'
import type { DropReason } from './service.ts'
import type { Position } from './transport.ts'

export interface LedgerState {
  /** Events taken in. */
  events: number
  /** Events for which at least one event was written, or that a stream took in. */
  passed: number
  /** Events that were dead-lettered whole. */
  dead: number
  /** Events left out whole, by reason. */
  dropped: Partial<Record<DropReason, number>>
  /** Parts of events (pages, rows, names) left out, by reason. */
  droppedParts: Partial<Record<DropReason, number>>
  /** Parts of events that were dead-lettered. */
  deadParts: number
  /** Events written, by topic. */
  written: Record<string, number>
  /** Events taken in once more by a replay from their middle; they are in the other figures each time. */
  again: number
  /** Numbers of the seals that have arrived. */
  seals: number[]
  /** True once the unit that this partition belongs to has written its own seal. */
  finished: boolean
  /** The last event that a stream wrote before its end. */
  interim?: InterimMark
  /** Offsets at which the updates began here, oldest first: figures, seals and `finished` are of the last of them. */
  begins: readonly number[]
}

/** Tells events that a stream writes before its end apart: of one series, numbers rise. */
export interface InterimMark {
  readonly series: string
  readonly number: number
}

export function emptyLedger(begins: readonly number[] = []): LedgerState {
  return {
    events: 0,
    passed: 0,
    dead: 0,
    dropped: {},
    droppedParts: {},
    deadParts: 0,
    written: {},
    again: 0,
    seals: [],
    finished: false,
    begins,
  }
}

/** Compact, for Kafka keeps at most 4,096 bytes of it. */
export function writeNote(ledger: LedgerState): string {
  return JSON.stringify([
    1,
    ledger.events,
    ledger.passed,
    ledger.dead,
    ledger.dropped,
    ledger.droppedParts,
    ledger.deadParts,
    ledger.written,
    ledger.seals,
    ledger.finished ? 1 : 0,
    ...rareFields(ledger),
  ])
}

export function readNote(note: string): LedgerState {
  if (note === '') return emptyLedger()
  const fields: unknown = JSON.parse(note)
  if (!Array.isArray(fields) || fields[0] !== 1) {
    throw new FatalError(
      'POSITION_NOTE',
      `a group's position carries the note ${note}, which this version cannot read`,
      {
        hint: 'Finish the run with the version that began it, or start a new one.',
      },
    )
  }
  const [, events, passed, dead, dropped, droppedParts, deadParts, written, seals, finished, ...rare] = fields
  const [again = 0, interim = null, begins = []] = rare
  return {
    events,
    passed,
    dead,
    dropped,
    droppedParts,
    deadParts,
    written,
    again,
    seals,
    finished: finished === 1,
    ...(interim && { interim }),
    begins,
  }
}

/** Written as far as there is something to say. */
function rareFields({ again, interim, begins }: LedgerState): unknown[] {
  if (begins.length > 0) return [again, interim ?? null, begins]
  if (interim) return [again, interim]
  return again > 0 ? [again] : []
}

/**
 * The ledger with which a partition is gone on with. Where an earlier run ended, an update begins: with figures of its own, at
 * the position where that run stood. Throws ConfigError UPDATE_TOO_LATE for a group that the run before had not reached.
 * @param update 0 for a run from the beginning, n for the n-th update of it.
 */
export function ledgerAt({ note, offset }: Position, update: number): LedgerState {
  const ledger = readNote(note)
  if (ledger.begins.length > update) {
    throw new FatalError(
      'POSITION_NOTE',
      `a group stands in update ${ledger.begins.length} already, not in ${update}`,
      {
        hint: 'Another process has updated this run: look with naru status.',
      },
    )
  }
  const skipped = update - ledger.begins.length
  if (skipped === 0) return ledger
  if (note === '' || skipped > 1) {
    throw new ConfigError('UPDATE_TOO_LATE', 'this phase had not been run when the run was updated', {
      hint: 'Updates go on with what the run had finished: start a new one with naru run.',
    })
  }
  return emptyLedger([...ledger.begins, offset])
}

export function addTo<K extends string>(counts: Partial<Record<K, number>>, key: K, count: number): void {
  counts[key] = (counts[key] ?? 0) + count
}

/** Sum of the ledgers of a service's partitions. */
export function sumLedgers(ledgers: readonly LedgerState[]): LedgerState {
  const sum = emptyLedger()
  for (const ledger of ledgers) {
    sum.events += ledger.events
    sum.passed += ledger.passed
    sum.dead += ledger.dead
    sum.deadParts += ledger.deadParts
    sum.again += ledger.again
    for (const key of ['dropped', 'droppedParts'] as const) {
      for (const [reason, count] of Object.entries(ledger[key])) addTo(sum[key], reason as DropReason, count)
    }
    for (const [topic, count] of Object.entries(ledger.written)) addTo(sum.written, topic, count)
  }
  sum.finished = ledgers.length > 0 && ledgers.every((ledger) => ledger.finished)
  return sum
}
