/**
 * Runs a source. It yields the same events in the same order at every start; the note of its position on the `sources` topic
 * counts those that were committed, and they are skipped. The offset stays 0: the topic holds nothing, and Kafka's transport refuses
 * to begin beyond a topic's end.
 */

import type { ServiceId } from '../../topology.ts'
import { openDeps } from '../deps.ts'
import { RetryableError } from '../errors.ts'
import { encodeEvent, failureOf } from '../execute.ts'
import { addTo, type LedgerState, ledgerAt, writeNote } from '../ledger.ts'
import { countWritten, eventsDead, eventsDropped, unitsFinished } from '../metrics.ts'
import type { Outcome, Source } from '../service.ts'
import { endSpan, traceHeaders, unitSpan } from '../tracing.ts'
import { type Consumer, type LogRecord, type OutgoingRecord, type Position, sourcesTopic } from '../transport.ts'
import { differenceOfSource, writesRows } from '../update/difference-of-source.ts'
import { inBatches } from './batches.ts'
import { deadLetter, namesOf, outgoing, type RunContext, seals, withRetries } from './context.ts'

/** Rows of a list come by the thousand a second, dumps one an hour. */
const batchLimits = { most: 500, restMs: 20 }

export async function runSource(service: Source, context: RunContext): Promise<Consumer> {
  let controller = new AbortController()
  let work: Promise<void> = Promise.resolve()
  const stopWork = () => controller.abort(new RetryableError('STOPPED', `${service.id} was stopped`))

  const consumer = await context.transport.consume({
    group: service.id,
    topics: [sourcesTopic],
    assignment: 'sole',
    unitOf: () => 'all',
    onFailure: context.onFailure,
    handler: {
      assigned: (_, position) => {
        controller = new AbortController()
        const signal = AbortSignal.any([controller.signal, context.live.signal])
        work = pour(service, context, position, signal).catch((error: unknown) => {
          if (!signal.aborted) context.onFailure(error)
        })
      },
      records: () => Promise.resolve(),
      revoked: async () => {
        stopWork()
        await work
      },
    },
  })
  return {
    ready: () => consumer.ready(),
    stop: async () => {
      stopWork()
      await consumer.stop()
      await work
    },
  }
}

async function pour(service: Source, context: RunContext, position: Position, signal: AbortSignal): Promise<void> {
  const { id } = service
  const ledger = ledgerAt(position, context.around.update ?? 0)
  if (ledger.finished) return
  const left = new AbortController()
  const live = { ...context.live, signal: AbortSignal.any([signal, left.signal]) }
  const { deps, dispose } = openDeps(service, 'all', context.around, live)

  const commit = async (records: readonly OutgoingRecord[]) => {
    signal.throwIfAborted()
    await withRetries(context, id, async () => {
      const transaction = await context.transport.begin(id, 'all')
      try {
        await transaction.append(records)
        await transaction.commit([{ topic: sourcesTopic, partition: 0, offset: 0, note: writeNote(ledger) }])
      } catch (error) {
        await transaction.abort()
        throw error
      }
    })
    countWritten(id, records)
  }

  const pourDifference = async () => {
    const said = recorded(service.run(deps), context, id)
    const records = await differenceOfSource(said, id, context, (outcome) => count(ledger, id, outcome))
    ledger.finished = true
    await commit([...records, ...seals(id, 'all')])
    unitsFinished.inc({ service: id })
  }

  try {
    if (ledger.begins.length > 0 && writesRows(id)) return await pourDifference()
    let toSkip = ledger.events
    for await (const made of inBatches(recorded(service.run(deps), context, id), batchLimits)) {
      const fresh = made.slice(toSkip)
      for (const { outcome } of fresh) count(ledger, id, outcome)
      if (fresh.length > 0) await commit(fresh.flatMap(({ records }) => records))
      toSkip = Math.max(0, toSkip - made.length)
    }
    ledger.finished = true
    await commit(seals(id, 'all'))
    unitsFinished.inc({ service: id })
  } finally {
    left.abort(new RetryableError('STOPPED', `${id} was left`))
    await dispose()
  }
}

interface Recorded {
  readonly outcome: Outcome
  readonly records: readonly OutgoingRecord[]
}

/** Encodes each outcome before the source goes on, for its bytes may lie in memory that is used again. */
async function* recorded(
  outcomes: AsyncIterable<Outcome>,
  context: RunContext,
  id: ServiceId,
): AsyncIterable<Recorded> {
  let offset = 0
  for await (const outcome of outcomes) {
    yield { outcome, records: recordsOf(outcome, context, id, offset) }
    offset++
  }
}

function recordsOf(outcome: Outcome, context: RunContext, id: ServiceId, offset: number): OutgoingRecord[] {
  const update = context.around.update ?? 0
  const headers = namesOf(id, 'all')(update > 0 ? `u${update}-${offset}` : offset)
  switch (outcome.kind) {
    case 'emission':
    case 'encoded':
    case 'withdrawal':
      return [outgoing(encodeEvent(context.codec, outcome), { ...headers, ...traceOf(id, offset) })]
    case 'kept':
    case 'gone':
    case 'dropped':
      return []
    case 'rejected': {
      const nowhere: LogRecord = { topic: id, partition: 0, offset, key: '', value: null, headers: {} }
      return [deadLetter(context, id, nowhere, failureOf(outcome.error), false, headers)]
    }
  }
}

/** What a source brings begins a trace. */
function traceOf(id: ServiceId, offset: number): OutgoingRecord['headers'] {
  const span = unitSpan(id, String(offset))
  endSpan(span)
  return traceHeaders(span)
}

function count(ledger: LedgerState, id: ServiceId, outcome: Outcome): void {
  ledger.events++
  switch (outcome.kind) {
    case 'emission':
    case 'encoded':
    case 'withdrawal':
      ledger.passed++
      addTo(ledger.written, outcome.topic, 1)
      break
    case 'kept':
    case 'gone':
      break
    case 'dropped':
      addTo(ledger.dropped, outcome.reason, outcome.count)
      eventsDropped.inc({ service: id, reason: outcome.reason }, outcome.count)
      break
    case 'rejected':
      ledger.dead++
      eventsDead.inc({ service: id, code: outcome.error.code })
      break
  }
}
