/** The smallest value that at least the share (0 to 1) of all is not above: nearest rank. `sorted`: ascending; of none it is 0. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
