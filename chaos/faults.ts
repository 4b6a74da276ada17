/** What is done to a run, and when: drawn from a seed, so that the same schedule can be had again. */
import { Randomness } from '../model/randomness.ts'

export const faultKinds = [
  'kill',
  'pause',
  'rebalance',
  'broker-kill',
  'broker-stop',
  'redis-kill',
  'redis-stop',
  'cut',
  'delay',
  'clock',
  'disk',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** How often each comes, relative to the others. */
const weights: Record<FaultKind, number> = {
  kill: 10,
  pause: 3,
  rebalance: 3,
  'broker-kill': 2,
  'broker-stop': 1,
  'redis-kill': 2,
  'redis-stop': 1,
  cut: 4,
  delay: 3,
  clock: 3,
  disk: 2,
}

export interface Fault {
  readonly kind: FaultKind
  /** 0 to 1: which of the processes or connections there then are, and how far a clock jumps. */
  readonly aim: number
  /** Of a delay, an outage or a full disk, 0.5 to 1 of its kind's longest. */
  readonly length: number
  /** Seconds to wait before it, 0.5 to 1.5 of the pace. */
  readonly afterSeconds: number
}

/**
 * @param count faults, of which every kind that is possible comes at least once where there are as many.
 * @param paceSeconds between two of them in the mean.
 */
export function scheduleOf(
  seed: number,
  count: number,
  paceSeconds: number,
  possible: readonly FaultKind[] = faultKinds,
): Fault[] {
  const random = new Randomness(seed)
  const total = possible.reduce((sum, kind) => sum + weights[kind], 0)
  const drawn = (): FaultKind => {
    let left = random.uniform() * total
    for (const kind of possible) {
      left -= weights[kind]
      if (left < 0) return kind
    }
    return 'kill'
  }
  const kinds = random.shuffled(Array.from({ length: count }, (_, n) => possible[n] ?? drawn()))
  return kinds.map((kind) => ({
    kind,
    aim: random.uniform(),
    length: 0.5 + random.uniform() / 2,
    afterSeconds: paceSeconds * (0.5 + random.uniform()),
  }))
}
