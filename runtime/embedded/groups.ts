/** Consumer groups of one process: who owns which partition, and a reader for each owned one. */
import type { ConsumeOptions, Consumer, LogRecord, Position, TopicPartition } from '../transport.ts'

interface Log {
  partitions(topic: string): number[]
  position(group: string, at: TopicPartition): Position
  read(at: TopicPartition, offset: number): LogRecord[]
  /** Takes the unit for the group, away from every earlier holder. */
  fence(group: string, unit: string): Promise<void>
}

interface Reader {
  readonly at: TopicPartition
  stop(): void
  readonly finished: Promise<void>
}

interface Member {
  readonly options: ConsumeOptions
  readonly readers: Map<string, Reader>
}

export class Groups {
  private readonly log: Log
  private readonly members = new Map<string, Member[]>()
  private readonly waiting = new Map<string, Set<() => void>>()
  /** Joins and leaves of a group follow one another. */
  private rebalancing: Promise<void> = Promise.resolve()

  constructor(log: Log) {
    this.log = log
  }

  async join(options: ConsumeOptions): Promise<Consumer> {
    const member: Member = { options, readers: new Map() }
    await this.change(options.group, (members) => [...members, member])
    let left = false
    return {
      ready: () => !left,
      stop: () => {
        left = true
        return this.change(options.group, (members) => members.filter((other) => other !== member))
      },
    }
  }

  /** Wakes the readers of topics that have new records. */
  notify(topics: ReadonlySet<string>): void {
    for (const topic of topics) {
      const waiters = this.waiting.get(topic)
      if (!waiters) continue
      this.waiting.delete(topic)
      for (const wake of waiters) wake()
    }
  }

  /** Members of a group. */
  size(group: string): number {
    return this.members.get(group)?.length ?? 0
  }

  async close(): Promise<void> {
    for (const group of this.members.keys()) await this.change(group, () => [])
  }

  private change(group: string, edit: (members: Member[]) => Member[]): Promise<void> {
    const done = this.rebalancing.then(async () => {
      const before = this.members.get(group) ?? []
      const after = edit(before)
      this.members.set(group, after)
      await this.rebalance(group, before, after)
    })
    this.rebalancing = done.catch(() => undefined)
    return done
  }

  private async rebalance(group: string, before: readonly Member[], after: readonly Member[]): Promise<void> {
    const wanted = new Map(after.map((member, index) => [member, this.share(member, index, after.length)]))
    for (const member of new Set([...before, ...after])) {
      const keep = new Set((wanted.get(member) ?? []).map(nameOf))
      for (const [name, reader] of member.readers) if (!keep.has(name)) await this.revoke(member, reader)
    }
    for (const [member, partitions] of wanted) {
      for (const at of partitions) if (!member.readers.has(nameOf(at))) await this.assign(group, member, at)
    }
  }

  private share(member: Member, index: number, members: number): TopicPartition[] {
    return member.options.topics.flatMap((topic) =>
      this.log
        .partitions(topic)
        .filter((partition) => (member.options.assignment === 'sole' ? index === 0 : partition % members === index))
        .map((partition) => ({ topic, partition })),
    )
  }

  private async revoke(member: Member, reader: Reader): Promise<void> {
    member.readers.delete(nameOf(reader.at))
    reader.stop()
    await member.options.handler.revoked(reader.at)
    await reader.finished
  }

  private async assign(group: string, member: Member, at: TopicPartition): Promise<void> {
    await this.log.fence(group, member.options.unitOf(at))
    const position = this.log.position(group, at)
    await member.options.handler.assigned(at, position)
    let stopped = false
    let wake: () => void = () => undefined
    const loop = async (): Promise<void> => {
      let offset = position.offset
      while (!stopped) {
        const records = this.log.read(at, offset)
        if (records.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve
            this.waitFor(at.topic, resolve)
          })
          continue
        }
        await member.options.handler.records(at, records)
        offset = records.at(-1)!.offset + 1
      }
    }
    const finished = loop().catch((error: unknown) => {
      if (!stopped) member.options.onFailure(error)
    })
    const stop = () => {
      stopped = true
      wake()
    }
    member.readers.set(nameOf(at), { at, stop, finished })
  }

  private waitFor(topic: string, wake: () => void): void {
    const waiters = this.waiting.get(topic)
    if (waiters) waiters.add(wake)
    else this.waiting.set(topic, new Set([wake]))
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
