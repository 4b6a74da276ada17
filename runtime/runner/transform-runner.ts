/** Runs a transform: records of a partition in, outputs and position out in one transaction. */
import { type ServiceId, specOf, type TopicName } from '../../topology.ts'
import { openDeps } from '../deps.ts'
import { RetryableError } from '../errors.ts'
import { type Executed, execute, failureOf } from '../execute.ts'
import { addTo, type LedgerState, readNote, writeNote } from '../ledger.ts'
import { countTaken, countWritten, eventSeconds, eventsDead, eventsDropped, unitsFinished } from '../metrics.ts'
import { isEvent, sealNumber, sealsOf } from '../seal.ts'
import type { Transform } from '../service.ts'
import { endSpan, eventSpan, traceHeaders } from '../tracing.ts'
import type { Consumer, LogRecord, OutgoingRecord, PartitionHandler, Position, TopicPartition } from '../transport.ts'
import { deadLetter, outgoing, type RunContext, seals, withRetries } from './context.ts'

/** A commit is made when it holds this much, so that memory and a transaction's length stay bounded. */
const commitBytes = 4 * 1024 * 1024
const commitEvents = 500

export async function runTransform(service: Transform, context: RunContext): Promise<Consumer> {
  const { deps, dispose } = openDeps(service, 'all', context.around, context.live)
  const handler = new TransformHandler(service, context, (record) =>
    service.cpuBound ? context.pool.run(service.id, record) : execute(service, record, context.codec, deps),
  )
  const consumer = await context.transport.consume({
    group: service.id,
    topics: specOf(service.id).reads,
    assignment: 'shared',
    unitOf,
    handler,
    onFailure: context.onFailure,
  })
  return {
    stop: async () => {
      await consumer.stop()
      await dispose()
    },
  }
}

/** With what the records that come of it carry of its trace. */
interface Traced extends Executed {
  readonly headers: OutgoingRecord['headers']
}

class TransformHandler implements PartitionHandler {
  private readonly service: Transform
  private readonly id: ServiceId
  private readonly context: RunContext
  private readonly run: (record: LogRecord) => Promise<Executed>
  /** Ledger and next offset of each partition held here, as they were last committed. */
  private readonly ledgers = new Map<string, { readonly ledger: LedgerState; readonly offset: number }>()

  constructor(service: Transform, context: RunContext, run: (record: LogRecord) => Promise<Executed>) {
    this.service = service
    this.id = service.id
    this.context = context
    this.run = run
  }

  assigned(at: TopicPartition, { note, offset }: Position): void {
    this.ledgers.set(unitOf(at), { ledger: readNote(note), offset })
  }

  revoked(at: TopicPartition): void {
    this.ledgers.delete(unitOf(at))
  }

  async records(at: TopicPartition, records: readonly LogRecord[]): Promise<void> {
    const from = this.held(at).offset
    const fresh = records.filter((record) => record.offset >= from) // a rebalance may bring some again
    for (let start = 0; start < fresh.length; ) {
      start += await this.commitSome(at, fresh.slice(start, start + commitEvents))
    }
  }

  private held(at: TopicPartition): { readonly ledger: LedgerState; readonly offset: number } {
    const held = this.ledgers.get(unitOf(at))
    if (!held) throw new RetryableError('TRANSACTION_FENCED', `${this.id} no longer owns ${unitOf(at)}`)
    return held
  }

  /** Processes and commits as many of the records as one commit may hold; answers how many those were. */
  private async commitSome(at: TopicPartition, records: readonly LogRecord[]): Promise<number> {
    const before = this.held(at).ledger
    const ledger = structuredClone(before)
    const outputs: OutgoingRecord[] = []
    let bytes = 0
    let taken = 0
    while (taken < records.length && bytes < commitBytes) {
      const group = records.slice(taken, taken + this.groupSize)
      const executed = await Promise.all(group.map((record) => this.executeOne(record)))
      for (const [index, record] of group.entries()) {
        const result = executed[index]
        const written = result ? this.settle(record, result, ledger) : this.settleSeal(record, ledger)
        for (const outgoing of written) {
          bytes += outgoing.value?.length ?? 0
          outputs.push(outgoing)
        }
      }
      taken += group.length
    }
    const offset = records[taken - 1]!.offset + 1
    await withRetries(this.context, this.id, async () => {
      const transaction = await this.context.transport.begin(this.id, unitOf(at))
      try {
        await transaction.append(outputs)
        await transaction.commit([{ ...at, offset, note: writeNote(ledger) }])
      } catch (error) {
        await transaction.abort()
        throw error
      }
    })
    this.ledgers.set(unitOf(at), { ledger, offset })
    countTaken(this.id, records.slice(0, taken).filter(isEvent))
    countWritten(this.id, outputs)
    if (ledger.finished && !before.finished) unitsFinished.inc({ service: this.id })
    return taken
  }

  /** Events run side by side; a store or the worker threads see them all at once. */
  private get groupSize(): number {
    return this.service.cpuBound ? 1 : this.service.concurrency
  }

  private async executeOne(record: LogRecord): Promise<Traced | undefined> {
    if (!isEvent(record)) return undefined
    const end = eventSeconds.startTimer({ service: this.id })
    const span = eventSpan(this.id, record)
    try {
      const executed = await withRetries(this.context, this.id, () => this.run(record))
      endSpan(span, executed.failure)
      return { ...executed, headers: traceHeaders(span) }
    } catch (error) {
      endSpan(span, failureOf(error))
      throw error
    } finally {
      end()
    }
  }

  private settle(record: LogRecord, executed: Traced, ledger: LedgerState): OutgoingRecord[] {
    const { context, id } = this
    ledger.events++
    if (executed.failure) {
      ledger.dead++
      eventsDead.inc({ service: id, code: executed.failure.code })
      context.log.warn({ failure: executed.failure, key: record.key }, 'event dead-lettered')
      return [deadLetter(context, id, record, executed.failure, true)]
    }
    const deadParts = executed.rejected.map((failure) => {
      eventsDead.inc({ service: id, code: failure.code })
      context.log.warn({ failure, key: record.key }, 'part of an event dead-lettered')
      return deadLetter(context, id, record, failure, false)
    })
    ledger.deadParts += deadParts.length
    for (const { reason, count } of executed.dropped) eventsDropped.inc({ service: id, reason }, count)
    const whole = executed.events.length === 0 && executed.rejected.length === 0 && executed.dropped.length === 1
    if (whole) {
      addTo(ledger.dropped, executed.dropped[0]!.reason, 1)
      return []
    }
    ledger.passed++
    for (const { reason, count } of executed.dropped) addTo(ledger.droppedParts, reason, count)
    for (const { topic } of executed.events) addTo(ledger.written, topic, 1)
    return [...executed.events.map((event) => outgoing(event, executed.headers)), ...deadParts]
  }

  /** Notes an upstream seal; answers with our own once all of them are there. */
  private settleSeal(record: LogRecord, ledger: LedgerState): OutgoingRecord[] {
    const topic = record.topic as TopicName
    const number = sealNumber(topic, record.headers)
    if (number !== undefined && !ledger.seals.includes(number)) ledger.seals.push(number)
    if (ledger.finished || ledger.seals.length < sealsOf(topic).length) return []
    ledger.finished = true
    return seals(this.id, unitOf(record))
  }
}

function unitOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}
