/** An update of a source that writes rows: it says everything again, and what stands already is not written again. */
import { type ServiceId, specOf, type TopicName, topics } from '../../topology.ts'
import type { RunContext } from '../runner/context.ts'
import type { Outcome } from '../service.ts'
import type { OutgoingRecord } from '../transport.ts'
import { Written } from './written.ts'

export function writesRows(id: ServiceId): boolean {
  return specOf(id).writes.some((topic) => topics[topic].update === 'rows')
}

interface Said {
  readonly outcome: Outcome
  readonly records: readonly OutgoingRecord[]
}

/** @param count is told each outcome, whether or not it stands already. */
export async function differenceOfSource(
  said: AsyncIterable<Said>,
  id: ServiceId,
  context: RunContext,
  count: (outcome: Outcome) => void,
): Promise<readonly OutgoingRecord[]> {
  const written = await Written.read(id, 'all', context)
  try {
    const events: OutgoingRecord[] = []
    for await (const { outcome, records } of said) {
      count(outcome)
      for (const record of records) {
        const fresh = specOf(id).writes.includes(record.topic as TopicName) ? written.take(record) : record
        if (fresh) events.push(fresh)
      }
    }
    const retractions: OutgoingRecord[] = []
    for await (const record of written.leftovers()) retractions.push(record)
    return [...retractions, ...events]
  } finally {
    await written.dispose()
  }
}
