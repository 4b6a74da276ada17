/** What an update of a service changes in what it has written: events to add, and retractions of those that stand no more. */
import { type ServiceId, type TopicName, topics } from '../../topology.ts'
import { Breath } from '../breath.ts'
import { NaruError } from '../errors.ts'
import { decodeEvent, encodeEvent, execute, failureOf } from '../execute.ts'
import { addTo, emptyLedger, type LedgerState } from '../ledger.ts'
import { eventsDead, eventsDropped } from '../metrics.ts'
import type { PortName } from '../ports.ts'
import { deadLetter, outgoing, type RunContext } from '../runner/context.ts'
import type { Deps, Incoming, Outcome, Stream, Transform } from '../service.ts'
import type { LogRecord, OutgoingRecord } from '../transport.ts'
import { Changes } from './changes.ts'
import { retractionOf } from './marks.ts'
import { type Extent, type Row, survey } from './survey.ts'
import { Written } from './written.ts'

export interface Difference {
  readonly retractions: readonly OutgoingRecord[]
  readonly events: readonly OutgoingRecord[]
  readonly dead: readonly OutgoingRecord[]
  /** Of the input as it stands after the update. */
  readonly figures: Partial<LedgerState>
}

const handedOnAtOnce = 500

type AnyDeps = Deps<unknown, PortName>

/** Runs work with what the service gets from outside, its scratch tables empty. */
export type WithDeps = <T>(work: (deps: AnyDeps) => Promise<T>, made?: readonly string[]) => Promise<T>

/**
 * Of a service that goes by key: it runs on the events of the touched keys as they were, and as they are. Memory holds what
 * has changed.
 */
export async function differenceByKey(
  service: Stream | Transform,
  extents: readonly Extent[],
  touched: ReadonlySet<string>,
  context: RunContext,
  withDeps: WithDeps,
): Promise<Difference> {
  const before: Row[] = []
  const after: Row[] = []
  for await (const row of rowsOf(extents, context)) {
    if (!touched.has(row.record.key) && row.was === row.is) continue
    if (row.was) before.push(row)
    if (row.is) after.push(row)
  }
  const old = new Results(service.id, context, false)
  await withDeps((deps) => old.gather(service, inOrder(before), deps))
  const now = new Results(service.id, context, true)
  await withDeps((deps) => now.gather(service, inOrder(after), deps))

  return now.differenceFrom(old)
}

/** Of any other service: a unit of it runs on all of its input as it stands, and what it wrote before is left out. */
export async function differenceOfAll(
  service: Stream | Transform,
  unit: string,
  extents: readonly Extent[],
  context: RunContext,
  withDeps: WithDeps,
): Promise<Difference> {
  const written = await Written.read(service.id, unit, context)
  try {
    const events: OutgoingRecord[] = []
    const now = new Results(service.id, context, true, (record) => {
      const fresh = written.take(record)
      if (fresh) events.push(fresh)
    })
    await withDeps((deps) => now.gather(service, current(rowsOf(extents, context)), deps))
    const retractions: OutgoingRecord[] = []
    for await (const record of written.leftovers()) retractions.push(record)
    return now.difference(events, retractions)
  } finally {
    await written.dispose()
  }
}

export type AmendingStream = Stream & Required<Pick<Stream, 'amend'>>

export function isAmending(service: Stream | Transform): service is AmendingStream {
  return service.kind === 'stream' && service.amend !== undefined
}

/** Of a stream that amends what it has made. @param write takes what one that says changes has said, while it goes on: the rest is what comes back. */
export async function differenceByAmending(
  service: AmendingStream,
  made: readonly string[],
  extents: readonly Extent[],
  context: RunContext,
  withDeps: WithDeps,
  write: (records: readonly OutgoingRecord[]) => Promise<void>,
): Promise<Difference> {
  const { id, amend, saysChanges = false } = service
  const changes = new Changes(context.transport, extents)
  const old = new Results(id, context, false)
  const now = new Results(id, context, true)
  const handOn = async (atLeast: number) => {
    if (now.records.length >= atLeast) await write(now.takeRecords())
  }
  await withDeps(
    (deps) => now.amendBy(amend, changes, extents, made, deps, old, saysChanges ? handOn : undefined),
    made,
  )
  return now.differenceFrom(old)
}

async function* rowsOf(extents: readonly Extent[], { transport, live }: RunContext): AsyncIterable<Row> {
  const breath = new Breath()
  for (const extent of extents) {
    for await (const row of survey(transport, extent)) {
      if (breath.isDue) await breath.take()
      live.signal.throwIfAborted()
      yield row
    }
  }
}

async function* current(rows: AsyncIterable<Row>): AsyncIterable<Row> {
  for await (const row of rows) if (row.is) yield row
}

async function* asked(rows: AsyncIterable<Row>, isAsked: (key: string) => boolean): AsyncIterable<Row> {
  for await (const row of rows) if (isAsked(row.record.key)) yield row
}

async function* inOrder(rows: readonly Row[]): AsyncIterable<Row> {
  yield* rows
}

async function* fresh(records: AsyncIterable<LogRecord>): AsyncIterable<Row> {
  for await (const record of records) yield { record, was: false, is: true }
}

/** The same for two records that are the same row, and for no others. Of records that are in memory it takes less than a digest. */
function rowText({ topic, key, value }: OutgoingRecord): string {
  const bytes = value && Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  return `${topic}\t${key}\n${bytes ? bytes.toString('latin1') : ''}`
}

/** Outputs of a service over some input, which get their names when they are written, and what became of that input. */
class Results {
  readonly records: OutgoingRecord[] = []
  private readonly dead: OutgoingRecord[] = []
  private readonly figures = emptyLedger()
  private readonly id: ServiceId
  private readonly context: RunContext
  /** False for the state before the update, of which all figures were told then. */
  private readonly counts: boolean
  private readonly put: (record: OutgoingRecord) => void

  constructor(id: ServiceId, context: RunContext, counts: boolean, put?: (record: OutgoingRecord) => void) {
    this.id = id
    this.context = context
    this.counts = counts
    this.put = put ?? ((record) => this.records.push(record))
  }

  async gather(service: Stream | Transform, rows: AsyncIterable<Row>, deps: AnyDeps): Promise<void> {
    if (service.kind === 'stream') {
      const breath = new Breath()
      for await (const outcome of service.run(this.decoded(rows), deps)) {
        if (breath.isDue) await breath.take()
        this.settle(outcome.kind === 'interim' ? outcome.emission : outcome)
      }
      return
    }
    for await (const { record, was } of rows) {
      const executed = await execute(service, record, this.context.codec, deps)
      for (const event of executed.events) this.put(outgoing(event, {}))
      for (const { reason, count } of executed.dropped) this.settle({ kind: 'dropped', reason, count })
      if (!this.counts || was) continue
      if (executed.failure) this.bury(record, executed.failure, true)
      for (const failure of executed.rejected) this.bury(record, failure, false)
    }
  }

  async amendBy(
    amend: NonNullable<Stream['amend']>,
    changes: Changes,
    extents: readonly Extent[],
    made: readonly string[],
    deps: AnyDeps,
    old: Results,
    handOn?: (atLeast: number) => Promise<void>,
  ): Promise<void> {
    const events = this.decoded(fresh(changes.records()))
    const isKept = (key: string) => changes.isKept(key)
    const standing = (isAsked: (key: string) => boolean) =>
      this.decoded(asked(current(rowsOf(extents, this.context)), isAsked))
    const breath = new Breath()
    for await (const outcome of amend({ events, isKept, standing, made }, deps)) {
      if (breath.isDue) await breath.take()
      if (outcome.kind === 'before') old.settle(outcome.emission)
      else this.settle(outcome)
      await handOn?.(handedOnAtOnce)
    }
  }

  /** Those that are here, which are here no more. */
  takeRecords(): OutgoingRecord[] {
    const taken = this.records.splice(0)
    for (const { topic } of taken) addTo(this.figures.written, topic, 1)
    return taken
  }

  /** What is said that was not, and what takes back what was said and is not. */
  differenceFrom(old: Results): Difference {
    const standing = new Map<string, OutgoingRecord[]>()
    for (const record of old.records) {
      const row = rowText(record)
      const same = standing.get(row)
      if (same) same.push(record)
      else standing.set(row, [record])
    }
    const events = this.records.filter((record) => standing.get(rowText(record))?.pop() === undefined)
    const keys = new Set(this.records.map(({ topic, key }) => `${topic}\t${key}`))
    const retractions = [...standing.values()].flat().flatMap((record) => {
      if (topics[record.topic as TopicName].update === 'rows') return retractionOf(record)
      return keys.has(`${record.topic}\t${record.key}`) ? [] : { ...record, value: null }
    })
    return this.difference(events, retractions)
  }

  difference(events: readonly OutgoingRecord[], retractions: readonly OutgoingRecord[]): Difference {
    const { droppedParts, dead, deadParts } = this.figures
    const written = { ...this.figures.written }
    for (const { topic } of [...events, ...retractions]) addTo(written, topic, 1)
    return { events, retractions, dead: this.dead, figures: { droppedParts, dead, deadParts, written } }
  }

  /** What cannot be decoded and came before the update was dead-lettered then. */
  private async *decoded(rows: AsyncIterable<Row>): AsyncIterable<Incoming> {
    for await (const { record, was } of rows) {
      let event: Incoming
      try {
        event = decodeEvent(this.context.codec, record)
      } catch (error) {
        if (!(error instanceof NaruError)) throw error
        if (this.counts && !was) this.bury(record, failureOf(error), true)
        continue
      }
      yield event
    }
  }

  private settle(outcome: Outcome): void {
    const { context, id, figures } = this
    switch (outcome.kind) {
      case 'emission':
      case 'encoded':
      case 'withdrawal':
        this.put(outgoing(encodeEvent(context.codec, outcome), {}))
        break
      case 'kept':
      case 'gone':
        break
      case 'dropped':
        if (!this.counts) break
        addTo(figures.droppedParts, outcome.reason, outcome.count)
        eventsDropped.inc({ service: id, reason: outcome.reason }, outcome.count)
        break
      case 'rejected': {
        if (!this.counts) break
        const nowhere: LogRecord = { topic: id, partition: 0, offset: 0, key: '', value: null, headers: {} }
        this.bury(nowhere, failureOf(outcome.error), false)
      }
    }
  }

  private bury(record: LogRecord, failure: ReturnType<typeof failureOf>, whole: boolean): void {
    const { context, id, figures } = this
    if (whole) figures.dead++
    else figures.deadParts++
    eventsDead.inc({ service: id, code: failure.code })
    this.dead.push(deadLetter(context, id, record, failure, whole, {}))
  }
}
