/** What a unit of a service wrote to its topics before, so that an update writes the difference and no more. */
import { join } from 'node:path'
import { type ServiceId, specOf, type TopicName, topics, withdrawableTopics, writersOf } from '../../topology.ts'
import { openScratch } from '../embedded/scratch.ts'
import { partitionOf } from '../partition.ts'
import type { ScratchTable } from '../ports.ts'
import type { RunContext } from '../runner/context.ts'
import type { LogRecord, OutgoingRecord } from '../transport.ts'
import { Voids } from '../voids.ts'
import { isEvent, isRetraction, retractionOf, writtenBy } from './marks.ts'
import { rowDigest } from './survey.ts'

export class Written {
  private readonly id: ServiceId
  private readonly isOwn: (record: LogRecord) => boolean
  private readonly context: RunContext
  /** How many rows of a digest stand that have not been said again. */
  private readonly rows: ScratchTable<number>
  /** Digest of the last event of a key that has not been said again. */
  private readonly latest: ScratchTable<string>
  readonly dispose: () => Promise<void>

  /** Reads the topics of the service once. */
  static async read(id: ServiceId, unit: string, context: RunContext): Promise<Written> {
    const written = new Written(id, unit, context)
    for await (const record of written.ownRecords()) written.note(record)
    return written
  }

  private constructor(id: ServiceId, unit: string, context: RunContext) {
    const scratch = openScratch(join(context.around.stateFolder, 'scratch', id, `${unit} written`))
    this.id = id
    this.isOwn = writtenBy(id, unit)
    this.context = context
    this.rows = scratch.table('rows')
    this.latest = scratch.table('latest')
    this.dispose = () => scratch.dispose()
  }

  /** The record to write for an output; undefined where it stands already. */
  take(output: OutgoingRecord): OutgoingRecord | undefined {
    const topic = output.topic as TopicName
    if (isRows(topic)) return takeOne(this.rows, rowDigest(output)) ? undefined : output
    if (!isWithdrawable(topic)) return output
    const name = `${topic}\t${output.key}`
    const known = this.latest.get(name)
    this.latest.put(name, null)
    const now = output.value === null ? undefined : rowDigest(output)
    return known === now ? undefined : output
  }

  /** Takes back what was written and has not been said again. */
  async *leftovers(): AsyncIterable<OutgoingRecord> {
    if (this.rows.size > 0) {
      for await (const record of this.ownRecords()) {
        if (!isRows(record.topic as TopicName) || isRetraction(record.headers)) continue
        if (takeOne(this.rows, rowDigest(record))) yield retractionOf(record)
      }
    }
    for (const { key: name } of this.latest.entries()) {
      const cut = name.indexOf('\t')
      const [topic, key] = [name.slice(0, cut) as TopicName, name.slice(cut + 1)]
      yield { topic, partition: partitionOf(topic, key), key, value: null, headers: {} }
    }
  }

  private note(record: LogRecord): void {
    const topic = record.topic as TopicName
    if (isRows(topic)) {
      const digest = rowDigest(record)
      const count = (this.rows.get(digest) ?? 0) + (isRetraction(record.headers) ? -1 : 1)
      this.rows.put(digest, count === 0 ? null : count)
    } else this.latest.put(`${topic}\t${record.key}`, record.value === null ? null : rowDigest(record))
  }

  private async *ownRecords(): AsyncIterable<LogRecord> {
    const { transport } = this.context
    const voids = await Voids.read(transport, specOf(this.id).writes)
    for (const topic of specOf(this.id).writes) {
      if (!isRows(topic) && !isWithdrawable(topic)) continue
      for (const { partition, offset } of await transport.ends(topic)) {
        for await (const records of transport.read({ topic, partition }, 0, offset)) {
          for (const record of records) {
            if (isEvent(record) && this.isOwn(record) && !voids.has(record)) yield record
          }
        }
      }
    }
  }
}

function isRows(topic: TopicName): boolean {
  return topics[topic].update === 'rows'
}

/** Of a topic of latest events what is said no more is withdrawn, where its only writer says all of it. */
function isWithdrawable(topic: TopicName): boolean {
  return (withdrawableTopics as readonly TopicName[]).includes(topic) && writersOf(topic).length === 1
}

function takeOne(rows: ScratchTable<number>, digest: string): boolean {
  const count = rows.get(digest) ?? 0
  if (count > 0) rows.put(digest, count === 1 ? null : count - 1)
  return count > 0
}
