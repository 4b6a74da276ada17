/**
 * Runs an update of a stream, or of a transform that goes by key. It waits until the update's seals are there, then reads the
 * topics as they stand before and after, and writes the difference of what follows from them, in one transaction. A stream that amends
 * goes on from the files and tables that it made, where they are as it made them; all else follows from the topics: see docs/decisions/0020.
 */
import { type ServiceId, specOf, type TopicName, topics } from '../../topology.ts'
import { openDeps } from '../deps.ts'
import { RetryableError } from '../errors.ts'
import { emptyLedger, type LedgerState, ledgerAt, writeNote } from '../ledger.ts'
import { countWritten, unitsFinished } from '../metrics.ts'
import type { WrittenFile } from '../ports.ts'
import { namesOf, type RunContext, seals } from '../runner/context.ts'
import { partitionName, sealNumber, sealsOf, unitOf } from '../seal.ts'
import type { Stream, Transform } from '../service.ts'
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
import { Voids } from '../voids.ts'
import {
  type Difference,
  differenceByAmending,
  differenceByKey,
  differenceOfAll,
  isAmending,
  type WithDeps,
} from './difference.ts'
import { filesMade, noteMade } from './made-files.ts'
import { isEvent } from './marks.ts'
import type { Extent } from './survey.ts'

const appendAtMost = 500

export type UpdatedService = Stream | Transform

export async function runUpdate(service: UpdatedService, context: RunContext): Promise<Consumer> {
  const voids = await Voids.read(context.transport, specOf(service.id).reads)
  const handler = new UpdateHandler(service, context, voids)
  const consumer = await context.transport.consume({
    group: service.id,
    topics: specOf(service.id).reads,
    assignment: specOf(service.id).kind === 'topic-stream' ? 'sole' : 'shared',
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

/** A partition of the input, with what the update has brought to it so far. */
export interface UpdatedInput {
  readonly at: TopicPartition
  readonly begins: readonly number[]
  readonly ledger: LedgerState
  offset: number
  /** Keys of the events that have come. */
  readonly touched: Set<string>
}

class Unit {
  readonly name: string
  readonly inputs = new Map<string, UpdatedInput>()
  readonly controller = new AbortController()
  work: Promise<void> | undefined

  constructor(name: string) {
    this.name = name
  }
}

class UpdateHandler implements PartitionHandler {
  private readonly service: UpdatedService
  private readonly id: ServiceId
  private readonly context: RunContext
  private readonly voids: Voids
  private readonly units = new Map<string, Unit>()
  private readonly abandoned: Promise<void>[] = []
  /** Units are at work one after another, for each holds what has changed in memory. */
  private turn: Promise<void> = Promise.resolve()

  constructor(service: UpdatedService, context: RunContext, voids: Voids) {
    this.service = service
    this.id = service.id
    this.context = context
    this.voids = voids
  }

  assigned(at: TopicPartition, position: Position): void {
    const { finished, begins } = ledgerAt(position, this.context.around.update ?? 0)
    if (finished) return
    const name = unitOf(this.id, at)
    const unit = this.units.get(name) ?? new Unit(name)
    this.units.set(name, unit)
    const offset = begins.at(-1) ?? 0
    unit.inputs.set(partitionName(at), { at, begins, ledger: emptyLedger(begins), offset, touched: new Set() })
  }

  records(at: TopicPartition, records: readonly LogRecord[]): Promise<void> {
    const unit = this.units.get(unitOf(this.id, at))
    const input = unit?.inputs.get(partitionName(at))
    if (!unit || !input) return Promise.resolve()
    for (const record of records) {
      if (record.offset < input.offset) continue // read again after a rebalance
      input.offset = record.offset + 1
      if (this.voids.has(record)) continue
      this.take(input, record)
    }
    if (!unit.work && this.isComplete(unit)) this.begin(unit)
    return Promise.resolve()
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

  private take({ ledger, touched }: UpdatedInput, record: LogRecord): void {
    const seal = sealNumber(record.topic as TopicName, record.headers)
    if (seal !== undefined) {
      if (!ledger.seals.includes(seal)) ledger.seals.push(seal)
    } else if (isEvent(record)) {
      ledger.events++
      if (this.service.byKey) touched.add(record.key)
    }
  }

  private begin(unit: Unit): void {
    unit.work = this.turn
      .then(() => this.runUnit(unit))
      .catch((error: unknown) => {
        if (!unit.controller.signal.aborted) this.context.onFailure(error)
      })
    this.turn = unit.work
  }

  private abandon(name: string): void {
    const unit = this.units.get(name)
    if (!unit) return
    this.units.delete(name)
    unit.controller.abort(new RetryableError('STOPPED', `${this.id} was stopped`))
    if (unit.work) this.abandoned.push(unit.work)
  }

  private isComplete({ inputs }: Unit): boolean {
    const { kind, reads } = specOf(this.id)
    const all = kind === 'topic-stream' ? reads.reduce((sum, topic) => sum + topics[topic].partitions, 0) : 1
    return (
      inputs.size === all &&
      [...inputs.values()].every(({ at, ledger }) => ledger.seals.length === sealsOf(at.topic as TopicName).length)
    )
  }

  private async runUnit(unit: Unit): Promise<void> {
    const { context, id, service } = this
    const signal = AbortSignal.any([unit.controller.signal, context.live.signal])
    signal.throwIfAborted()
    const unitContext = { ...context, live: { ...context.live, signal } }
    let written: readonly WrittenFile[] = []
    const withDeps: WithDeps = async (work, ofBefore) => {
      const { deps, keep, dispose } = openDeps(service, unit.name, context.around, unitContext.live, ofBefore)
      try {
        const result = await work(deps)
        written = await keep()
        return result
      } finally {
        await dispose()
      }
    }
    const inputs = [...unit.inputs.values()]
    const name = namesOf(id, unit.name)
    let said = 0
    // Opened with the first write: Kafka aborts what stays open for long.
    let transaction: Transaction | undefined
    const append = async (records: readonly OutgoingRecord[]) => {
      transaction ??= await context.transport.begin(id, unit.name)
      for (let from = 0; from < records.length; from += appendAtMost) {
        await transaction.append(records.slice(from, from + appendAtMost))
      }
      countWritten(id, records)
      return transaction
    }
    const write = async (records: readonly OutgoingRecord[]) => {
      const named = records.map((record) => ({
        ...record,
        headers: { ...record.headers, ...name(`u${context.around.update ?? 0}-${said++}`) },
      }))
      await append(named)
    }
    try {
      const made = await this.differenceOf(unit.name, inputs, unitContext, withDeps, write)
      await write([...made.retractions, ...made.events, ...made.dead])
      const open = await append(seals(id, unit.name))
      if (isAmending(service)) {
        await noteMade(
          id,
          unit.name,
          context.around,
          written,
          inputs.map(({ at, offset }) => ({ ...at, offset })),
        )
      }
      await open.commit(positionsOf(inputs, made.figures))
    } catch (error) {
      await transaction?.abort()
      throw error
    }
    unitsFinished.inc({ service: id })
  }

  private async differenceOf(
    unit: string,
    inputs: readonly UpdatedInput[],
    context: RunContext,
    withDeps: WithDeps,
    write: (records: readonly OutgoingRecord[]) => Promise<void>,
  ): Promise<Difference> {
    const { service, id } = this
    const extents = inputs.map(({ at, begins, offset }): Extent => ({ at, begins, end: offset, voids: this.voids }))
    if (service.byKey) {
      const touched = new Set(inputs.flatMap((input) => [...input.touched]))
      return differenceByKey(service, extents, touched, context, withDeps)
    }
    if (isAmending(service)) {
      const before = inputs.map(({ at, begins }) => ({ ...at, offset: begins.at(-1) ?? 0 }))
      const made = await filesMade(id, unit, context.around, before, service.madeAlike)
      if (made && made.length > 0) {
        return differenceByAmending(service, made, extents, context, withDeps, write)
      }
      context.log.info('the files of the run before are not as it made them: all is written anew')
    }
    return differenceOfAll(service, unit, extents, context, withDeps)
  }
}

/** The unit's figures go with its first partition; the others carry their own count of events only. */
function positionsOf(inputs: readonly UpdatedInput[], figures: Partial<LedgerState>): Commit[] {
  return inputs.map(({ at, ledger, offset }, index) => {
    const own: LedgerState = { ...ledger, passed: ledger.events, finished: true }
    const dead = figures.dead ?? 0
    return { ...at, offset, note: writeNote(index === 0 ? { ...own, ...figures, passed: own.passed - dead } : own) }
  })
}
