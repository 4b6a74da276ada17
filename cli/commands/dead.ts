/** naru dead list, show, retry, drop. */
import { existsSync } from 'node:fs'
import { Codec } from '../../runtime/codec.ts'
import { BadEventError, ConfigError } from '../../runtime/errors.ts'
import { createLog } from '../../runtime/log.ts'
import { parseServiceId } from '../../runtime/pipeline.ts'
import { type Letter, lettersOf, parseLetterId } from '../../runtime/redrive/letters.ts'
import { drop, type Retried, retry } from '../../runtime/redrive/retry.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import { type ServiceId, serviceIds, type TopicName, topics } from '../../topology.ts'
import { type Connection, connect, type TransportFlags } from '../connect.ts'
import { logLevelOf } from '../log-level.ts'
import { print, printJson, say } from '../print.ts'
import { intentOf } from '../run-state.ts'
import { noRun } from '../statuses.ts'
import { inSteps } from '../steps.ts'
import { renderTable } from '../table.ts'
import { type Workspace, workspaceOf } from '../workspace.ts'

export interface DeadFlags extends TransportFlags {
  readonly out?: string
  readonly code?: string
  readonly json?: boolean
}

export interface RetryFlags extends DeadFlags {
  readonly all?: boolean
  readonly service?: string
}

const codec = new Codec()

export async function list(services: readonly string[], flags: DeadFlags): Promise<void> {
  const ids = services.length > 0 ? services.map(parseServiceId) : serviceIds
  const letters = await looking(flags, async ({ transport }) => lettersOf(transport, codec, ids))
  const asked = letters.filter(({ content }) => flags.code === undefined || content.code === flags.code)
  if (flags.json) {
    printJson(asked.map(letterJson))
    return
  }
  if (asked.length === 0) {
    print('There are no dead letters.')
    return
  }
  const columns = ['Letter', 'Code', 'Event', 'Message'].map((title) => ({ title }))
  print(renderTable(columns, asked.map(row)).join('\n'))
}

export async function show(id: string, flags: DeadFlags): Promise<void> {
  const [letter] = await looking(flags, (connection) => found(connection, [id]))
  if (!letter) return
  const event = eventOf(letter)
  if (flags.json) {
    printJson({ ...letterJson(letter), event: event ?? null })
    return
  }
  const { code, message, place, hint, cause, value, key } = letter.content
  const facts: readonly (readonly [string, string | null])[] = [
    ['letter', letter.id],
    ['code', code],
    ['message', message],
    ['place', place],
    ['cause', cause],
    ['hint', hint],
    ['event', originOf(letter)],
    ['key', key],
  ]
  print(
    facts
      .filter(([, text]) => text !== null && text !== '')
      .map(([name, text]) => `${name.padEnd(8)} ${text}`)
      .join('\n'),
  )
  if (event !== undefined) print(JSON.stringify(event, null, 2))
  else print(value ? `${value.length} bytes, which cannot be decoded` : 'The letter is about a part of the event.')
}

export async function retryLetters(ids: readonly string[], flags: RetryFlags): Promise<void> {
  if (ids.length > 0 === (flags.all ?? false)) {
    throw new ConfigError('LETTERS_MISSING', 'say which letters to retry', { hint: 'Give ids, or --all.' })
  }
  const { done, failed, restarted } = await retried(ids, flags)
  if (flags.json) printJson({ done, failed, restarted })
  else {
    print(`${done.length} retried, ${failed.length} failed again`)
    for (const { id, code, message } of failed) print(`  ${id}  ${code}: ${message}`)
    sayRestarted(restarted)
  }
  if (failed.length > 0) process.exitCode = 1
}

export interface RetriedLetters {
  /** Ids of letters. */
  readonly done: readonly string[]
  readonly failed: readonly { readonly id: string; readonly code: string; readonly message: string }[]
  readonly restarted: readonly ServiceId[]
}

/** Retries letters by their ids, or all that are asked for. Throws ConfigError LETTER_MISSING, SERVICE_RUNNING, LETTER_PART. */
export async function retried(ids: readonly string[], flags: RetryFlags): Promise<RetriedLetters> {
  const workspace = workspaceOf(flags.out)
  const { record } = await intentOf(workspace, 'continue', {})
  const results = await looking(flags, async (connection) => {
    const letters = flags.all ? await allOf(connection, flags) : await found(connection, ids)
    return inSteps(async ({ tell }) => {
      let done = 0
      const retried = () => tell('retrying', { done: ++done, total: letters.length, unit: 'letters' })
      const results: Retried[] = []
      for (const [service, own] of byService(letters)) {
        results.push(await retry({ ...redriving(connection, workspace, record.settings), retried }, service, own))
      }
      return results
    })
  })
  const done = results.flatMap((one) => one.done.map(({ id }) => id))
  const failed = results.flatMap((one) =>
    one.failed.map(({ letter, failure }) => ({ id: letter.id, code: failure.code, message: failure.message })),
  )
  return { done, failed, restarted: serviceIds.filter((id) => results.some((one) => one.restarted.includes(id))) }
}

export async function dropLetters(ids: readonly string[], flags: DeadFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const dropped = await looking(flags, async (connection) =>
    drop(redriving(connection, workspace, {}), await found(connection, ids)),
  )
  if (flags.json) printJson({ dropped: dropped.map(({ id }) => id) })
  else print(`${dropped.length} dropped`)
}

/** What follows for a person from services that start again. */
export function sayRestarted(restarted: readonly ServiceId[]): void {
  if (restarted.length === 0) return
  print(`These start again: ${restarted.join(', ')}`)
  say('naru run --resume, or the services themselves, do the work')
}

async function looking<T>(flags: DeadFlags, work: (connection: Connection) => Promise<T>): Promise<T> {
  const workspace = workspaceOf(flags.out)
  if (flags.transport === 'embedded' && !existsSync(workspace.log)) throw noRun(workspace.state)
  const connection = await connect(workspace, flags, flags.redis !== undefined)
  try {
    await createTopics(connection.transport)
    return await work(connection)
  } finally {
    await connection.close()
  }
}

function redriving(
  { transport, claims }: Connection,
  workspace: Workspace,
  settings: Readonly<Record<string, unknown>>,
) {
  const logLevel = logLevelOf(process.env)
  return {
    transport,
    claims,
    codec,
    log: createLog('redrive', logLevel, workspace.logFile),
    around: {
      store: { data: workspace.data, models: workspace.models },
      stateFolder: workspace.state,
      logLevel,
      logDestination: workspace.logFile,
      settings,
    },
  }
}

/** Throws ConfigError LETTER_MISSING, which also says where a letter was done before. */
async function found({ transport }: Connection, ids: readonly string[]): Promise<Letter[]> {
  const asked = ids.map(parseLetterId)
  const letters = await lettersOf(transport, codec, [...new Set(asked.map(({ service }) => service))])
  return asked.map(({ service, offset }) => {
    const letter = letters.find((one) => one.service === service && one.offset === offset)
    if (letter) return letter
    throw new ConfigError('LETTER_MISSING', `there is no dead letter ${service}@${offset}`, {
      hint: 'It was retried or dropped before, or never was; naru dead list shows those that are there.',
    })
  })
}

async function allOf({ transport }: Connection, { service, code }: RetryFlags): Promise<Letter[]> {
  const ids = service === undefined ? serviceIds : [parseServiceId(service)]
  const letters = await lettersOf(transport, codec, ids)
  return letters.filter(({ content }) => content.value !== null && (code === undefined || content.code === code))
}

function byService(letters: readonly Letter[]): Map<ServiceId, Letter[]> {
  const services = new Map<ServiceId, Letter[]>()
  for (const letter of letters) services.set(letter.service, [...(services.get(letter.service) ?? []), letter])
  return services
}

/** The event as it can be read; undefined where the letter has none, or none that can. */
function eventOf({ content: { topic, value } }: Letter): unknown {
  if (!value || !(topic in topics)) return undefined
  try {
    return codec.decode(topics[topic as TopicName].schema, value)
  } catch (error) {
    if (error instanceof BadEventError) return undefined
    throw error
  }
}

function originOf({ content: { topic, partition, offset } }: Letter): string {
  return `${topic}-${partition}@${offset}`
}

function row(letter: Letter): string[] {
  const { code, message, value } = letter.content
  return [letter.id, code, value ? originOf(letter) : `part of ${originOf(letter)}`, message.split('\n')[0] ?? '']
}

function letterJson(letter: Letter) {
  const { service, code, message, hint, cause, place, topic, partition, offset, key, value } = letter.content
  return {
    id: letter.id,
    service,
    code,
    message,
    hint,
    cause,
    place,
    topic,
    partition,
    offset,
    key,
    whole: value !== null,
  }
}
