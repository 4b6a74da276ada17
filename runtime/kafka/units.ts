/**
 * Units of work held here, each with a transactional producer of its own. The transactional id is namespace-group-unit:
 * whoever opens it last fences everyone before, so a holder who was paused while others took over cannot commit. kafkajs
 * sends no generation of the group with the offsets, hence one id for each unit: with one for each worker a study saw 300
 * of 300 records twice, this way none.
 */
import type { CompressionTypes, Kafka } from 'kafkajs'
import type { Commit, Position, Transaction } from '../transport.ts'
import { fenced } from './failures.ts'
import type { Names } from './names.ts'
import { byName, type GroupPositions, nameOf, samePosition } from './positions.ts'
import { openProducer, type UnitProducer } from './producer.ts'
import { runTransaction } from './transaction.ts'

export interface UnitsOptions {
  readonly client: Kafka
  readonly brokers: readonly string[]
  readonly names: Names
  readonly compression: CompressionTypes
  readonly positions: GroupPositions
}

/** What became of a commit whose answer never came. */
export type Outcome = 'committed' | 'aborted'

export class Unit {
  readonly group: string
  readonly name: string
  readonly options: UnitsOptions
  private readonly onLost: () => void
  /** Positions as they were last committed, by partition. */
  private committed = new Map<string, Commit>()
  private current: UnitProducer
  private state: 'held' | 'doubtful' | 'lost' = 'held'

  constructor(group: string, name: string, options: UnitsOptions, producer: UnitProducer, onLost: () => void) {
    this.group = group
    this.name = name
    this.options = options
    this.current = producer
    this.onLost = onLost
  }

  get producer(): UnitProducer {
    return this.current
  }

  get isLost(): boolean {
    return this.state === 'lost'
  }

  /** False where only a new producer can go on. */
  get isSound(): boolean {
    return this.state === 'held'
  }

  /** Notes positions as committed. */
  expect(positions: readonly Commit[]): void {
    for (const position of positions) this.committed.set(nameOf(position), position)
  }

  async begin(): Promise<Transaction> {
    if (this.isLost) throw fenced(this.group, this.name)
    // Something failed half-way: the next sequence numbers are unknown, so the old producer must not write again.
    if (this.state === 'doubtful' && (await this.reopen([])) !== 'aborted') throw this.lose()
    return runTransaction(this)
  }

  /** A write failed, or a commit was not answered: the producer is not to be used any more. */
  doubt(): void {
    if (this.state === 'held') this.state = 'doubtful'
  }

  /** The unit is someone else's; tells its consumer. */
  lose(cause?: unknown): Error {
    if (!this.isLost) {
      this.state = 'lost'
      this.onLost()
    }
    return fenced(this.group, this.name, cause)
  }

  /** Gives the unit back without a word. */
  async drop(): Promise<void> {
    this.state = 'lost'
    await this.current.close()
  }

  /**
   * Opens the producer anew, which makes the broker end what was under way, and finds out by the positions how it ended.
   * `intended` are those of the commit in doubt. Throws where a third party moved them.
   */
  async reopen(intended: readonly Commit[]): Promise<Outcome> {
    const { client, brokers, names, compression, positions } = this.options
    const old = this.current
    this.current = await openProducer({ client, brokers, compression, id: names.transaction(this.group, this.name) })
    await old.close()
    if (this.isLost) {
      // Given back while it waited for a broker.
      await this.current.close()
      throw fenced(this.group, this.name)
    }
    const before = [...this.committed.values()]
    const own = byName([...before, ...intended])
    const topics = [...own.values()].map(({ topic }) => topic)
    const found = byName(await positions.settled(this.group, topics, (at) => own.has(nameOf(at))))
    const at = (expected: Commit): Position => found.get(nameOf(expected)) ?? { offset: 0, note: '' }
    if (intended.length > 0 && intended.every((expected) => samePosition(at(expected), expected))) {
      this.state = 'held'
      this.expect(intended)
      return 'committed'
    }
    if (!before.every((expected) => samePosition(at(expected), expected))) throw this.lose()
    this.state = 'held'
    return 'aborted'
  }
}

export class Units {
  private readonly options: UnitsOptions
  private readonly held = new Map<string, Unit>()
  private closed = false

  constructor(options: UnitsOptions) {
    this.options = options
  }

  /** Takes a unit over from whoever held it. */
  async take(group: string, name: string, onLost: () => void): Promise<Unit> {
    const { client, brokers, names, compression } = this.options
    const producer = await openProducer({ client, brokers, compression, id: names.transaction(group, name) })
    if (this.closed) {
      // It waited for a broker while everything was closed: its connection would keep the process for ever.
      await producer.close()
      throw fenced(group, name)
    }
    const unit = new Unit(group, name, this.options, producer, onLost)
    this.held.set(`${group}/${name}`, unit)
    return unit
  }

  async drop(unit: Unit): Promise<void> {
    const key = `${unit.group}/${unit.name}`
    if (this.held.get(key) === unit) this.held.delete(key)
    await unit.drop()
  }

  async begin(group: string, name: string): Promise<Transaction> {
    const unit = this.held.get(`${group}/${name}`)
    if (!unit) throw fenced(group, name)
    return unit.begin()
  }

  async close(): Promise<void> {
    this.closed = true
    await Promise.all([...this.held.values()].map((unit) => this.drop(unit)))
  }
}
