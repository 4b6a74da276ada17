/** What comes quickly is committed together, what comes slowly at once: every commit waits for the disk. */

export interface BatchLimits {
  readonly most: number
  /** A source that brings nothing for so long rests: what it has brought is not kept waiting. */
  readonly restMs: number
}

/**
 * The values in their order, never an empty batch. Where the iteration fails, what came before is yielded first. Leaving
 * early does not wait for the value that is on its way: what makes it has a signal of its own to be stopped by.
 */
export async function* inBatches<T>(
  values: AsyncIterable<T>,
  { most, restMs }: BatchLimits,
): AsyncGenerator<T[], void, undefined> {
  const iterator = values[Symbol.asyncIterator]()
  let batch: T[] = []
  try {
    for (;;) {
      const next = settled(iterator.next())
      if (batch.length === most || (batch.length > 0 && !(await comesWithin(next, restMs)))) {
        yield batch
        batch = []
      }
      const outcome = await next
      if (outcome.kind === 'value' && !outcome.result.done) {
        batch.push(outcome.result.value)
        continue
      }
      if (batch.length > 0) yield batch
      if (outcome.kind === 'error') throw outcome.error
      return
    }
  } finally {
    void settled(Promise.resolve(iterator.return?.()))
  }
}

type Settled<R> = { readonly kind: 'value'; readonly result: R } | { readonly kind: 'error'; readonly error: unknown }

/** Never rejects, so that a failure while a batch is at work is not taken for one that nobody handles. */
function settled<R>(promise: Promise<R>): Promise<Settled<R>> {
  return promise.then(
    (result) => ({ kind: 'value', result }),
    (error: unknown) => ({ kind: 'error', error }),
  )
}

function comesWithin(next: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, false)
    void next.then(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
