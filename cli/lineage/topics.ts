/** Events as they lie on the topics, with the place of each: what lineage is read from, embedded and on Kafka. */
import { Codec } from '../../runtime/codec.ts'
import { originOf } from '../../runtime/execute.ts'
import { readNote } from '../../runtime/ledger.ts'
import { partitionOf } from '../../runtime/partition.ts'
import type { TopicRead } from '../../runtime/redrive/scan.ts'
import type { Transport } from '../../runtime/transport.ts'
import { isEvent } from '../../runtime/update/marks.ts'
import { survey } from '../../runtime/update/survey.ts'
import { Voids } from '../../runtime/voids.ts'
import { type EventOf, readersOf, type TopicName, topics } from '../../topology.ts'

export interface Found<T extends TopicName = TopicName> {
  readonly topic: T
  /** topic-partition@offset. */
  readonly event: string
  readonly key: string
  readonly value: EventOf<T>
}

/** An event of a key, whether it counts or not; a tombstone has no value. */
export interface Version<T extends TopicName = TopicName> extends Pick<Found<T>, 'topic' | 'event' | 'key'> {
  readonly value: EventOf<T> | null
}

export class Topics {
  private readonly transport: Transport
  private readonly codec = new Codec()
  private readonly told: TopicRead

  constructor(transport: Transport, told: TopicRead = () => undefined) {
    this.transport = transport
    this.told = told
  }

  /** Which update of the run wrote an event; 0 for the run itself. */
  async updateOf({ topic, event }: Pick<Found, 'topic' | 'event'>): Promise<number> {
    const [, partition, offset] = /-(\d+)@(\d+)$/.exec(event) ?? []
    const [reader] = readersOf(topic)
    const positions = reader === undefined ? [] : await this.transport.positions(reader, [topic])
    const note = positions.find((one) => one.partition === Number(partition))?.note ?? ''
    return readNote(note).begins.filter((begin) => begin <= Number(offset)).length
  }

  /** Events that count, of one key: in the one partition where such a key lies. */
  ofKey<T extends TopicName>(topic: T, key: string): Promise<Found<T>[]> {
    return this.all(topic, (other) => other === key, partitionOf(topic, key))
  }

  /** All that was ever said of a key and still lies on the topic, oldest first. */
  async versionsOf<T extends TopicName>(topic: T, key: string): Promise<Version<T>[]> {
    const found: Version<T>[] = []
    for await (const version of this.written(topic, partitionOf(topic, key))) {
      if (version.key === key) found.push(version)
    }
    return found
  }

  /** The same of every key of which one version is wanted. Reads the topic twice, so that memory holds those alone. */
  async versions<T extends TopicName>(
    topic: T,
    isWanted: (value: EventOf<T>) => boolean,
  ): Promise<Map<string, Version<T>[]>> {
    const found = new Map<string, Version<T>[]>()
    for await (const { key, value } of this.written(topic)) if (value !== null && isWanted(value)) found.set(key, [])
    if (found.size === 0) return found
    for await (const version of this.written(topic)) found.get(version.key)?.push(version)
    return found
  }

  /** Events that count and whose keys are wanted. Of a topic that updates write anew, those of every update. */
  async all<T extends TopicName>(
    topic: T,
    isWanted: (key: string) => boolean = () => true,
    only?: number,
  ): Promise<Found<T>[]> {
    const found: Found<T>[] = []
    const begins = topics[topic].update === 'renewed' ? [] : [0]
    const voids = await Voids.read(this.transport, [topic])
    for await (const { at, end, reached } of this.stretches(topic, only)) {
      for await (const { record, is } of survey(this.transport, { at, begins, end, voids })) {
        reached(record.offset)
        if (!is || record.value === null || !isWanted(record.key)) continue
        const value = this.codec.decode(topics[topic].schema, record.value) as EventOf<T>
        found.push({ topic, event: originOf(record), key: record.key, value })
      }
    }
    return found
  }

  /** The partitions that are to be read, up to their present ends, each with what is told of how far its reader is. */
  private async *stretches(topic: TopicName, only: number | undefined) {
    const ends = await this.transport.ends(topic)
    const partitions = ends.filter(({ partition }) => only === undefined || partition === only)
    const total = partitions.reduce((sum, { offset }) => sum + offset, 0)
    let before = 0
    for (const { partition, offset: end } of partitions) {
      const begin = before
      yield { at: { topic, partition }, end, reached: (offset: number) => this.told(topic, begin + offset, total) }
      before += end
      this.told(topic, before, total)
    }
  }

  private async *written<T extends TopicName>(topic: T, only?: number): AsyncIterable<Version<T>> {
    const voids = await Voids.read(this.transport, [topic])
    for await (const { at, end, reached } of this.stretches(topic, only)) {
      for await (const records of this.transport.read(at, 0, end)) {
        for (const record of records) {
          reached(record.offset)
          if (!isEvent(record) || voids.has(record)) continue
          const value = record.value && (this.codec.decode(topics[topic].schema, record.value) as EventOf<T>)
          yield { topic, event: originOf(record), key: record.key, value }
        }
      }
    }
  }
}
