/** Topics read from outside of the pipeline, without a position of one's own. */
import type { LogRecord, Transport } from '../transport.ts'

/** Kafka's own marks stand behind the last record, and nobody is given them: a topic that brings nothing for so long is read. */
const restMs = 1_500

/** Gives the reader every record up to where the topics end now, each partition in its order. Throws what the transport does. */
export async function scan(
  transport: Transport,
  topics: readonly string[],
  take: (record: LogRecord) => void,
): Promise<void> {
  const left = new Map<string, number>()
  for (const topic of topics) {
    for (const { partition, offset } of await transport.ends(topic)) {
      if (offset > 0) left.set(`${topic}/${partition}`, offset)
    }
  }
  if (left.size === 0) return
  const reading = topics.filter((topic) => [...left.keys()].some((name) => name.startsWith(`${topic}/`)))
  const { promise: over, resolve: end, reject: fail } = withResolvers()
  let rest: NodeJS.Timeout | undefined
  const waitAnew = (): void => {
    clearTimeout(rest)
    rest = setTimeout(end, restMs)
  }
  let assigned = 0
  const consumer = await transport.consume({
    group: `onlooker-${process.pid}`,
    topics: reading,
    assignment: 'sole',
    unitOf: () => 'all',
    onFailure: fail,
    handler: {
      assigned: () => {
        assigned++
        if (assigned >= left.size) waitAnew()
      },
      revoked: () => undefined,
      records: (at, records) => {
        waitAnew()
        const name = `${at.topic}/${at.partition}`
        const until = left.get(name)
        if (until === undefined) return Promise.resolve()
        for (const record of records) if (record.offset < until) take(record)
        if (records.at(-1)!.offset + 1 >= until) left.delete(name)
        if (left.size === 0) end()
        return Promise.resolve()
      },
    },
  })
  try {
    await over
  } finally {
    clearTimeout(rest)
    await consumer.stop()
  }
}

interface Resolvers {
  readonly promise: Promise<void>
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers(): Resolvers {
  let resolve: () => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
