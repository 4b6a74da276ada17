/** What an update has brought to the input of a service, without a look at what was there before. */
import { type TopicName, topics } from '../../topology.ts'
import type { LogRecord, Transport } from '../transport.ts'
import { isEvent, isKept, keysIn } from './marks.ts'
import type { Extent } from './survey.ts'

export class Changes {
  private readonly transport: Transport
  private readonly extents: readonly Extent[]
  /** Of topics of kept events: what the update names. */
  private readonly named = new Set<string>()

  constructor(transport: Transport, extents: readonly Extent[]) {
    this.transport = transport
    this.extents = extents
  }

  /**
   * Events and retractions in the order in which they were written, of each partition; a null stands for a key of a topic of latest events that is
   * gone. Of a topic of kept events what is gone is neither here nor `isKept`.
   */
  async *records(): AsyncIterable<LogRecord> {
    for (const { at, begins, end, voids } of this.extents) {
      const isOfKept = topics[at.topic as TopicName].update === 'kept'
      for await (const records of this.transport.read(at, begins.at(-1) ?? 0, end)) {
        for (const record of records) {
          if (voids.has(record)) continue
          if (isKept(record.headers)) for (const key of keysIn(record)) this.named.add(key)
          else if (isEvent(record) && (record.value !== null || !isOfKept)) yield record
        }
      }
    }
  }

  /** Whether the event of a key is as it was. Asked when `records` have been read. */
  isKept(key: string): boolean {
    return this.named.has(key)
  }
}
