/**
 * naru dead retry and drop. The event of a letter goes through its service once more; what comes of it, the ledger, and the word that the
 * letter is done are one commit of the unit that the event belongs to, so that a second retry finds nothing to do. A unit that had
 * sealed its outputs seals them anew, and everything after it starts again.
 */
import { downstreamOf, type ServiceId, specOf } from '../../topology.ts'
import type { Codec } from '../codec.ts'
import { openDeps, type Surroundings } from '../deps.ts'
import { ConfigError, FatalError } from '../errors.ts'
import { execute, type Failure } from '../execute.ts'
import { type LedgerState, readNote, writeNote } from '../ledger.ts'
import { loadService } from '../load.ts'
import type { Logger } from '../log.ts'
import type { ClaimStore } from '../ports.ts'
import { seals } from '../runner/context.ts'
import { settle } from '../runner/settle.ts'
import { partitionName } from '../seal.ts'
import type { Transform } from '../service.ts'
import type { Commit, LogRecord, OutgoingRecord, Transport } from '../transport.ts'
import { replaysGroup, Voids } from '../voids.ts'
import { type Letter, lettersOf, resolution } from './letters.ts'
import { replay } from './replay.ts'
import { forgetClaims, refuseRunning, refuseUpdated, sendBack } from './restart.ts'

export interface Redriving {
  readonly transport: Transport
  readonly claims: ClaimStore
  readonly codec: Codec
  readonly around: Surroundings
  readonly log: Logger
  /** Hears of each letter whose event has gone through its service once more. */
  readonly retried?: () => void
}

export interface Retried {
  readonly done: readonly Letter[]
  /** Those that failed again, and stay. */
  readonly failed: readonly { readonly letter: Letter; readonly failure: Failure }[]
  /** Services that start again because of it. */
  readonly restarted: readonly ServiceId[]
}

/** Retries letters of one service. Throws ConfigError LETTER_PART, SERVICE_RUNNING, and what the service cannot go on after. */
export async function retry(redriving: Redriving, id: ServiceId, letters: readonly Letter[]): Promise<Retried> {
  const part = letters.find(({ content }) => content.value === null)
  if (part) {
    const { topic, partition, offset } = part.content
    throw new ConfigError('LETTER_PART', `${part.id} is about a part of an event; the rest of it was passed on`, {
      hint: `naru replay ${id} --from ${topic}-${partition}@${offset} takes the event again, with what it had brought.`,
    })
  }
  const service = await loadService(id)
  if (service.kind !== 'transform') {
    const { downstream } = await replay(redriving, id, { kind: 'beginning' })
    return { done: letters, failed: [], restarted: [id, ...downstream] }
  }
  const all = { done: [] as Letter[], failed: [] as Retried['failed'][number][], restarted: new Set<ServiceId>() }
  for (const [unit, own] of byUnit(letters)) {
    const { done, failed, restarted } = await retryUnit(redriving, service, unit, own)
    all.done.push(...done)
    all.failed.push(...failed)
    for (const one of restarted) all.restarted.add(one)
  }
  return { ...all, restarted: [...all.restarted] }
}

/** Puts letters aside for good: the events count as dead from then on, but are listed no more. Answers those that were still there. */
export async function drop({ transport, codec }: Redriving, letters: readonly Letter[]): Promise<Letter[]> {
  const hold = await transport.hold(replaysGroup, 'all')
  try {
    const present = await stillThere(transport, codec, letters)
    if (present.length === 0) return present
    const transaction = await transport.begin(replaysGroup, 'all')
    await transaction.append(present.map((letter) => resolution(letter, 'dropped')))
    await transaction.commit([])
    return present
  } finally {
    await hold.release()
  }
}

function byUnit(letters: readonly Letter[]): Map<string, Letter[]> {
  const units = new Map<string, Letter[]>()
  for (const letter of letters) {
    const name = partitionName(letter.content)
    units.set(name, [...(units.get(name) ?? []), letter])
  }
  return units
}

/** Asked once the unit is held: whoever held it before may have done some of them. */
async function stillThere(transport: Transport, codec: Codec, letters: readonly Letter[]): Promise<Letter[]> {
  const services = [...new Set(letters.map(({ service }) => service))]
  const present = new Set((await lettersOf(transport, codec, services)).map(({ id }) => id))
  return letters.filter(({ id }) => present.has(id))
}

async function retryUnit(
  redriving: Redriving,
  service: Transform,
  unit: string,
  letters: readonly Letter[],
): Promise<Retried> {
  const { transport, codec, log, claims } = redriving
  const { id } = service
  const hold = await transport.hold(id, unit)
  try {
    const present = await stillThere(transport, codec, letters)
    if (present.length === 0) return { done: [], failed: [], restarted: [] }
    const { topic, partition } = present[0]!.content
    const position = (await transport.positions(id, [topic])).find((at) => at.partition === partition)
    if (!position) throw new FatalError('LETTER_ORIGIN', `${id} has no position in ${topic}-${partition}`)
    refuseUpdated(id, position)
    const ledger = readNote(position.note)
    const outputs: OutgoingRecord[] = []
    const done: Letter[] = []
    const failed: Retried['failed'][number][] = []
    await runEach(redriving, service, present, (letter, record, executed) => {
      if (executed.failure) {
        failed.push({ letter, failure: executed.failure })
        return
      }
      takeOut(ledger)
      outputs.push(...settle({ codec, log, update: 0 }, id, record, executed, ledger), resolution(letter, 'retried'))
      done.push(letter)
    })
    if (done.length === 0) return { done, failed, restarted: [] }
    const restarted = ledger.finished ? downstreamOf(id) : []
    const moves = ledger.finished ? await unsealed(transport, service, unit, restarted) : []
    if (ledger.finished) outputs.push(...seals(id, unit))
    await forgetClaims(claims, restarted)
    const transaction = await transport.begin(id, unit)
    await transaction.append(outputs)
    await transaction.commit([{ topic, partition, offset: position.offset, note: writeNote(ledger) }, ...moves])
    return { done, failed, restarted }
  } finally {
    await hold.release()
  }
}

/** The letter's event is counted anew when it is settled. */
function takeOut(ledger: LedgerState): void {
  ledger.events--
  ledger.dead--
}

/** Marks the unit's old seals, and sends back those who have relied on them. */
async function unsealed(
  transport: Transport,
  { id }: Transform,
  unit: string,
  downstream: readonly ServiceId[],
): Promise<Commit[]> {
  await refuseRunning(transport, downstream)
  const { writes } = specOf(id)
  const topics = [id, ...downstream].flatMap((one) => [...specOf(one).writes, `${one}.dead`])
  const voids = await Voids.read(transport, topics)
  for (const topic of writes) {
    for (const end of await transport.ends(topic)) {
      voids.add(end, { service: id, before: end.offset, only: { unit, from: Number.POSITIVE_INFINITY } })
    }
  }
  const moves = await sendBack(transport, downstream, voids)
  return [...voids.changes(), ...moves]
}

async function runEach(
  { codec, around, claims, log, retried }: Redriving,
  service: Transform,
  letters: readonly Letter[],
  take: (letter: Letter, record: LogRecord, executed: Awaited<ReturnType<typeof execute>>) => void,
): Promise<void> {
  const live = { progress: { report: () => undefined }, signal: new AbortController().signal, claims }
  const { deps, dispose } = openDeps(service, 'retry', around, live)
  try {
    for (const letter of letters) {
      const { topic, partition, offset, key, value } = letter.content
      const record: LogRecord = { topic, partition, offset, key, value, headers: {} }
      log.info({ letter: letter.id, origin: `${topic}-${partition}@${offset}` }, 'retrying a dead letter')
      take(letter, record, await execute(service, record, codec, deps))
      retried?.()
    }
  } finally {
    await dispose()
  }
}
