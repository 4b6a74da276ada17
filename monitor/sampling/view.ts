/** What the page is told with every look: plain data, every figure with its unit in its name. */
import type { ServiceId, ServiceKind, TopicName } from '../../topology.ts'

/**
 * waiting: nothing has come yet. gathering: a stream reads its input. working: it moves, or has nothing to do. behind: its lag
 * has grown over the whole window. stalled: there is input and nothing has moved for long. stopped: no process works at it.
 */
export const serviceStates = ['waiting', 'gathering', 'working', 'behind', 'stalled', 'stopped', 'finished'] as const
export type ServiceState = (typeof serviceStates)[number]

export interface ServiceView {
  readonly id: ServiceId
  readonly kind: ServiceKind
  readonly description: string
  readonly state: ServiceState
  readonly taken: number
  readonly takenPerSecond: number
  readonly writtenPerSecond: number
  readonly lag: number
  /** Undefined where nothing is behind. */
  readonly lagSeconds: number | undefined
  /** Until the lag is gone, or the reported work is done, at the present rate; undefined where it cannot be told. */
  readonly secondsLeft: number | undefined
  /** Dead letters: events and parts of events. */
  readonly dead: number
  readonly retries: Readonly<Record<string, number>>
  readonly dropped: Readonly<Record<string, number>>
  /** CPU cores in use, of a service in a process of other services those of its worker threads; undefined where nothing tells. */
  readonly cpuCores: number | undefined
  readonly memoryBytes: number | undefined
  /** Processes that are known to be at work; undefined where nothing tells. */
  readonly instances: number | undefined
  readonly partitionsDone: number
  readonly partitions: number
  readonly progress: ProgressView | undefined
}

export interface ProgressView {
  readonly done: number
  readonly total: number | undefined
  readonly unit: string
  readonly figures: Readonly<Record<string, number>>
}

export interface EdgeView {
  readonly service: ServiceId
  readonly recordsPerSecond: number
  /** Undefined where no process tells. */
  readonly bytesPerSecond: number | undefined
}

export interface TopicView {
  readonly name: TopicName
  readonly description: string
  readonly partitions: number
  readonly records: number
  readonly recordsPerSecond: number
  readonly bytesPerSecond: number | undefined
  readonly writers: readonly EdgeView[]
  readonly readers: readonly (EdgeView & { readonly lag: number })[]
}

export interface PipelineView {
  readonly atMs: number
  readonly finished: boolean
  /** Undefined where nothing tells whether processes are at work. */
  readonly atWork: boolean | undefined
  /** Of the process that runs all services, where there is one. */
  readonly process: { readonly cpuCores: number; readonly memoryBytes: number } | undefined
  readonly dead: number
  readonly bottleneck: ServiceId | undefined
  /** Until the dumps are read. */
  readonly dumpSecondsLeft: number | undefined
  /** New evidence by the rule that found it, since the processes began. */
  readonly evidence: Readonly<Record<string, number>>
  readonly services: readonly ServiceView[]
  readonly topics: readonly TopicView[]
}
