/**
 * Lag in seconds: how long ago the partition ended where the group stands now. Read off the ends as they were seen, with the
 * time between two looks shared out evenly, as kafka-lag-exporter does.
 */

interface End {
  readonly atMs: number
  readonly end: number
}

/** Enough for ten minutes at one look a second; older ones are thinned to every second one. */
const endsAtMost = 600

export class LagClock {
  private readonly ends = new Map<string, End[]>()

  /** @param partition names the partition. */
  saw(partition: string, end: number, atMs: number): void {
    const known = this.ends.get(partition) ?? []
    this.ends.set(partition, known)
    const last = known.at(-1)
    // Made anew: what is known is of another log.
    if (last && end < last.end) known.length = 0
    // Of a partition that rests, the first and the last time are enough.
    const before = known.at(-2)
    if (last?.end === end && before?.end === end) known.pop()
    known.push({ atMs, end })
    if (known.length > endsAtMost) this.ends.set(partition, thinned(known))
  }

  /**
   * Milliseconds by which a group that stands at `position` is behind; 0 where it has read all. Where the position is older than
   * all that was seen, the time since the first look: at least so much.
   */
  behindMs(partition: string, position: number, nowMs: number): number {
    const known = this.ends.get(partition) ?? []
    const last = known.at(-1)
    if (!last || position >= last.end) return 0
    const next = known.findIndex(({ end }) => end > position)
    const after = known[next]!
    const before = known[next - 1]
    if (!before) return nowMs - after.atMs
    const share = (position - before.end) / (after.end - before.end)
    return nowMs - (before.atMs + share * (after.atMs - before.atMs))
  }
}

function thinned(ends: readonly End[]): End[] {
  const half = ends.length >> 1
  return ends.filter((_, at) => at >= half || at % 2 === 0)
}
