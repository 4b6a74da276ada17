/** Drives a service by hand, as a runner would: real files, real scratch tables, real claims, in a folder of the test's own. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { Codec } from '../../runtime/codec.ts'
import { openDeps } from '../../runtime/deps.ts'
import type { BadEventError } from '../../runtime/errors.ts'
import type { ClaimStore } from '../../runtime/ports.ts'
import type {
  Before,
  Emission,
  EncodedEmission,
  Incoming,
  Interim,
  Outcome,
  Progress,
  Service,
} from '../../runtime/service.ts'
import { type EventOf, type TopicName, topics, type WithdrawableTopic } from '../../topology.ts'

/** A folder that is gone after the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'naru-service-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

let offset = 0

/** An event as a runner hands it over; another call is another event, unless the origin says otherwise. */
export function incoming<T extends TopicName>(
  topic: T,
  value: EventOf<T>,
  origin = `${topic}-0@${offset++}`,
): Incoming {
  const fields = new Map<string, unknown>(Object.entries(value))
  const key = topics[topic].key.map((field) => String(fields.get(field))).join(':')
  return { topic, key, value, origin } as unknown as Incoming
}

/** The tombstone of a key, as a runner hands it over. */
export function withdrawn(topic: WithdrawableTopic, key: string): Incoming {
  return { topic, key, value: null, origin: `${topic}-0@${offset++}` }
}

export interface DriveOptions {
  readonly settings?: Readonly<Record<string, unknown>>
  readonly claims?: ClaimStore
  readonly signal?: AbortSignal
  /** Of a stream that amends: what it has made, which it is to amend by the events. */
  readonly made?: readonly string[]
  /** All events as they stand after the update. */
  readonly standing?: () => readonly Incoming[]
}

export interface Driven {
  readonly outcomes: readonly Outcome[]
  /** What an update said that was said before. */
  readonly before: readonly Emission[]
  /** Addresses of what a stream that amends has made. */
  readonly made: readonly string[]
  /** What was written before the end. */
  readonly interims: readonly Interim[]
  /** Parts left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  readonly rejected: readonly BadEventError[]
  events<T extends TopicName>(topic: T): readonly EventOf<T>[]
  /** What the service said of its progress. */
  readonly notes: readonly string[]
  /** Keys that were withdrawn. */
  readonly withdrawn: readonly string[]
}

/** Runs the service over the events in `folder`, which holds the file store and the scratch tables. */
export async function drive(
  folder: string,
  service: Service,
  events: readonly Incoming[],
  { settings = {}, claims, signal = new AbortController().signal, made, standing = () => [] }: DriveOptions = {},
): Promise<Driven> {
  const around = {
    store: { data: folder, models: join(folder, 'models') },
    stateFolder: join(folder, 'state'),
    logLevel: 'silent' as const,
    logDestination: 2 as const,
    settings: { [service.id]: service.settings.parse(settings) },
  }
  const notes: string[] = []
  const report: Progress['report'] = ({ note }) => void (note === undefined || notes.push(note))
  const live = { progress: { report }, signal, ...(claims && { claims }) }
  const { deps, keep, dispose } = openDeps(service, 'all', around, live, made)
  const outcomes: Outcome[] = []
  const interims: Interim[] = []
  const before: Emission[] = []
  let madeNow: readonly string[] = []
  const take = async (yields: AsyncIterable<Outcome | Interim | Before>): Promise<number> => {
    const known = outcomes.length
    for await (const outcome of yields) {
      if (outcome.kind === 'interim') interims.push(outcome)
      else if (outcome.kind === 'before') before.push(outcome.emission)
      else outcomes.push(outcome.kind === 'encoded' ? decoded(outcome) : outcome)
    }
    return outcomes.length - known
  }
  try {
    if (service.kind === 'source') await take(service.run(deps))
    else if (service.kind === 'stream') {
      const isKept = () => true
      const asked = (isAsked: (key: string) => boolean) => inOrder(standing().filter(({ key }) => isAsked(key)))
      await take(
        made && service.amend
          ? service.amend({ events: inOrder(events), isKept, standing: asked, made }, deps)
          : service.run(inOrder(events), deps),
      )
      if (service.amend) madeNow = (await keep()).map(({ address }) => address)
    } else for (const event of events) assert.ok((await take(service.run(event, deps))) > 0, `${event.key} disappeared`)
  } finally {
    await dispose()
  }
  return {
    outcomes,
    before,
    made: madeNow,
    interims,
    notes,
    dropped: droppedIn(outcomes),
    rejected: outcomes.flatMap((outcome) => (outcome.kind === 'rejected' ? [outcome.error] : [])),
    withdrawn: outcomes.flatMap((outcome) => (outcome.kind === 'withdrawal' ? [outcome.key] : [])),
    events: <T extends TopicName>(topic: T) =>
      outcomes
        .filter((outcome): outcome is Emission => outcome.kind === 'emission' && outcome.topic === topic)
        .map(({ value }) => value as EventOf<T>),
  }
}

const codec = new Codec()

/** An event that came as bytes, which may lie in memory that is used again, as any other. */
function decoded({ topic, payload }: EncodedEmission): Emission {
  const { schema } = topics[topic]
  return { kind: 'emission', topic, value: codec.decode(schema, codec.frame(schema, payload)) } as Emission
}

async function* inOrder(events: readonly Incoming[]): AsyncIterable<Incoming> {
  yield* events
}

function droppedIn(outcomes: readonly Outcome[]): Record<string, number> {
  const dropped: Record<string, number> = {}
  for (const outcome of outcomes) {
    if (outcome.kind === 'dropped') dropped[outcome.reason] = (dropped[outcome.reason] ?? 0) + outcome.count
  }
  return dropped
}
