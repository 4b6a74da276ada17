/** Runs a transform: records of a partition in, outputs and position out in one transaction. */
import { type ServiceId, specOf, type TopicName } from '../../topology.ts'
import { Breath } from '../breath.ts'
import { openDeps } from '../deps.ts'
import { RetryableError } from '../errors.ts'
import { type Executed, execute, failureOf } from '../execute.ts'
import { type LedgerState, ledgerAt, writeNote } from '../ledger.ts'
import { countTaken, countWritten, eventSeconds, unitsFinished } from '../metrics.ts'
import { partitionName, sealNumber, sealsOf } from '../seal.ts'
import type { Transform } from '../service.ts'
import { endSpan, eventSpan, traceHeaders } from '../tracing.ts'
import type { Consumer, LogRecord, OutgoingRecord, PartitionHandler, Position, TopicPartition } from '../transport.ts'
import { isEvent } from '../update/marks.ts'
import { Voids } from '../voids.ts'
import { type RunContext, seals, withRetries } from './context.ts'
import { settle, type Traced } from './settle.ts'

/** A commit is made when it holds this much, so that memory and a transaction's length stay bounded. */
const commitBytes = 4 * 1024 * 1024
const commitEvents = 500

export async function runTransform(service: Transform, context: RunContext): Promise<Consumer> {
  const { deps, dispose } = openDeps(service, 'all', context.around, context.live)
  const voids = await Voids.read(context.transport, specOf(service.id).reads)
  const handler = new TransformHandler(service, context, voids, (record) =>
    service.cpuBound && !context.pool.isBeforeThreads
      ? context.pool.run(service.id, record)
      : execute(service, record, context.codec, deps),
  )
  const consumer = await context.transport.consume({
    group: service.id,
    topics: specOf(service.id).reads,
    assignment: 'shared',
    unitOf: partitionName,
    handler,
    onFailure: context.onFailure,
  })
  return {
    ready: () => consumer.ready(),
    stop: async () => {
      await consumer.stop()
      await dispose()
    },
  }
}

class TransformHandler implements PartitionHandler {
  private readonly service: Transform
  private readonly id: ServiceId
  private readonly context: RunContext
  private readonly voids: Voids
  private readonly run: (record: LogRecord) => Promise<Executed>
  /** Ledger and next offset of each partition held here, as they were last committed. */
  private readonly ledgers = new Map<string, { readonly ledger: LedgerState; readonly offset: number }>()

  constructor(service: Transform, context: RunContext, voids: Voids, run: (record: LogRecord) => Promise<Executed>) {
    this.service = service
    this.id = service.id
    this.context = context
    this.voids = voids
    this.run = run
  }

  assigned(at: TopicPartition, position: Position): void {
    this.ledgers.set(partitionName(at), {
      ledger: ledgerAt(position, this.context.around.update ?? 0),
      offset: position.offset,
    })
  }

  revoked(at: TopicPartition): void {
    this.ledgers.delete(partitionName(at))
  }

  async records(at: TopicPartition, records: readonly LogRecord[]): Promise<void> {
    const from = this.held(at).offset
    const fresh = records.filter((record) => record.offset >= from) // a rebalance may bring some again
    for (let start = 0; start < fresh.length; ) {
      start += await this.commitSome(at, fresh.slice(start, start + commitEvents))
    }
  }

  private held(at: TopicPartition): { readonly ledger: LedgerState; readonly offset: number } {
    const held = this.ledgers.get(partitionName(at))
    if (!held) throw new RetryableError('TRANSACTION_FENCED', `${this.id} no longer owns ${partitionName(at)}`)
    return held
  }

  /** Processes and commits as many of the records as one commit may hold; answers how many those were. */
  private async commitSome(at: TopicPartition, records: readonly LogRecord[]): Promise<number> {
    const before = this.held(at).ledger
    const ledger = structuredClone(before)
    const outputs: OutgoingRecord[] = []
    let bytes = 0
    let taken = 0
    const breath = new Breath()
    while (taken < records.length && bytes < commitBytes) {
      const group = records.slice(taken, taken + this.groupSize)
      const executed = await Promise.all(group.map((record) => this.executeOne(record)))
      for (const [index, record] of group.entries()) {
        const result = executed[index]
        for (const written of this.settle(record, result, ledger)) {
          bytes += written.value?.length ?? 0
          outputs.push(written)
        }
      }
      taken += group.length
      if (breath.isDue) await breath.take()
    }
    const offset = records[taken - 1]!.offset + 1
    await withRetries(this.context, this.id, async () => {
      const transaction = await this.context.transport.begin(this.id, partitionName(at))
      try {
        await transaction.append(outputs)
        await transaction.commit([{ ...at, offset, note: writeNote(ledger) }])
      } catch (error) {
        await transaction.abort()
        throw error
      }
    })
    this.ledgers.set(partitionName(at), { ledger, offset })
    countTaken(
      this.id,
      records.slice(0, taken).filter((record) => this.isTaken(record)),
    )
    countWritten(this.id, outputs)
    if (ledger.finished && !before.finished) unitsFinished.inc({ service: this.id })
    return taken
  }

  /** Events run side by side; a store or the worker threads see them all at once. */
  private get groupSize(): number {
    return this.service.cpuBound ? 1 : this.service.concurrency
  }

  private async executeOne(record: LogRecord): Promise<Traced | undefined> {
    if (!this.isTaken(record)) return undefined
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

  private isTaken(record: LogRecord): boolean {
    return isEvent(record) && !this.voids.has(record)
  }

  /** @param executed absent for a seal and for what is void. */
  private settle(record: LogRecord, executed: Traced | undefined, ledger: LedgerState): OutgoingRecord[] {
    const { context, id } = this
    if (executed) return settle({ ...context, update: context.around.update ?? 0 }, id, record, executed, ledger)
    return this.voids.has(record) ? [] : this.settleSeal(record, ledger)
  }

  /** Notes an upstream seal; answers with our own once all of them are there. */
  private settleSeal(record: LogRecord, ledger: LedgerState): OutgoingRecord[] {
    const topic = record.topic as TopicName
    const number = sealNumber(topic, record.headers)
    if (number !== undefined && !ledger.seals.includes(number)) ledger.seals.push(number)
    if (ledger.finished || ledger.seals.length < sealsOf(topic).length) return []
    ledger.finished = true
    return seals(this.id, partitionName(record))
  }
}
