/** What a service is doing, judged by what moved in a window, without thresholds of messages to be set (as Burrow does). */
import type { ServiceKind } from '../../topology.ts'
import type { ServiceState } from './view.ts'

/** What was seen of a service at one look. */
export interface Sighting {
  readonly atMs: number
  /** Events taken in: committed ones and, where a process tells, those that a stream has read. */
  readonly taken: number
  readonly lag: number
  /** Of the work that the service reports of itself, 0 where it reports none. */
  readonly done: number
}

export interface Standing {
  readonly kind: ServiceKind
  readonly finished: boolean
  /** Undefined where nothing tells. */
  readonly isAlive: boolean | undefined
  /** Oldest first, at least one. */
  readonly sightings: readonly Sighting[]
}

/** Input that lies untouched for so long is a stall: longer than the pauses between retries of a fault (50 ms · 2⁸). */
const stallMs = 60_000
/** A stream may sort, train or write for long without a word between two reports. */
const streamStallMs = 15 * 60_000
const behindNeedsMs = 20_000

export function stateOf({ kind, finished, isAlive, sightings }: Standing): ServiceState {
  if (finished) return 'finished'
  const now = sightings.at(-1)!
  const isStream = kind === 'partition-stream' || kind === 'topic-stream'
  const hasInput = kind === 'source' || now.lag > 0 || now.taken > 0
  if (isAlive === false) return 'stopped'
  if (!hasInput) return 'waiting'
  const moved = lastMove(sightings)
  if (isStream) {
    if (now.atMs - moved.atMs > streamStallMs) return 'stalled'
    return now.done > 0 ? 'working' : 'gathering'
  }
  if (now.lag > 0 && now.atMs - moved.atMs > stallMs) return 'stalled'
  return fallsBehind(sightings) ? 'behind' : 'working'
}

/** The first look that saw what the last one sees. */
function lastMove(sightings: readonly Sighting[]): Sighting {
  const now = sightings.at(-1)!
  const other = sightings.findLastIndex(({ taken, done }) => taken !== now.taken || done !== now.done)
  return sightings[other + 1]!
}

/** The lag grew in each third of the window. */
function fallsBehind(sightings: readonly Sighting[]): boolean {
  const [first, last] = [sightings[0]!, sightings.at(-1)!]
  if (last.atMs - first.atMs < behindNeedsMs) return false
  const lagAt = (share: number) => sightings[Math.round((sightings.length - 1) * share)]!.lag
  return lagAt(0) < lagAt(1 / 3) && lagAt(1 / 3) < lagAt(2 / 3) && lagAt(2 / 3) < lagAt(1)
}
