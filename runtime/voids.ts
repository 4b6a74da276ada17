/**
 * Which records count no more, since their writer has begun again (docs/decisions/0019). The marks are notes of the positions of
 * a group of their own, so that they are set in the transaction that sends the writers back.
 */
import type { ServiceId } from '../topology.ts'
import { writerOf } from './event-id.ts'
import type { Commit, LogRecord, TopicPartition, Transport } from './transport.ts'

/** The group whose positions carry the marks. */
export const replaysGroup = 'replays'

/** In one partition: what the service wrote there before an offset is void. */
export interface VoidMark {
  readonly service: ServiceId
  /** Offset of the first record that is not touched by the mark. */
  readonly before: number
  /** Only what this unit made of the events from an offset on, its seal included. */
  readonly only?: { readonly unit: string; readonly from: number }
}

type StoredMark = [ServiceId, number] | [ServiceId, number, string, number]

export class Voids {
  private readonly marks: Map<string, readonly VoidMark[]>
  private readonly changed = new Map<string, Commit>()

  private constructor(marks: Map<string, readonly VoidMark[]>) {
    this.marks = marks
  }

  /** The marks of topics that exist. They change only while their readers are not running. */
  static async read(transport: Transport, topics: readonly string[]): Promise<Voids> {
    const positions = await transport.positions(replaysGroup, topics)
    return new Voids(new Map(positions.map((at) => [nameOf(at), readMarks(at.note)])))
  }

  has(record: LogRecord): boolean {
    if (this.marks.size === 0) return false
    const marks = this.marks.get(nameOf(record))
    if (!marks) return false
    const writer = writerOf(record.headers)
    if (!writer) return false
    return marks.some(
      ({ service, before, only }) =>
        record.offset < before &&
        service === writer.service &&
        (!only || (only.unit === writer.unit && writer.from >= only.from)),
    )
  }

  /** To be set by committing `changes`. */
  add({ topic, partition }: TopicPartition, mark: VoidMark): void {
    if (mark.before === 0) return
    const name = nameOf({ topic, partition })
    const marks = [...(this.marks.get(name) ?? []).filter((known) => !covers(mark, known)), mark]
    this.marks.set(name, marks)
    const note = JSON.stringify(marks.map(stored))
    this.changed.set(name, { topic, partition, offset: mark.before, note, group: replaysGroup })
  }

  /** The positions that carry what was added. */
  changes(): readonly Commit[] {
    return [...this.changed.values()]
  }
}

/** True where the earlier mark says nothing beyond the later one. */
function covers(later: VoidMark, earlier: VoidMark): boolean {
  if (later.service !== earlier.service) return false
  if (!later.only) return true
  return earlier.only?.unit === later.only.unit && earlier.only.from >= later.only.from
}

/** JSON knows no infinity. */
const never = -1

function stored({ service, before, only }: VoidMark): StoredMark {
  if (!only) return [service, before]
  return [service, before, only.unit, Number.isFinite(only.from) ? only.from : never]
}

function readMarks(note: string): VoidMark[] {
  if (note === '') return []
  return (JSON.parse(note) as StoredMark[]).map(([service, before, unit, from]) => {
    if (unit === undefined || from === undefined) return { service, before }
    return { service, before, only: { unit, from: from === never ? Number.POSITIVE_INFINITY : from } }
  })
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
