/** Dead letters of a service, the newest first. */
import { Codec } from '../../runtime/codec.ts'
import type { LogView } from '../../runtime/log-view.ts'
import { deadTopic } from '../../runtime/runner/context.ts'
import type { DeadLetter } from '../../schemas/types.ts'
import { type ServiceId, type TopicName, topicNames, topics } from '../../topology.ts'
import { shortened } from './topics.ts'

export interface DeadLetterView extends Omit<DeadLetter, 'value'> {
  /** Of the letter itself, in the dead-letter topic: what a retry names. */
  readonly at: number
  /** The event that died, decoded where it can be; null for a part of one. */
  readonly event: unknown
}

const lettersAtMost = 200

export async function deadLettersOf(
  log: LogView,
  service: ServiceId,
): Promise<{ readonly total: number; readonly letters: readonly DeadLetterView[] }> {
  const topic = deadTopic(service)
  const range = (await log.ranges(topic))[0]
  if (!range) return { total: 0, letters: [] }
  const from = Math.max(range.first, range.end - lettersAtMost)
  const codec = new Codec()
  const records = await log.read({ topic, partition: 0 }, from, lettersAtMost)
  const letters = records.flatMap(({ offset, value }): DeadLetterView[] => {
    if (value === null) return []
    const { value: event, ...letter } = codec.decode('DeadLetter', value)
    return [{ ...letter, at: offset, event: event && decoded(codec, letter.topic, event) }]
  })
  return { total: range.end - range.first, letters: letters.reverse() }
}

/** As far as it can be decoded: that it cannot may be why it lies here. */
function decoded(codec: Codec, topic: string, value: Uint8Array): unknown {
  const known = topicNames.find((name): name is TopicName => name === topic)
  try {
    return known ? shortened(codec.decode(topics[known].schema, value)) : shortened(value)
  } catch {
    return shortened(value)
  }
}
