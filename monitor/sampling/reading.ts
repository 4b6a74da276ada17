/** One look at everything: ends of topics, positions of groups, figures of processes. */
import type { Positions } from '../../runtime/log-view.ts'
import { deadTopic } from '../../runtime/runner/context.ts'
import { type ServiceStatus, statusOf } from '../../runtime/status.ts'
import type { Position, TopicPartition } from '../../runtime/transport.ts'
import { type ServiceId, serviceIds, specOf, type TopicName, topicNames } from '../../topology.ts'
import { Counters } from './counters.ts'
import type { MetricsPage, MetricsPages } from './metrics-pages.ts'

export interface Reading {
  readonly atMs: number
  /** Next offset of each partition, in their order. */
  readonly ends: Readonly<Record<TopicName, readonly number[]>>
  readonly statuses: ReadonlyMap<ServiceId, ServiceStatus>
  readonly positions: ReadonlyMap<ServiceId, readonly (TopicPartition & Position)[]>
  /** Records of the dead-letter topics. */
  readonly deadLetters: ReadonlyMap<ServiceId, number>
  /** Added up over processes and their restarts, by the key of counters.ts. */
  readonly counters: ReadonlyMap<string, number>
  readonly pages: readonly MetricsPage[]
}

/**
 * There is a topic of dead letters for every service, and a letter is seldom: each is asked for where its service has counted another letter than at
 * the last look, and every so many looks, for people retry letters and drop them.
 */
const looksAtDeadLetters = 5

export class Reader {
  private readonly log: Positions
  private readonly pages: MetricsPages
  private readonly counters = new Counters()
  private readonly dead = new Map<ServiceId, { readonly counted: number; readonly letters: number }>()
  private looks = 0

  constructor(log: Positions, pages: MetricsPages) {
    this.log = log
    this.pages = pages
  }

  /** Throws FatalError TOPIC_MISSING where the pipeline has not begun. */
  async read(atMs: number): Promise<Reading> {
    const once = remembered(this.log)
    const ends = new Map<TopicName, readonly number[]>()
    for (const topic of topicNames)
      ends.set(
        topic,
        (await once.ends(topic)).map(({ offset }) => offset),
      )
    const statuses = new Map<ServiceId, ServiceStatus>()
    const positions = new Map<ServiceId, readonly (TopicPartition & Position)[]>()
    const isTurnOfDeadLetters = this.looks++ % looksAtDeadLetters === 0
    await Promise.all(
      serviceIds.map(async (id) => {
        const status = await statusOf(id, once)
        statuses.set(id, status)
        positions.set(id, await once.positions(id, specOf(id).reads))
        const counted = status.figures.dead + status.figures.deadParts
        if (!isTurnOfDeadLetters && this.dead.get(id)?.counted === counted) return
        const ends = await once.ends(deadTopic(id))
        this.dead.set(id, { counted, letters: ends.reduce((sum, { offset }) => sum + offset, 0) })
      }),
    )
    const deadLetters = new Map([...this.dead].map(([id, { letters }]) => [id, letters]))
    const pages = await this.pages.read()
    this.counters.add(pages)
    return {
      atMs,
      ends: Object.fromEntries(ends) as Reading['ends'],
      statuses,
      positions,
      deadLetters,
      counters: this.counters.snapshot(),
      pages,
    }
  }
}

/** The log with every answer kept: statuses of several services ask for the same topics. */
function remembered(log: Positions): Positions {
  const ends = new Map<string, ReturnType<Positions['ends']>>()
  const positions = new Map<string, ReturnType<Positions['positions']>>()
  const kept = <T>(map: Map<string, T>, key: string, ask: () => T): T => {
    const known = map.get(key) ?? ask()
    map.set(key, known)
    return known
  }
  return {
    ends: (topic) => kept(ends, topic, () => log.ends(topic)),
    positions: (group, topics) => kept(positions, [group, ...topics].join(' '), () => log.positions(group, topics)),
  }
}
