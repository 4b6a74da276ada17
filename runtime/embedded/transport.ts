/**
 * The embedded transport: topics, groups and positions in one lmdb environment. A transaction's records and positions are
 * one lmdb transaction, so a process that is killed leaves either all of a commit or nothing. stored-log.ts names the keys.
 */
import type { RootDatabase } from 'lmdb'
import { ConfigError, RetryableError } from '../errors.ts'
import type {
  Commit,
  ConsumeOptions,
  Consumer,
  Hold,
  LogRecord,
  OutgoingRecord,
  Position,
  TopicPartition,
  TopicPlan,
  Transaction,
  Transport,
} from '../transport.ts'
import { makeFolder, openEnvironment } from './environment.ts'
import { lockFolder } from './folder-lock.ts'
import { GroupCommit } from './group-commit.ts'
import { Groups } from './groups.ts'
import { mapSizeBytes, StoredLog, type StoredRecord } from './stored-log.ts'

export interface EmbeddedOptions {
  /** Folder of the log; made where it is missing. One process at a time. */
  readonly folder: string
}

/** Opens the log in a folder. Throws ConfigError STATE_LOCKED where another process has it open. */
export function openEmbeddedTransport({ folder }: EmbeddedOptions): Promise<Transport> {
  makeFolder(folder)
  const unlock = lockFolder(folder)
  // overlappingSync is off: commits are flushed before they are reported, so what a consumer saw survives a power cut.
  try {
    const database = openEnvironment(folder, { mapSize: mapSizeBytes, maxReaders: 126, overlappingSync: false })
    return Promise.resolve(new EmbeddedTransport(database, new GroupCommit(database, folder), unlock))
  } catch (error) {
    unlock()
    throw error
  }
}

class EmbeddedTransport implements Transport {
  private readonly database: RootDatabase
  private readonly stored: StoredLog
  private readonly commits: GroupCommit
  private readonly unlock: () => void
  private readonly groups: Groups
  /** Epochs of the units held here, by group/unit. */
  private readonly held = new Map<string, number>()

  constructor(database: RootDatabase, commits: GroupCommit, unlock: () => void) {
    this.database = database
    this.stored = new StoredLog(database)
    this.commits = commits
    this.unlock = unlock
    this.groups = new Groups({
      partitions: (topic) => this.stored.partitionsOf(topic),
      position: (group, at) => this.stored.position(group, at),
      read: (at, offset) => this.stored.read(at, offset),
      fence: (group, unit) => this.fence(group, unit),
    })
  }

  async createTopics(plans: readonly TopicPlan[]): Promise<void> {
    await this.commits.write(0, () => {
      for (const { topic, partitions } of plans) {
        const existing: unknown = this.database.get(['topic', topic])
        if (existing !== undefined && existing !== partitions) {
          throw new ConfigError(
            'TOPIC_PARTITIONS',
            `topic ${topic} has ${String(existing)} partitions, not ${partitions}`,
            {
              hint: 'The state was made by another version of naru: start without --resume, or in another --out folder.',
            },
          )
        }
        this.database.putSync(['topic', topic], partitions)
      }
    })
  }

  consume(options: ConsumeOptions): Promise<Consumer> {
    return this.groups.join(options)
  }

  begin(group: string, unit: string): Promise<Transaction> {
    const key = ['epoch', group, unit]
    const epoch = this.held.get(`${group}/${unit}`)
    const fenced = () => new RetryableError('TRANSACTION_FENCED', `${unit} of ${group} is held elsewhere`)
    if (epoch === undefined) return Promise.reject(fenced())
    const pending: OutgoingRecord[] = []
    return Promise.resolve({
      append: (records) => {
        for (const record of records) pending.push(record)
        return Promise.resolve()
      },
      commit: async (positions) => {
        await this.commits.write(bytesOf(pending), () => {
          if (this.database.get(key) !== epoch) throw fenced()
          this.appendNow(pending, Date.now())
          this.moveTo(group, positions)
        })
        this.groups.notify(new Set(pending.map((record) => record.topic)))
      },
      abort: () => {
        pending.length = 0
        return Promise.resolve()
      },
    })
  }

  async hold(group: string, unit: string): Promise<Hold> {
    await this.fence(group, unit)
    return {
      release: () => {
        this.held.delete(`${group}/${unit}`)
        return Promise.resolve()
      },
    }
  }

  membersOf(group: string): Promise<number> {
    return Promise.resolve(this.groups.size(group))
  }

  offsetsAt(topic: string, timeMs: number): Promise<(TopicPartition & { offset: number })[]> {
    return Promise.resolve(this.stored.offsetsAt(topic, timeMs))
  }

  positions(group: string, topics: readonly string[]): Promise<(TopicPartition & Position)[]> {
    return Promise.resolve(this.stored.positions(group, topics))
  }

  ends(topic: string): Promise<(TopicPartition & { offset: number })[]> {
    return Promise.resolve(this.stored.ends(topic))
  }

  async *read(at: TopicPartition, from: number, to: number): AsyncIterable<readonly LogRecord[]> {
    for (let offset = from; offset < to; ) {
      const records = this.stored.read(at, offset).filter((record) => record.offset < to)
      const last = records.at(-1)
      if (!last) return
      yield records
      offset = last.offset + 1
    }
  }

  async close(): Promise<void> {
    await this.groups.close()
    await this.commits.close()
    this.unlock()
  }

  private async fence(group: string, unit: string): Promise<void> {
    const key = ['epoch', group, unit]
    const epoch = await this.commits.write(0, () => {
      const next = ((this.database.get(key) as number | undefined) ?? 0) + 1
      this.database.putSync(key, next)
      return next
    })
    this.held.set(`${group}/${unit}`, epoch)
  }

  private appendNow(records: readonly OutgoingRecord[], nowMs: number): void {
    const byPartition = new Map<string, OutgoingRecord[]>()
    for (const record of records) {
      const name = `${record.topic}/${record.partition}`
      const list = byPartition.get(name)
      if (list) list.push(record)
      else byPartition.set(name, [record])
    }
    for (const list of byPartition.values()) {
      const { topic, partition } = list[0]!
      const end = this.stored.end({ topic, partition })
      const stored: StoredRecord[] = list.map(({ key, value, headers }) => ({ key, value, headers }))
      this.database.putSync(['log', topic, partition, end], stored)
      this.database.putSync(['end', topic, partition], end + list.length)
      const time = ['time', topic, partition, nowMs]
      if (!this.database.doesExist(time)) this.database.putSync(time, end)
    }
  }

  private moveTo(group: string, positions: readonly Commit[]): void {
    for (const { topic, partition, offset, note, group: other } of positions) {
      this.database.putSync(['position', other ?? group, topic, partition], { offset, note })
    }
  }
}

function bytesOf(records: readonly OutgoingRecord[]): number {
  return records.reduce((sum, { key, value }) => sum + key.length + (value?.length ?? 0), 0)
}
