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

export async function differenceOfSource(
  said: AsyncIterable<Said>,
  id: ServiceId,
  context: RunContext,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly records: readonly OutgoingRecord[] }> {
  const written = await Written.read(id, 'all', context)
  try {
    const outcomes: Outcome[] = []
    const events: OutgoingRecord[] = []
    for await (const { outcome, records } of said) {
      outcomes.push(outcome)
      for (const record of records) {
        const fresh = specOf(id).writes.includes(record.topic as TopicName) ? written.take(record) : record
        if (fresh) events.push(fresh)
      }
    }
    const retractions: OutgoingRecord[] = []
    for await (const record of written.leftovers()) retractions.push(record)
    return { outcomes, records: [...retractions, ...events] }
  } finally {
    await written.dispose()
  }
}
