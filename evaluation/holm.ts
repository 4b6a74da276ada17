/**
 * Holm's correction of p-values that are looked at together: the smallest counts m times, the next m − 1 times and so on, never
 * less than the one before. In the order given, at most 1. Source: Holm 1979, Scandinavian Journal of Statistics 6, 65–70.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p || a.at - b.at)
  const corrected = new Array<number>(pValues.length).fill(1)
  let least = 0
  for (const [rank, { p, at }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (pValues.length - rank)))
    corrected[at] = least
  }
  return corrected
}
