/** Work on many items at once, with results in the order of the items. */

/**
 * Works on at most `limit` items at a time, begun in order, and yields the results in order. The first failure, or the
 * end of interest in the results, aborts all other work; it has ended when the iterable has.
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): AsyncIterable<R> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  const waiting: (() => void)[] = []
  let free = limit

  const run = async (item: T): Promise<R> => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      either.throwIfAborted()
      return await work(item, either)
    } catch (error) {
      stop.abort(error)
      throw error
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }

  const results = items.map(run)
  // Failures are met below in the order of the items; until then they must not count as unhandled.
  const ended = Promise.allSettled(results)
  try {
    for (const result of results) yield await result
  } finally {
    stop.abort()
    await ended
  }
}
