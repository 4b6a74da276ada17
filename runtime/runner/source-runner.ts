/**
 * Runs a source. It yields the same events in the same order at every start; the position, kept on the `sources` topic,
 * counts those that were committed, and they are skipped.
 */
import { openDeps } from '../deps.ts'
import { RetryableError } from '../errors.ts'
import { encodeEvent, failureOf } from '../execute.ts'
import { addTo, readNote, writeNote } from '../ledger.ts'
import { countCommit, eventsDead, eventsDropped, unitsFinished } from '../metrics.ts'
import type { Source } from '../service.ts'
import { type Consumer, type LogRecord, type OutgoingRecord, type Position, sourcesTopic } from '../transport.ts'
import { deadLetter, outgoing, type RunContext, seals, withRetries } from './context.ts'

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
    stop: async () => {
      stopWork()
      await consumer.stop()
      await work
    },
  }
}

async function pour(service: Source, context: RunContext, position: Position, signal: AbortSignal): Promise<void> {
  const { id } = service
  const ledger = readNote(position.note)
  if (ledger.finished) return
  const { deps, dispose } = openDeps(service, 'all', context.around, { ...context.live, signal })

  const commit = async (records: readonly OutgoingRecord[]) => {
    signal.throwIfAborted()
    await withRetries(context, id, async () => {
      const transaction = await context.transport.begin(id, 'all')
      try {
        await transaction.append(records)
        await transaction.commit([
          { topic: sourcesTopic, partition: 0, offset: ledger.events, note: writeNote(ledger) },
        ])
      } catch (error) {
        await transaction.abort()
        throw error
      }
    })
    countCommit(id, undefined, 0, records)
  }

  try {
    let seen = 0
    for await (const outcome of service.run(deps)) {
      if (seen++ < ledger.events) continue
      ledger.events++
      switch (outcome.kind) {
        case 'emission':
        case 'encoded':
          ledger.passed++
          addTo(ledger.written, outcome.topic, 1)
          await commit([outgoing(encodeEvent(context.codec, outcome))])
          break
        case 'dropped':
          addTo(ledger.dropped, outcome.reason, outcome.count)
          eventsDropped.inc({ service: id, reason: outcome.reason }, outcome.count)
          await commit([])
          break
        case 'rejected': {
          ledger.dead++
          const failure = failureOf(outcome.error)
          eventsDead.inc({ service: id, code: failure.code })
          const nowhere: LogRecord = { topic: id, partition: 0, offset: seen - 1, key: '', value: null, headers: {} }
          await commit([deadLetter(context, id, nowhere, failure, false)])
          break
        }
      }
    }
    ledger.finished = true
    await commit(seals(id, 'all'))
    unitsFinished.inc({ service: id })
  } finally {
    await dispose()
  }
}
