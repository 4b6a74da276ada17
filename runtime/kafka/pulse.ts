/**
 * Keeps memberships while the event loop is busy. kafkajs sends heartbeats from the loop, and a stream that goes over tables of millions of rows, or
 * sorts, does not let it turn for longer than a session: the group would give its partitions away, and it would begin again, for ever. So a
 * thread sends them in its place, for as long as a loop may be busy, and only then: whoever turns sends its own. It is the thread of the Java
 * client with its max.poll.interval.ms (KIP-62). A process that is stopped or killed has no such thread either.
 */
import type { Worker } from 'node:worker_threads'
import type { KafkaConfig } from 'kafkajs'
import type { Logger } from '../log.ts'
import { moduleUrl, startWorker } from '../package-root.ts'

/** How often the loop says that it turns. */
export const turnMs = 500
/** Busy is a loop that has not said so for this long; a session is three times as long or more. */
export const busyAfterMs = 2_000
/** A loop that has not turned for this long will not turn again. */
export const patienceMs = 15 * 60_000

export interface PulseData {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly security: Pick<KafkaConfig, 'ssl' | 'sasl'>
}

/** A member as the coordinator knows it, by name of the group there. */
export interface KnownMember {
  readonly groupId: string
  readonly memberId: string
  readonly groupGenerationId: number
}

/** What the loop tells the thread. A group without a member is one that was left. */
export type PulseMessage =
  | { readonly kind: 'turned' }
  | { readonly kind: 'member'; readonly member: KnownMember }
  | { readonly kind: 'left'; readonly groupId: string }

export class Pulse {
  private readonly data: PulseData
  private readonly log: Logger
  private worker: Worker | undefined
  private timer: NodeJS.Timeout | undefined
  private closed = false
  private readonly generations = new Map<string, string>()

  constructor(data: PulseData, log: Logger) {
    this.data = data
    this.log = log
  }

  /** The coordinator has accepted a heartbeat of this member. */
  member(member: KnownMember): void {
    const { groupId, memberId, groupGenerationId } = member
    const generation = `${memberId} ${groupGenerationId}`
    if (this.closed || this.generations.get(groupId) === generation) return
    this.generations.set(groupId, generation)
    this.tell({ kind: 'member', member: { groupId, memberId, groupGenerationId } })
  }

  /** It is none any more, or about to be another. */
  left(groupId: string): void {
    if (this.generations.delete(groupId)) this.tell({ kind: 'left', groupId })
  }

  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.timer)
    await this.worker?.terminate()
  }

  private tell(message: PulseMessage): void {
    this.worker ??= this.start()
    this.worker.postMessage(message)
  }

  private start(): Worker {
    const worker = startWorker(moduleUrl(import.meta.url, './pulse-thread'), this.data)
    worker.unref()
    worker.on('error', (err) => {
      if (!this.closed) this.log.warn({ err }, 'the thread that keeps memberships has ended')
      clearInterval(this.timer)
    })
    this.timer = setInterval(() => worker.postMessage({ kind: 'turned' } satisfies PulseMessage), turnMs)
    this.timer.unref()
    return worker
  }
}
