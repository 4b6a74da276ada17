const hourMs = 3_600_000
/** Dumps come twice a month: a server that is down for days is asked twice a day. */
const longestHours = 12

/**
 * Milliseconds until the next look: the interval, a tenth more or less, so that not everybody asks at the same minute; doubled for
 * each failure in a row, up to twelve hours or the interval, whichever is longer.
 * @param failures in a row, ≥ 0. @param everyHours > 0. @param drawn 0 to 1.
 */
export function pauseBefore(failures: number, everyHours: number, drawn: number): number {
  const backedOff = Math.min(everyHours * 2 ** failures, Math.max(longestHours, everyHours))
  return backedOff * hourMs * (0.9 + 0.2 * drawn)
}
