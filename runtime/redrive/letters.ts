/** The dead letters of services, as they stand: without those that were retried, dropped, or written by a pass that is void. */
import type { DeadLetter } from '../../schemas/types.ts'
import { type ServiceId, serviceIds } from '../../topology.ts'
import type { Codec } from '../codec.ts'
import { BadEventError, ConfigError } from '../errors.ts'
import { deadTopic } from '../runner/context.ts'
import type { LogRecord, OutgoingRecord, Transport } from '../transport.ts'
import { Voids } from '../voids.ts'
import { scan } from './scan.ts'

export type Resolution = 'retried' | 'dropped'

export interface Letter {
  /** `service@offset`, the offset being the letter's own. */
  readonly id: string
  readonly service: ServiceId
  readonly offset: number
  readonly content: DeadLetter
}

const resolvedHeader = 'naru-resolved'
const howHeader = 'naru-how'

/** Letters in the order of their topics. A letter that cannot be read is thrown as the BadEventError that it is. */
export async function lettersOf(transport: Transport, codec: Codec, ids = serviceIds): Promise<Letter[]> {
  const topics = new Map(ids.map((id) => [deadTopic(id), id]))
  const voids = await Voids.read(transport, [...topics.keys()])
  const letters = new Map<string, LogRecord>()
  const resolved = new Set<string>()
  await scan(transport, [...topics.keys()], (record) => {
    const done = record.headers[resolvedHeader]
    if (done !== undefined) resolved.add(`${record.topic}@${done}`)
    else if (!voids.has(record)) letters.set(`${record.topic}@${record.offset}`, record)
  })
  return [...letters]
    .filter(([name]) => !resolved.has(name))
    .map(([, { topic, offset, value }]) => {
      const service = topics.get(topic)
      if (!service || !value)
        throw new BadEventError('EVENT_EMPTY', `${topic} has a letter without content at ${offset}`)
      return { id: `${service}@${offset}`, service, offset, content: codec.decode('DeadLetter', value) }
    })
    .sort((a, b) => ids.indexOf(a.service) - ids.indexOf(b.service) || a.offset - b.offset)
}

/** The record that says what became of a letter; in the transaction that does it. */
export function resolution({ service, offset, content }: Letter, how: Resolution): OutgoingRecord {
  const headers = { [resolvedHeader]: String(offset), [howHeader]: how }
  return { topic: deadTopic(service), partition: 0, key: content.key, value: null, headers }
}

/** Parts an id; throws ConfigError LETTER_ID where it names none. */
export function parseLetterId(text: string): { readonly service: ServiceId; readonly offset: number } {
  const [, name, offset] = /^([a-z-]+)@(\d+)$/.exec(text) ?? []
  const service = serviceIds.find((id) => id === name)
  if (service && offset !== undefined) return { service, offset: Number(offset) }
  throw new ConfigError('LETTER_ID', `${text} is no dead letter's id`, {
    hint: 'Ids are like name-finder@12; naru dead list shows them.',
  })
}
