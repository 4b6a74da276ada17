import { Breath } from '../../runtime/breath.ts'

/** Enough to fill the requests of an index on a server; no more is in memory at once. */
const groupSize = 32

/** Groups whose negatives are looked for together. Between two of them the process has its turn for heartbeats and the like. */
export async function* inGroups<T>(items: Iterable<T>): AsyncIterable<readonly T[]> {
  const breath = new Breath()
  let group: T[] = []
  for (const item of items) {
    group.push(item)
    if (group.length < groupSize) continue
    yield group
    group = []
    if (breath.isDue) await breath.take()
  }
  if (group.length > 0) yield group
}
