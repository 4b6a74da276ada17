/**
 * How a service knows that its input is complete. Whoever finishes a unit of work (a source, an input partition of a
 * transform, a whole stream) writes one control record, its seal, to every partition of every topic it writes. A
 * partition is sealed once the seals of all units upstream lie in it; the topology says which those are. Seals travel in
 * the topics themselves, so this needs no coordinator and holds for any number of processes. See docs/decisions/0001.
 */

import type { ServiceId } from '../topology.ts'
import { specOf, type TopicName, topics, writersOf } from '../topology.ts'
import type { TopicPartition } from './transport.ts'

const sealHeader = 'naru-seal'

/** Units of a service that write seals: one for each input partition, or one for the whole. */
export function unitsOf(id: ServiceId): string[] {
  const { kind, reads } = specOf(id)
  switch (kind) {
    case 'source':
    case 'topic-stream':
      return ['all']
    case 'transform':
      return reads.flatMap((topic) => partitionNumbers(topic).map((partition) => `${topic}-${partition}`))
    case 'partition-stream':
      return partitionNumbers(reads[0]!).map((partition) => `p${partition}`)
  }
}

/** Name of the unit that an input partition belongs to; one of `unitsOf`. */
export function unitOf(id: ServiceId, at: TopicPartition): string {
  switch (specOf(id).kind) {
    case 'source':
    case 'topic-stream':
      return 'all'
    case 'transform':
      return partitionName(at)
    case 'partition-stream':
      return `p${at.partition}`
  }
}

export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`
}

function partitionNumbers(topic: TopicName): number[] {
  return Array.from({ length: topics[topic].partitions }, (_, partition) => partition)
}

/** Every seal that a partition of the topic will hold, in a fixed order: a seal's place in this list is its number. */
export function sealsOf(topic: TopicName): string[] {
  return writersOf(topic).flatMap((writer) => unitsOf(writer).map((unit) => `${writer}/${unit}`))
}

export function sealHeaders(writer: ServiceId, unit: string): Record<string, string> {
  return { [sealHeader]: `${writer}/${unit}` }
}

/** `writer/unit` of a seal; undefined where the record is an event. */
export function sealNameOf(headers: Readonly<Record<string, string>>): string | undefined {
  return headers[sealHeader]
}

/** Number of the seal that a record is, or undefined where the record is an event. */
export function sealNumber(topic: TopicName, headers: Readonly<Record<string, string>>): number | undefined {
  const name = headers[sealHeader]
  if (name === undefined) return undefined
  const number = sealsOf(topic).indexOf(name)
  return number < 0 ? undefined : number
}
