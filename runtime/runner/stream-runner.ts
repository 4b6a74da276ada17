/**
 * Runs a stream: an async iterable over its input that ends when the input is sealed, then one transaction with all that it
 * wrote. Until that commit the position stays at the beginning, so a crash, or a partition going elsewhere, means: again.
 * Interim events alone are committed before, each with a mark in the position's note, which says what was written already.
 */
import { type ServiceId, specOf, type TopicName, topics } from '../../topology.ts'
import { Breath } from '../breath.ts'
import { openDeps } from '../deps.ts'
import { NaruError, RetryableError } from '../errors.ts'
import { decodeEvent, encodeEvent, type Failure, failureOf, originOf } from '../execute.ts'
import { addTo, emptyLedger, type LedgerState, readNote, writeNote } from '../ledger.ts'
import { countTaken, countWritten, eventsDead, eventsDropped, unitsFinished } from '../metrics.ts'
import { partitionName, sealNumber, sealsOf, unitOf } from '../seal.ts'
import type { Incoming, Interim, Outcome, Stream } from '../service.ts'
import { UnitTrace } from '../tracing.ts'
import type {
  Commit,
  Consumer,
  LogRecord,
  OutgoingRecord,
  PartitionHandler,
  Position,
  TopicPartition,
  Transaction,
} from '../transport.ts'
import { noteMade } from '../update/made-files.ts'
import { isEvent } from '../update/marks.ts'
import { Voids } from '../voids.ts'
import { deadLetter, type Naming, namesOf, outgoing, type RunContext, seals, withRetries } from './context.ts'
import { EventQueue } from './event-queue.ts'

const appendAtMost = 500

export async function runStream(service: Stream, context: RunContext): Promise<Consumer> {
  const { kind, reads } = specOf(service.id)
  const handler = new StreamHandler(service, context, await Voids.read(context.transport, reads))
  const consumer = await context.transport.consume({
    group: service.id,
    topics: reads,
    assignment: kind === 'topic-stream' ? 'sole' : 'shared',
    unitOf: (at) => unitOf(service.id, at),
    handler,
    onFailure: context.onFailure,
  })
  return {
    ready: () => consumer.ready(),
    stop: async () => {
      handler.abandonAll()
      await consumer.stop()
      await handler.settled()
    },
  }
}

interface Input {
  readonly at: TopicPartition
  /** Position and ledger as they are committed. */
  readonly start: number
  committed: LedgerState
  ledger: LedgerState
  offset: number
}

/** One unit at work: its partitions, the queue into the service, and the service's own run. */
class StreamUnit {
  readonly name: string
  readonly inputs = new Map<string, Input>()
  readonly queue = new EventQueue()
  readonly controller = new AbortController()
  work: Promise<void> | undefined

  constructor(name: string) {
    this.name = name
  }
}

class StreamHandler implements PartitionHandler {
  private readonly service: Stream
  private readonly id: ServiceId
  private readonly context: RunContext
  private readonly voids: Voids
  private readonly units = new Map<string, StreamUnit>()
  private readonly abandoned: Promise<void>[] = []

  constructor(service: Stream, context: RunContext, voids: Voids) {
    this.service = service
    this.id = service.id
    this.context = context
    this.voids = voids
  }

  assigned(at: TopicPartition, position: Position): void {
    const ledger = readNote(position.note)
    if (ledger.finished) return
    const unit = this.unitAt(at)
    const { offset } = position
    unit.inputs.set(partitionName(at), { at, start: offset, committed: ledger, ledger: emptyLedger(), offset })
    if (unit.inputs.size < this.inputsOfUnit) return
    unit.work = this.runUnit(unit).catch((error: unknown) => {
      if (!unit.controller.signal.aborted) this.context.onFailure(error)
    })
  }

  async records(at: TopicPartition, records: readonly LogRecord[]): Promise<void> {
    const unit = this.units.get(unitOf(this.id, at))
    const input = unit?.inputs.get(partitionName(at))
    if (!unit || !input) return
    countTaken(
      this.id,
      records.filter((record) => record.offset >= input.offset && isEvent(record) && !this.voids.has(record)),
    )
    for (const record of records) {
      if (record.offset < input.offset) continue // read again after a rebalance
      input.offset = record.offset + 1
      if (this.voids.has(record)) continue
      const topic = record.topic as TopicName
      const seal = sealNumber(topic, record.headers)
      if (seal === undefined) {
        input.ledger.events++
        await unit.queue.push(record)
      } else if (!input.ledger.seals.includes(seal)) input.ledger.seals.push(seal)
    }
    if (this.isComplete(unit)) unit.queue.end()
  }

  revoked(at: TopicPartition): void {
    this.abandon(unitOf(this.id, at))
  }

  abandonAll(): void {
    for (const name of this.units.keys()) this.abandon(name)
  }

  async settled(): Promise<void> {
    await Promise.all(this.abandoned)
  }

  private abandon(name: string): void {
    const unit = this.units.get(name)
    if (!unit) return
    this.units.delete(name)
    const stopped = new RetryableError('STOPPED', `${this.id} was stopped`)
    unit.controller.abort(stopped)
    unit.queue.fail(stopped)
    if (unit.work) this.abandoned.push(unit.work)
  }

  private unitAt(at: TopicPartition): StreamUnit {
    const name = unitOf(this.id, at)
    let unit = this.units.get(name)
    if (!unit) {
      unit = new StreamUnit(name)
      this.units.set(name, unit)
    }
    return unit
  }

  private get inputsOfUnit(): number {
    const { kind, reads } = specOf(this.id)
    return kind === 'topic-stream' ? reads.reduce((sum, topic) => sum + topics[topic].partitions, 0) : reads.length
  }

  private isComplete(unit: StreamUnit): boolean {
    const inputs = [...unit.inputs.values()]
    return (
      inputs.length === this.inputsOfUnit &&
      inputs.every(({ at, ledger }) => ledger.seals.length === sealsOf(at.topic as TopicName).length)
    )
  }

  private async runUnit(unit: StreamUnit): Promise<void> {
    const { context, id } = this
    const signal = AbortSignal.any([unit.controller.signal, context.live.signal])
    const live = { ...context.live, signal }
    const { deps, keep, dispose } = openDeps(this.service, unit.name, context.around, live)
    const first = firstOf(unit)
    // Opened with the first write: a stream may read, or train, for hours, and Kafka aborts what stays open that long.
    let transaction: Transaction | undefined
    const totals = emptyLedger()
    const outputs: OutgoingRecord[] = []
    const trace = new UnitTrace(id, unit.name)
    const name: Naming = (place) => ({ ...namesOf(id, unit.name)(place), ...trace.headers() })
    const breath = new Breath()
    let made = 0
    let failure: Failure | undefined
    const write = async (atLeast: number) => {
      if (outputs.length < atLeast) return
      transaction ??= await context.transport.begin(id, unit.name)
      await transaction.append(outputs)
      countWritten(id, outputs)
      outputs.length = 0
    }
    try {
      for await (const outcome of this.service.run(this.decoded(unit, totals, outputs, trace), deps)) {
        if (outcome.kind === 'interim' && !transaction) {
          await this.writeInterim(unit, outcome, first)
          continue
        }
        // Where a transaction is open already, one comes with the rest.
        const record = this.settle(outcome.kind === 'interim' ? outcome.emission : outcome, totals, name(made))
        if (record) outputs.push(record)
        made++
        await write(appendAtMost)
        if (breath.isDue) await breath.take()
      }
      if (!unit.queue.drained) {
        throw new RetryableError('STREAM_ENDED_EARLY', `${id} ended before its input did`)
      }
      outputs.push(...seals(id, unit.name))
      await write(0)
      if (this.service.amend) {
        const places = [...unit.inputs.values()].map(({ at, offset }) => ({ ...at, offset }))
        await noteMade(id, unit.name, context.around, await keep(), places)
      }
      await transaction?.commit(this.finalPositions(unit, totals, first))
      unitsFinished.inc({ service: id })
    } catch (error) {
      await transaction?.abort()
      failure = failureOf(error)
      throw error
    } finally {
      trace.end(failure)
      await dispose()
    }
  }

  /** Written once, however often the stream starts again. */
  private async writeInterim(unit: StreamUnit, { emission, series, number }: Interim, first: Input): Promise<void> {
    const { context, id } = this
    const { committed } = first
    if (committed.interim?.series === series && number <= committed.interim.number) return
    const name = namesOf(id, unit.name)(`interim-${number}`)
    const records = [outgoing(encodeEvent(context.codec, emission), name)]
    const ledger = { ...committed, written: { ...committed.written }, interim: { series, number } }
    addTo(ledger.written, emission.topic, 1)
    await withRetries(context, id, async () => {
      const transaction = await context.transport.begin(id, unit.name)
      try {
        await transaction.append(records)
        await transaction.commit([{ ...first.at, offset: first.start, note: writeNote(ledger) }])
      } catch (error) {
        await transaction.abort()
        throw error
      }
    })
    first.committed = ledger
    countWritten(id, records)
  }

  /** The input as the service sees it. What cannot be decoded is dead-lettered with the unit's other outputs. */
  private async *decoded(
    unit: StreamUnit,
    totals: LedgerState,
    outputs: OutgoingRecord[],
    trace: UnitTrace,
  ): AsyncIterable<Incoming> {
    const breath = new Breath()
    for await (const record of unit.queue) {
      if (breath.isDue) await breath.take()
      trace.saw(record.headers)
      let event: Incoming
      try {
        event = decodeEvent(this.context.codec, record)
      } catch (error) {
        if (!(error instanceof NaruError)) throw error
        const failure = failureOf(error)
        totals.dead++
        eventsDead.inc({ service: this.id, code: failure.code })
        outputs.push(
          deadLetter(this.context, this.id, record, failure, true, namesOf(this.id, unit.name)(originOf(record))),
        )
        continue
      }
      totals.passed++
      yield event
    }
  }

  private settle(
    outcome: Outcome,
    totals: LedgerState,
    headers: OutgoingRecord['headers'],
  ): OutgoingRecord | undefined {
    const { context, id } = this
    switch (outcome.kind) {
      case 'emission':
      case 'encoded':
      case 'withdrawal':
        addTo(totals.written, outcome.topic, 1)
        return outgoing(encodeEvent(context.codec, outcome), headers)
      case 'kept':
      case 'gone':
        return undefined
      case 'dropped':
        addTo(totals.droppedParts, outcome.reason, outcome.count)
        eventsDropped.inc({ service: id, reason: outcome.reason }, outcome.count)
        return undefined
      case 'rejected': {
        const failure = failureOf(outcome.error)
        totals.deadParts++
        eventsDead.inc({ service: id, code: failure.code })
        const nowhere = { topic: id, partition: 0, offset: 0, key: '', value: null, headers: {} }
        return deadLetter(context, id, nowhere, failure, false, headers)
      }
    }
  }

  /** The unit's figures go with its first partition; the others carry their own count of events only. */
  private finalPositions(unit: StreamUnit, totals: LedgerState, first: Input): Commit[] {
    for (const [topic, count] of Object.entries(first.committed.written)) addTo(totals.written, topic, count)
    return [...unit.inputs.values()].map(({ at, ledger, offset }) => {
      const own: LedgerState = { ...ledger, passed: ledger.events, finished: true }
      const note = at === first.at ? { ...own, ...figuresOf(totals), passed: ledger.events - totals.dead } : own
      return { ...at, offset, note: writeNote(note) }
    })
  }
}

function figuresOf({ dead, droppedParts, deadParts, written }: LedgerState): Partial<LedgerState> {
  return { dead, droppedParts, deadParts, written }
}

/** The same at every start, in whichever order partitions are assigned: its note has the mark. */
function firstOf({ inputs }: StreamUnit): Input {
  const [first] = [...inputs].sort(([a], [b]) => (a < b ? -1 : 1))
  return first![1]
}
