/**
 * The shape of every service: a function from events to events. What it may read and write follows from its id in
 * `topology.ts`; the world reaches it through `deps`. The same function runs embedded, over Kafka and in a test.
 */
import type { z } from 'zod'
import {
  type EventOf,
  type Reads,
  type ServiceId,
  type ServicesOf,
  type TopicName,
  topicNames,
  type WithdrawableTopic,
  type Writes,
} from '../topology.ts'
import type { BadEventError } from './errors.ts'
import type { InterimMark } from './ledger.ts'
import type { Logger } from './log.ts'
import type { FileStore, PortName, Ports } from './ports.ts'

/** Why an event, or a part of one, is deliberately not passed on. The whole list, so that a counter can be asked about. */
export const dropReasons = [
  'already_known',
  'ambiguous_anchor',
  'below_threshold',
  'held_out',
  'not_final',
  'other_kind_of_file',
  'other_kind_of_page',
  'no_names',
  'no_pages',
  'other_language',
  'other_namespace',
  'no_mate',
  'unknown_page',
  'not_a_name',
  'name_of_time',
  'name_of_list',
  'part_of_page',
  'page_to_be',
  'misspelling',
  'inflected_form',
  'conflicting_mates',
  'not_wikitext',
  'over_limit',
  'unchanged',
  'vanished',
] as const
export type DropReason = (typeof dropReasons)[number]

/** An event to be written. */
export type Emission<T extends TopicName = TopicName> = {
  [K in T]: { readonly kind: 'emission'; readonly topic: K; readonly value: EventOf<K> }
}[T]

/** An event that is Avro by the newest version of its topic's schema already. */
export interface EncodedEmission<T extends TopicName = TopicName> {
  readonly kind: 'encoded'
  readonly topic: T
  readonly key: string
  /** Read before the service goes on, so that it may lie in memory that is used again. */
  readonly payload: Uint8Array
}

/** Takes the event of a key back: readers see a null in its place, and compaction removes both. */
export interface Withdrawal<T extends TopicName = TopicName> {
  readonly kind: 'withdrawal'
  readonly topic: Extract<T, WithdrawableTopic>
  readonly key: string
}

/** An event, or `count` parts of one (pages of a chunk, rows of a table), left out on purpose. */
export interface Dropped {
  readonly kind: 'dropped'
  readonly reason: DropReason
  readonly count: number
}

/** A part of an event that could not be processed: it is dead-lettered and the rest goes on. */
export interface Rejected {
  readonly kind: 'rejected'
  readonly error: BadEventError
}

/** The event of this key is as it was before the update (a topic of kept events). */
export interface Kept<T extends TopicName = TopicName> {
  readonly kind: 'kept'
  readonly topic: T
  readonly key: string
}

/** What this key had before the update is there no more (a topic of kept events): a tombstone says so. */
export interface Gone<T extends TopicName = TopicName> {
  readonly kind: 'gone'
  readonly topic: T
  readonly key: string
}

export type Outcome<T extends TopicName = TopicName> =
  | Emission<T>
  | EncodedEmission<T>
  | Withdrawal<T>
  | Kept<T>
  | Gone<T>
  | Dropped
  | Rejected

/** What was said before of what an update changes: where it is not said again, it is taken back. */
export interface Before<T extends TopicName = TopicName> {
  readonly kind: 'before'
  readonly emission: Emission<T>
}

export function before<T extends TopicName>(emission: Emission<T>): Before<T> {
  return { kind: 'before', emission }
}

/**
 * An event of a stream that readers see at once, while the stream goes on. Streams start again from the beginning: what comes a
 * second time, with a number of its series that is not above the last one written, is not written again.
 */
export interface Interim<T extends TopicName = TopicName> extends InterimMark {
  readonly kind: 'interim'
  readonly emission: Emission<T>
}

export function interim<T extends TopicName>(emission: Emission<T>, mark: InterimMark): Interim<T> {
  return { kind: 'interim', emission, ...mark }
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S
type Emit = { readonly [T in TopicName as CamelCase<T>]: (value: EventOf<T>) => Emission<T> }

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** `emit.pageNames(value)`: one function a topic; a service whose topology entry does not list the topic does not compile. */
export const emit = Object.fromEntries(
  topicNames.map((topic) => [camelCase(topic), (value: unknown) => ({ kind: 'emission', topic, value })]),
) as unknown as Emit

/** For a service that writes the bytes of events itself. */
export function emitEncoded<T extends TopicName>(topic: T, key: string, payload: Uint8Array): EncodedEmission<T> {
  return { kind: 'encoded', topic, key, payload }
}

export function withdrawal<T extends WithdrawableTopic>(topic: T, key: string): Withdrawal<T> {
  // TypeScript does not see that T extracts itself.
  return { kind: 'withdrawal', topic: topic as Extract<T, WithdrawableTopic>, key }
}

export function kept<T extends TopicName>(topic: T, key: string): Kept<T> {
  return { kind: 'kept', topic, key }
}

export function gone<T extends TopicName>(topic: T, key: string): Gone<T> {
  return { kind: 'gone', topic, key }
}

export function dropped(reason: DropReason, count = 1): Dropped {
  return { kind: 'dropped', reason, count }
}

export function rejected(error: BadEventError): Rejected {
  return { kind: 'rejected', error }
}

/** An event as it was read. `value` is typed by `topic`, so that a service with several inputs tells them apart. */
export type Incoming<T extends TopicName = TopicName> = {
  [K in T]: {
    readonly topic: K
    readonly key: string
    /** Null where the event of the key was withdrawn. */
    readonly value: K extends WithdrawableTopic ? EventOf<K> | null : EventOf<K>
    /** topic-partition@offset: the same at every replay. */
    readonly origin: string
    /** Set where an update takes this event back; only a service that sees to it itself is shown such an event. */
    readonly retracted?: true
  }
}[T]

/** Progress of long work: the terminal's bars, the monitor, Prometheus. */
export interface Progress {
  /**
   * `done` of `total` units (total undefined while unknown); `note` is a short text such as the current loss. `figures` go to
   * Prometheus: a name in snake_case with its base unit, such as `samples_per_second`, of a short fixed list.
   */
  report(progress: {
    readonly done: number
    readonly total?: number
    readonly unit: string
    readonly note?: string
    readonly figures?: Readonly<Record<string, number>>
  }): void
}

/** Counts something of the service's own for Prometheus and the monitor, under a name of a short fixed list. */
export type Tally = (name: string, count?: number) => void

/** Everything a service gets from outside. */
export type Deps<S, P extends PortName> = {
  readonly settings: S
  readonly log: Logger
  readonly progress: Progress
  readonly tally: Tally
  /** Aborted when the service is asked to stop; long work looks at it. */
  readonly signal: AbortSignal
} & Pick<Ports, P>

type Yields<T extends TopicName> = AsyncIterable<Outcome<T>>

interface Manifest<Schema extends z.ZodType, P extends PortName> {
  readonly settings: Schema
  readonly ports?: readonly P[]
  /**
   * What it says of a key of its input follows from the events of that key alone, so that an update goes over the keys that
   * have changed and no other.
   */
  readonly byKey?: boolean
}

interface TransformManifest<Schema extends z.ZodType, P extends PortName> extends Manifest<Schema, P> {
  /** Runs on worker threads: for work that keeps a core busy. Its ports are limited to `files`. */
  readonly cpuBound?: boolean
  /** Events in flight at once on one partition; their outputs keep the order of the inputs. Default 1. */
  readonly concurrency?: number
}

interface StreamManifest<Schema extends z.ZodType, P extends PortName> extends Manifest<Schema, P> {
  /** For one that amends, where other settings than the same will do. */
  readonly madeAlike?: MadeAlike<SettingsOf<Schema>>
  /** For one that amends: it says what has changed and nothing else, so that it is written as it is said and not gathered to be compared. */
  readonly saysChanges?: boolean
}

type SettingsOf<Schema extends z.ZodType> = z.output<Schema>

export interface Source {
  readonly kind: 'source'
  readonly id: ServiceId
  readonly settings: z.ZodType
  readonly ports: readonly PortName[]
  /** Yields the same events in the same order at every start; the runner skips those that were committed before. */
  readonly run: (deps: Deps<unknown, PortName>) => AsyncIterable<Outcome>
}

export interface Transform {
  readonly kind: 'transform'
  readonly id: ServiceId
  readonly settings: z.ZodType
  readonly ports: readonly PortName[]
  readonly byKey: boolean
  readonly cpuBound: boolean
  readonly concurrency: number
  readonly run: (event: Incoming, deps: Deps<unknown, PortName>) => AsyncIterable<Outcome>
}

export interface Stream {
  readonly kind: 'stream'
  readonly id: ServiceId
  readonly settings: z.ZodType
  readonly ports: readonly PortName[]
  readonly byKey: boolean
  /** Reads until the input is sealed (the iterable ends), then writes; all of it is committed as one, but for interim events. */
  readonly run: (events: AsyncIterable<Incoming>, deps: Deps<unknown, PortName>) => AsyncIterable<Outcome | Interim>
  /** See `stream`. */
  readonly amend?: (changes: InputChanges, deps: Deps<unknown, PortName>) => AsyncIterable<Outcome | Before>
  readonly madeAlike?: MadeAlike
  readonly saysChanges?: boolean
}

/** What an update changes in the input of a stream. */
export interface InputChanges<T extends TopicName = TopicName> {
  /** What is new, what is retracted, and nulls for what is withdrawn. Of a topic of renewed events all of them. */
  readonly events: AsyncIterable<Incoming<T>>
  /** Of a topic of kept events: whether the event of a key is as it was. Asked when all events have been read. */
  readonly isKept: (key: string) => boolean
  /** All events of these keys as they stand after the update. Reads the topics from their beginning: for what is seldom asked. */
  readonly standing: (isAsked: (key: string) => boolean) => AsyncIterable<Incoming<T>>
  /** Addresses of the files that it has made. */
  readonly made: readonly string[]
}

/**
 * Whether what was made by some settings may be amended by others.
 * @param made SHA-256 of the files, by address. @param files where they are.
 */
export type MadeAlike<S = unknown> = (
  before: S,
  now: S,
  made: Readonly<Record<string, string>>,
  files: FileStore,
) => boolean | Promise<boolean>

export type Service = Source | Transform | Stream

/** A service that begins the pipeline. */
export function source<Id extends ServicesOf<'source'>, Schema extends z.ZodType, P extends PortName = never>(
  id: Id,
  manifest: Manifest<Schema, P>,
  run: (deps: Deps<SettingsOf<Schema>, P>) => Yields<Writes<Id>>,
): Source {
  return {
    kind: 'source',
    id,
    settings: manifest.settings,
    ports: manifest.ports ?? [],
    run: run as unknown as Source['run'],
  }
}

/** A service that turns one event into others. An event for which nothing is yielded is an error: say `dropped(reason)`. */
export function transform<Id extends ServicesOf<'transform'>, Schema extends z.ZodType, P extends PortName = never>(
  id: Id,
  manifest: TransformManifest<Schema, P>,
  run: (event: Incoming<Reads<Id>>, deps: Deps<SettingsOf<Schema>, P>) => Yields<Writes<Id>>,
): Transform {
  return {
    kind: 'transform',
    id,
    settings: manifest.settings,
    ports: manifest.ports ?? [],
    byKey: manifest.byKey ?? false,
    cpuBound: manifest.cpuBound ?? false,
    concurrency: manifest.concurrency ?? 1,
    run: run as unknown as Transform['run'],
  }
}

/**
 * A service that sees its whole input (of a partition, or of the topics) before it writes.
 * @param amend brings the files and tables that it has made up to date by what has changed, so that they are those of a run on all, and says what it said
 * `before` of what has changed, and what it says now. What it says is left out is all that is left out now. Called where they are to the byte as they were
 * made, by the same settings; where they are not, or where it has made none, an update is a run on all.
 */
export function stream<
  Id extends ServicesOf<'partition-stream' | 'topic-stream'>,
  Schema extends z.ZodType,
  P extends PortName = never,
>(
  id: Id,
  manifest: StreamManifest<Schema, P>,
  run: (
    events: AsyncIterable<Incoming<Reads<Id>>>,
    deps: Deps<SettingsOf<Schema>, P>,
  ) => AsyncIterable<Outcome<Writes<Id>> | Interim<Writes<Id>>>,
  amend?: (
    changes: InputChanges<Reads<Id>>,
    deps: Deps<SettingsOf<Schema>, P>,
  ) => AsyncIterable<Outcome<Writes<Id>> | Before<Writes<Id>>>,
): Stream {
  return {
    kind: 'stream',
    id,
    settings: manifest.settings,
    ports: manifest.ports ?? [],
    byKey: manifest.byKey ?? false,
    run: run as unknown as Stream['run'],
    ...(amend && { amend: amend as unknown as NonNullable<Stream['amend']> }),
    ...(manifest.madeAlike && { madeAlike: manifest.madeAlike as MadeAlike }),
    ...(manifest.saysChanges && { saysChanges: true }),
  }
}
